import type { RunningServer } from "@corbenic/server";

type Pool = RunningServer["database"]["pool"];

/** Spreads what has happened within seconds over the weeks before, as if the cloud had been used all that time. */
export async function spreadOverWeeks(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    // Histories are only ever added to: for pictures, their guards look away.
    await client.query("set local session_replication_role = replica");
    await client.query(`
      with old as (
        select id, make_interval(mins => (power(row_number() over (order by number desc), 2.6) * 5)::int) as ago
          from jobs where state in ('completed', 'error', 'canceled')
      ), moved as (
        update jobs set created_at = created_at - ago, started_at = started_at - ago, ended_at = ended_at - ago
          from old where old.id = jobs.id
      )
      update job_events set at = at - ago from old where old.id = job_events.job_id`);
    await client.query("update platforms set created_at = created_at - interval '40 days'");
    await client.query("update users set created_at = created_at - interval '60 days'");
    await client.query("delete from platform_statuses");
    await client.query(`
      insert into platform_statuses (platform_id, at, status)
      select id, clock_timestamp() - make_interval(hours => was.hours), was.status
        from platforms, (values (960, 'available'), (530, 'maintenance'), (522, 'available'), (310, 'unreachable'),
                                (307, 'available'), (190, 'maintenance'), (170, 'available'), (31, 'unreachable'),
                                (30, 'available')) as was (hours, status)
       where name like 'qpu:%'
       order by was.hours desc`);
    await client.query(`
      insert into platform_statuses (platform_id, at, status)
      select id, clock_timestamp() - interval '40 days', 'available' from platforms where name like 'sim:%'`);
    await client.query("delete from platform_perfs");
    await client.query(`
      insert into platform_perfs (platform_id, at, perfs)
      select id, clock_timestamp() - make_interval(hours => hour), jsonb_build_object(
               'Transmittance (%)', round((8.1 - 0.9 * drift + 0.05 * sin(hour * 0.11))::numeric, 2),
               'HOM (%)', round((92.4 - 2.1 * drift + 0.12 * cos(hour * 0.09))::numeric, 2),
               'g2 (%)', round((1.5 + 0.9 * drift + 0.04 * sin(hour * 0.13))::numeric, 2),
               'Clock (MHz)', 80)
        from platforms, generate_series(716, 0, -4) as hour,
             lateral (select (170 - mod(hour + 20, 170)) / 170.0 as drift) d
       where name like 'qpu:%'`);
    await client.query(`
      update platforms set perfs = (select perfs from platform_perfs p where p.platform_id = platforms.id
                                     order by at desc limit 1) where name like 'qpu:%'`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
