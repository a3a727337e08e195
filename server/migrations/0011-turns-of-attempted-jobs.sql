-- The turn of a job that waits again is its own, besides those of its group and owner: it ends with the job, and passes
-- to no other. Passed on, it stood less than a step from another one of the same group, and a newcomer behind both.

-- As it was, but a job whose own turn has come is taken itself, and one with a turn of its own that is taken at
-- another's leaves that one where it is.
create or replace function acquire_lease(platform_ids uuid[], key_id integer, hash bytea, ttl_ms double precision,
                              fetched bytea, nonce bytea)
returns table (id uuid, name text, platform_name text, pcvl_version text, process_id text, attempt integer,
               max_duration_s double precision, payload text)
language plpgsql
set enable_sort = off set enable_incremental_sort = off set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
  now constant timestamptz := cloud_now();
begin
  return query
  with platform as (
    select p.id from open_platforms p cross join lateral (
      select priority, number from jobs
       where platform_id = p.id and state = 'waiting' and not_before <= now
       order by priority desc, slot_tag, number
       limit 1) first
     where p.id = any(platform_ids)
     order by first.priority desc, first.number
  ), slot as materialized (
    select job.* from platform cross join lateral (
      select id, platform_id, priority, share_group, slot_tag, owner_tag, number, attempt from jobs
       where platform_id = platform.id and state = 'waiting' and not_before <= now
       order by priority desc, slot_tag, number
       limit 1
         for update skip locked) job
     limit 1
  ), place as materialized (
    select job.* from slot cross join lateral (
      select id, owner_id, owner_tag, number, attempt from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and state = 'waiting' and not_before <= now
         and (owner_tag, number) >= (case when slot.attempt > 0 then slot.owner_tag else '-infinity' end,
                                     case when slot.attempt > 0 then slot.number else 0 end)
       order by owner_tag, number
       limit 1
         for update skip locked) job
  ), next as materialized (
    select job.* from slot cross join place cross join lateral (
      select id, slot_tag, owner_tag, attempt from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and owner_id = place.owner_id and state = 'waiting' and not_before <= now
         and number >= case when place.attempt > 0 then place.number else 0 end
       order by number
       limit 1
         for update skip locked) job
  ), job as (
    update jobs set
      state = 'running',
      slot_tag = slot.slot_tag,
      owner_tag = place.owner_tag,
      attempt = jobs.attempt + 1,
      attempts_counted = attempts_counted + 1,
      started_at = now,
      progress = 0,
      progress_message = null,
      lease_hash = hash,
      lease_key_id = key_id,
      lease_until = now + make_interval(secs => ttl_ms / 1000),
      lease_ms = ttl_ms,
      fetch_hash = fetched,
      lease_nonce = nonce
      from next, slot, place where jobs.id = next.id
    returning jobs.id, jobs.name, jobs.platform_id, jobs.pcvl_version, jobs.process_id, jobs.attempt,
              jobs.max_duration_s
  ), left_behind as (
    update jobs set
      slot_tag = case jobs.id when slot.id then next.slot_tag else jobs.slot_tag end,
      owner_tag = case jobs.id when place.id then next.owner_tag else jobs.owner_tag end
      from next, slot, place
     where jobs.id in (slot.id, place.id) and jobs.id <> next.id and next.attempt = 0
  ), event as (
    insert into job_events (job_id, transition, to_state, attempt, actor, lease_hash)
    select job.id, 'acquire', 'running', job.attempt, 'worker', hash from job
  )
  select job.id, job.name, p.name, job.pcvl_version, job.process_id, job.attempt, job.max_duration_s, sent.payload
    from job
    join platforms p on p.id = job.platform_id
    join job_payloads sent on sent.job_id = job.id;
end
$$;

-- As it was, but only what was never attempted frees a place, or moves up to one.
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
                  where was.state = 'waiting' and was.attempt = 0 and now.state not in ('waiting', 'running')) then
    return null;
  end if;

  before := array(select current_setting(name) from unnest(planning) with ordinality as parameter (name, place) order by place);
  perform set_config(name, 'off', true) from unnest(planning) as parameter (name);

  with freed as (
    select was.platform_id, was.priority, was.share_group, was.slot_tag,
           row_number() over (partition by was.platform_id, was.priority, was.share_group
                              order by was.slot_tag) as number
      from before_change was join after_change now using (id)
     where was.state = 'waiting' and was.attempt = 0 and now.state not in ('waiting', 'running')
  ), flow as (
    select platform_id, priority, share_group, max(number) as places from freed group by 1, 2, 3
  ), latest as (
    select flow.platform_id, flow.priority, flow.share_group, job.id, job.slot_tag,
           row_number() over (partition by flow.platform_id, flow.priority, flow.share_group
                              order by job.slot_tag desc) as number
      from flow cross join lateral (
        select j.id, j.slot_tag from jobs j
         where j.platform_id = flow.platform_id and j.priority = flow.priority
           and j.share_group = flow.share_group and j.state = 'waiting' and j.attempt = 0
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
     where was.state = 'waiting' and was.attempt = 0 and now.state not in ('waiting', 'running')
  ), flow as (
    select platform_id, priority, share_group, owner_id, max(number) as places from freed group by 1, 2, 3, 4
  ), latest as (
    select flow.platform_id, flow.priority, flow.share_group, flow.owner_id, job.id, job.owner_tag,
           row_number() over (partition by flow.platform_id, flow.priority, flow.share_group, flow.owner_id
                              order by job.owner_tag desc) as number
      from flow cross join lateral (
        select j.id, j.owner_tag from jobs j
         where j.platform_id = flow.platform_id and j.priority = flow.priority
           and j.share_group = flow.share_group and j.owner_id = flow.owner_id
           and j.state = 'waiting' and j.attempt = 0
         order by j.owner_tag desc limit flow.places for update skip locked) job
  )
  update jobs set owner_tag = freed.owner_tag
    from freed join latest using (platform_id, priority, share_group, owner_id, number)
   where jobs.id = latest.id and freed.owner_tag < latest.owner_tag;

  perform set_config(name, value, true) from unnest(planning, before) as parameter (name, value);
  return null;
end
$$;
