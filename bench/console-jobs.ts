import type { RunningServer } from "@corbenic/server";

/** Puts completed jobs of the first account into the database, as many rows of the lists that it reads. */
export async function seedJobs(pool: RunningServer["database"]["pool"], count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    // The jobs have neither waited nor run: what follows them through the queue looks away.
    await client.query("set local session_replication_role = replica");
    await client.query("delete from jobs");
    await client.query(
      `insert into jobs (owner_id, share_group, platform_id, name, group_name, command, priority, max_duration_s,
                         attempts_max, attempt, state, progress, created_at, started_at, ended_at)
       select u.id, -u.id, p.id, 'job ' || n, 'group ' || n % 50, (array['probs', 'sample_count', 'samples'])[n % 3 + 1],
              2, 600, 3, 1, 'completed', 1, at, at + interval '2 seconds', at + interval '3 seconds'
         from (select id from users order by id limit 1) u, (select id from platforms order by name limit 1) p,
              generate_series(1, $1::int) n, lateral (select clock_timestamp() - make_interval(secs => n * 20) as at) t`,
      [count],
    );
    await client.query("commit");
    await client.query("analyze jobs");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
