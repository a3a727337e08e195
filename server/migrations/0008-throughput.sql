-- What every request costs.

-- A renewal changes nothing that an index knows, so that it leaves all of them alone, and finds room on its page. Of
-- leased jobs there are never more than workers: the reaper reads them all.
drop index jobs_leased;
create index jobs_leased on jobs (lease_key_id) where state in ('running', 'cancel_requested');
alter table jobs set (fillfactor = 80);

-- An owner's unended jobs on a platform are the sum of what each connection has counted: a few rows, however many
-- jobs come and go. Two transactions never use one connection at once, so nobody waits for a tally, and no two
-- transactions that count for several owners wait for each other.
alter table job_tallies rename to counted_jobs;
create table job_tallies (
  owner_id integer not null,
  platform_id uuid not null,
  connection integer not null,
  unended integer not null,
  primary key (owner_id, platform_id, connection)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);
insert into job_tallies (owner_id, platform_id, connection, unended)
  select owner_id, platform_id, 0, sum(unended) from counted_jobs group by owner_id, platform_id;
drop table counted_jobs;
create index job_tallies_of_platform on job_tallies (platform_id);
comment on column job_tallies.connection is 'The process of the database that counted, or 0.';

create or replace function count_submitted_jobs() returns trigger language plpgsql as $$
begin
  insert into job_tallies as tally (owner_id, platform_id, connection, unended)
    select owner_id, platform_id, pg_backend_pid(), count(*) from submitted group by owner_id, platform_id
    on conflict (owner_id, platform_id, connection) do update set unended = tally.unended + excluded.unended;
  return null;
end
$$;

-- Every change of jobs comes here, and setting parameters takes longer than all else about most of them: they are set
-- only where waiting jobs leave without being run.
create or replace function leave_queue() returns trigger language plpgsql as $$
declare
  planning constant text[] := array['enable_sort', 'enable_incremental_sort', 'enable_bitmapscan', 'enable_seqscan', 'jit'];
  before text[];
begin
  -- Most changes are renewals, and concern neither.
  if not exists (select from before_change was join after_change now using (id) where was.state <> now.state) then
    return null;
  end if;

  insert into job_tallies as tally (owner_id, platform_id, connection, unended)
    select now.owner_id, now.platform_id, pg_backend_pid(), -count(*)
      from before_change was join after_change now using (id)
     where was.ended_at is null and now.ended_at is not null
     group by now.owner_id, now.platform_id
    on conflict (owner_id, platform_id, connection) do update set unended = tally.unended + excluded.unended;

  if not exists (select from before_change was join after_change now using (id)
                  where was.state = 'waiting' and now.state not in ('waiting', 'running')) then
    return null;
  end if;

  before := array(select current_setting(name) from unnest(planning) with ordinality as parameter (name, place) order by place);
  perform set_config(name, 'off', true) from unnest(planning) as parameter (name);

  with freed as (
    select was.platform_id, was.priority, was.share_group, was.slot_tag,
           row_number() over (partition by was.platform_id, was.priority, was.share_group
                              order by was.slot_tag) as number
      from before_change was join after_change now using (id)
     where was.state = 'waiting' and now.state not in ('waiting', 'running')
  ), flow as (
    select platform_id, priority, share_group, max(number) as places from freed group by 1, 2, 3
  ), latest as (
    select flow.platform_id, flow.priority, flow.share_group, job.id, job.slot_tag,
           row_number() over (partition by flow.platform_id, flow.priority, flow.share_group
                              order by job.slot_tag desc) as number
      from flow cross join lateral (
        select j.id, j.slot_tag from jobs j
         where j.platform_id = flow.platform_id and j.priority = flow.priority
           and j.share_group = flow.share_group and j.state = 'waiting'
         order by j.slot_tag desc limit flow.places for update skip locked) job
  )
  update jobs set slot_tag = freed.slot_tag
    from freed join latest using (platform_id, priority, share_group, number)
   where jobs.id = latest.id and freed.slot_tag < latest.slot_tag;

  with freed as (
    select was.platform_id, was.priority, was.share_group, was.owner_id, was.owner_tag,
           row_number() over (partition by was.platform_id, was.priority, was.share_group, was.owner_id
                              order by was.owner_tag) as number
      from before_change was join after_change now using (id)
     where was.state = 'waiting' and now.state not in ('waiting', 'running')
  ), flow as (
    select platform_id, priority, share_group, owner_id, max(number) as places from freed group by 1, 2, 3, 4
  ), latest as (
    select flow.platform_id, flow.priority, flow.share_group, flow.owner_id, job.id, job.owner_tag,
           row_number() over (partition by flow.platform_id, flow.priority, flow.share_group, flow.owner_id
                              order by job.owner_tag desc) as number
      from flow cross join lateral (
        select j.id, j.owner_tag from jobs j
         where j.platform_id = flow.platform_id and j.priority = flow.priority
           and j.share_group = flow.share_group and j.owner_id = flow.owner_id and j.state = 'waiting'
         order by j.owner_tag desc limit flow.places for update skip locked) job
  )
  update jobs set owner_tag = freed.owner_tag
    from freed join latest using (platform_id, priority, share_group, owner_id, number)
   where jobs.id = latest.id and freed.owner_tag < latest.owner_tag;

  perform set_config(name, value, true) from unnest(planning, before) as parameter (name, value);
  return null;
end
$$;
alter function leave_queue() reset all;
