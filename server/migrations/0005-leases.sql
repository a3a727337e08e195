-- Leases that survive anything: clocks that jump, clouds that were away, answers that were lost, jobs that kill.

-- The clock of everything that follows from time in the life of a job. A function of its own, so that a test can
-- own the time that statements see; `(select cloud_now())` in a condition lets an index serve it.
create function cloud_now() returns timestamptz language sql volatile parallel safe as 'select clock_timestamp()';

-- What all processes on this database share.
create table cluster (
  only_row boolean primary key default true check (only_row),
  -- Raised whenever the database may have gone back in time: a restore, a promotion.
  epoch integer not null default 1,
  -- Leases that a lost answer must be able to repeat are derived from it.
  lease_secret bytea not null
    default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  -- When a reaper was last at work: nobody could renew anything while none was.
  reaped_at timestamptz
);
insert into cluster default values;

alter table jobs
  add column leases_max integer not null default 10,
  add column lease_ms integer,
  add column lease_nonce bytea,
  add column fetch_hash bytea,
  -- Leases that ended without a word from their worker, and the key that the first of them was given to.
  add column silent_deaths integer not null default 0,
  add column silent_key_id integer,
  -- A job is due at once unless an attempt has failed, whatever the clock does.
  alter column not_before set default '-infinity',
  alter column created_at set default cloud_now(),
  add constraint attempts_stay_within_bounds check (
    attempts_counted between 0 and attempts_max and attempt <= leases_max
  ),
  add constraint only_a_leased_job_was_fetched check (
    (lease_hash is not null or (fetch_hash is null and lease_nonce is null and lease_ms is null))
    and (fetch_hash is null) = (lease_nonce is null)
  );
-- Whoever ends a lease need not know what belongs to it.
create function clear_lease() returns trigger language plpgsql as $$
begin
  new.lease_ms := null;
  new.lease_nonce := null;
  new.fetch_hash := null;
  return new;
end
$$;
create trigger lease_leaves_nothing before update on jobs
  for each row when (old.lease_hash is not null and new.lease_hash is null) execute function clear_lease();

update jobs set not_before = '-infinity' where state = 'waiting' and attempt = 0;
create unique index jobs_fetched on jobs (fetch_hash) where fetch_hash is not null;

-- The lease under which a worker reported, and what it reported: a repeated report is answered as the first was.
alter table job_events
  alter column at set default cloud_now(),
  add column lease_hash bytea,
  add column digest bytea;

-- A large result on its way, in pieces; nobody but the holder of the lease sees it.
create table job_result_parts (
  job_id uuid not null references jobs on delete cascade,
  lease_hash bytea not null,
  number integer not null check (number between 0 and 63),
  part text not null,
  primary key (job_id, lease_hash, number)
);

-- As it was, by the cloud's clock, for a fetch that its worker may have to repeat.
drop function acquire_lease(uuid[], integer, bytea, double precision);
create function acquire_lease(platform_ids uuid[], key_id integer, hash bytea, ttl_ms double precision,
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
      select id, platform_id, priority, share_group, slot_tag from jobs
       where platform_id = platform.id and state = 'waiting' and not_before <= now
       order by priority desc, slot_tag, number
       limit 1
         for update skip locked) job
     limit 1
  ), place as materialized (
    select job.* from slot cross join lateral (
      select id, owner_id, owner_tag from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and state = 'waiting' and not_before <= now
       order by owner_tag, number
       limit 1
         for update skip locked) job
  ), next as materialized (
    select job.* from slot cross join place cross join lateral (
      select id, slot_tag, owner_tag from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and owner_id = place.owner_id and state = 'waiting' and not_before <= now
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
      from next, slot, place where jobs.id in (slot.id, place.id) and jobs.id <> next.id
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
