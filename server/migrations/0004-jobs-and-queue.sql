-- The fair queue, and what submissions keep besides their job.

alter table jobs
  add column shots bigint,
  add column number bigint,
  add column share_group integer,
  add column slot_tag double precision not null default 0,
  add column owner_tag double precision not null default 0;

update jobs set share_group = -owner_id, number = age.number
  from (select id, row_number() over (order by created_at, id) as number from jobs) age
 where jobs.id = age.id;
update jobs set slot_tag = place.number, owner_tag = place.number
  from (select id, row_number() over (partition by platform_id, priority, owner_id order by number) as number
          from jobs where state = 'waiting') place
 where jobs.id = place.id;
alter table jobs
  alter column share_group set not null,
  alter column number set not null,
  alter column number add generated always as identity;
select setval(pg_get_serial_sequence('jobs', 'number'), coalesce(max(number), 0) + 1, false) from jobs;

comment on column jobs.number is 'Jobs in the order of their submission, which clocks are too coarse to tell.';
comment on column jobs.share_group is
  'Whom the platform is shared between: the company of the owner, or minus the owner where there is none.';
comment on column jobs.slot_tag is 'A place of the share group in the queue of its platform and priority.';
comment on column jobs.owner_tag is 'A place of the owner among the jobs of its share group.';

-- Whose turn it is; the first and the last place of a group; the last place and the oldest job of an owner.
drop index jobs_queue;
create index jobs_queue on jobs (platform_id, priority desc, slot_tag, number) where state = 'waiting';
create index jobs_queue_of_group on jobs (platform_id, priority, share_group, owner_tag, number)
  where state = 'waiting';
create index jobs_slots_of_group on jobs (platform_id, priority, share_group, slot_tag) where state = 'waiting';
create index jobs_places_of_owner on jobs (platform_id, priority, share_group, owner_id, owner_tag)
  where state = 'waiting';
create index jobs_queue_of_owner on jobs (platform_id, priority, share_group, owner_id, number)
  where state = 'waiting';

-- Append-only between merges: an owner's unended jobs on a platform are the sum of its tallies. A counter that
-- everybody updates would make the workers that finish jobs of one owner wait for one another.
create table job_tallies (
  owner_id integer not null,
  platform_id uuid not null,
  unended integer not null
);
create index job_tallies_of_owner on job_tallies (owner_id) include (unended);
create index job_tallies_of_platform on job_tallies (platform_id) include (unended);
insert into job_tallies (owner_id, platform_id, unended)
  select owner_id, platform_id, count(*) from jobs
   where state in ('waiting', 'running', 'suspended', 'cancel_requested') group by owner_id, platform_id;
drop index jobs_unended_of_owner;
drop index jobs_unended_of_platform;

-- Places a job in the queue: start-time fair queueing with tags that are computed once, from what waits now.
--
-- The slots of a group are 1/share apart, so that groups that always have work are served in proportion to their
-- shares. A group without a waiting job begins one step after the queue's lowest slot, which is the queue's clock:
-- nothing that was served, canceled or never submitted is remembered. That first step is a little shorter, so that
-- the group precedes those at the lowest slot that have their next one exactly a step later: with k others it
-- starts within k + 1 claims. Jobs that were attempted before keep the places they had; they do not set the clock
-- back. Owners have places within their group by the same rule, a step apart.
--
-- Whoever places jobs of one group waits for the others to commit. Each statement of this function sees what was
-- committed before it, so two submissions never get the same place.
--
-- Each look-up is the first entry of an index. Where statistics are old the planner takes a group for small and would
-- rather sort it: it is not to sort, nor to read what is not in order.
create function take_place() returns trigger language plpgsql
set enable_sort = off set enable_incremental_sort = off set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
declare
  first_step constant double precision := 1 - 1.0 / 1024;
  step double precision;
  last_slot double precision;
  last_place double precision;
  clock double precision;
begin
  select coalesce(u.company_id, -u.id), 1 / coalesce(c.share, 1) into strict new.share_group, step
    from users u left join companies c on c.id = u.company_id
   where u.id = new.owner_id;
  perform pg_advisory_xact_lock(7263453, new.share_group);

  select slot_tag into last_slot from jobs
   where platform_id = new.platform_id and priority = new.priority and state = 'waiting'
     and share_group = new.share_group
   order by slot_tag desc limit 1;
  select slot_tag into clock from jobs
   where platform_id = new.platform_id and priority = new.priority and state = 'waiting' and attempt = 0
   order by slot_tag, number limit 1;
  if clock is null then
    select slot_tag into clock from jobs
     where platform_id = new.platform_id and priority = new.priority and state = 'waiting'
     order by slot_tag, number limit 1;
  end if;
  new.slot_tag := greatest(last_slot + step, coalesce(clock, 0) + first_step * step);

  select owner_tag into last_place from jobs
   where platform_id = new.platform_id and priority = new.priority and state = 'waiting'
     and share_group = new.share_group and owner_id = new.owner_id
   order by owner_tag desc limit 1;
  select owner_tag into clock from jobs
   where platform_id = new.platform_id and priority = new.priority and state = 'waiting' and attempt = 0
     and share_group = new.share_group
   order by owner_tag, number limit 1;
  if clock is null then
    select owner_tag into clock from jobs
     where platform_id = new.platform_id and priority = new.priority and state = 'waiting'
       and share_group = new.share_group
     order by owner_tag, number limit 1;
  end if;
  new.owner_tag := greatest(last_place + 1, coalesce(clock, 0) + first_step);
  return new;
end
$$;
create trigger job_takes_place before insert on jobs
  for each row when (new.state = 'waiting') execute function take_place();
create trigger job_takes_place_again before update of state on jobs
  for each row when (old.state = 'suspended' and new.state = 'waiting') execute function take_place();

create function count_submitted_jobs() returns trigger language plpgsql as $$
begin
  insert into job_tallies (owner_id, platform_id, unended)
    select owner_id, platform_id, count(*) from submitted group by owner_id, platform_id;
  return null;
end
$$;
create trigger jobs_are_counted after insert on jobs referencing new table as submitted
  for each statement execute function count_submitted_jobs();

-- Places belong to groups and owners, not to jobs. When waiting jobs leave the queue without being run, their
-- places go to the last ones of their group and of their owner: what is canceled leaves no gap that the rest would
-- have to wait through. A claim moves places by itself. Rows that a claim holds at this moment are left alone.
create function leave_queue() returns trigger language plpgsql
set enable_sort = off set enable_incremental_sort = off set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
begin
  insert into job_tallies (owner_id, platform_id, unended)
    select now.owner_id, now.platform_id, -count(*) from before_change was join after_change now using (id)
     where was.ended_at is null and now.ended_at is not null
     group by now.owner_id, now.platform_id;

  if not exists (select from before_change was join after_change now using (id)
                  where was.state = 'waiting' and now.state not in ('waiting', 'running')) then
    return null;
  end if;

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
  return null;
end
$$;
create trigger jobs_leave_queue after update on jobs
  referencing old table as before_change new table as after_change
  for each statement execute function leave_queue();

-- Transition `acquire`: leases the job whose turn it is, by priority, then fair share between groups, then fair share
-- between the owners of the group, then age.
--
-- Four steps, each the first entry of an index that lets it through, so the time does not depend on what waits:
-- `platform` is the open platform with the job of highest priority, or the oldest at equal priority; `slot`, the
-- lowest slot there, names the group whose turn it is; `place`, the lowest place in that group, names the owner;
-- `next` is that owner's oldest job, and is taken. Slots belong to groups and places to owners, so the taken job goes
-- with the slot and the place whose turn it was, and the jobs that had them get those of the taken job.
--
-- At most three rows are locked, in that order, and never waited for: a row that another statement holds is skipped.
-- So two workers asking at once find different slots and neither waits, deadlock is not possible, and of one group
-- they take two different jobs. `next` always exists: the rows of `slot` and `place` are locked by this statement
-- itself, which does not skip them. A row is tested again once it is locked, as other statements may have changed it
-- since this one began: a job that was taken, canceled or suspended meanwhile is no longer waiting and is passed
-- over, so no job is leased twice.
--
-- What remains: a slot that another worker moved meanwhile is taken as it is now, which can serve its group one turn
-- early; the turn is then used up, so nothing is gained in the long run. A job submitted while this runs may be
-- missed, and is found at the next asking.
--
-- A function, as its plan must not depend on statistics: where they are old the planner takes a group for small and
-- would rather sort all of it than read its index in order. Here it is told not to; and each connection plans it once.
create function acquire_lease(platform_ids uuid[], key_id integer, hash bytea, ttl_ms double precision)
returns table (id uuid, name text, platform_name text, pcvl_version text, process_id text, attempt integer,
               max_duration_s double precision, payload text)
language plpgsql
set enable_sort = off set enable_incremental_sort = off set enable_bitmapscan = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
begin
  return query
  with platform as (
    select p.id from open_platforms p cross join lateral (
      select priority, number from jobs
       where platform_id = p.id and state = 'waiting' and not_before <= clock_timestamp()
       order by priority desc, slot_tag, number
       limit 1) first
     where p.id = any(platform_ids)
     order by first.priority desc, first.number
  ), slot as materialized (
    select job.* from platform cross join lateral (
      select id, platform_id, priority, share_group, slot_tag from jobs
       where platform_id = platform.id and state = 'waiting' and not_before <= clock_timestamp()
       order by priority desc, slot_tag, number
       limit 1
         for update skip locked) job
     limit 1
  ), place as materialized (
    select job.* from slot cross join lateral (
      select id, owner_id, owner_tag from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and state = 'waiting' and not_before <= clock_timestamp()
       order by owner_tag, number
       limit 1
         for update skip locked) job
  ), next as materialized (
    select job.* from slot cross join place cross join lateral (
      select id, slot_tag, owner_tag from jobs
       where platform_id = slot.platform_id and priority = slot.priority and share_group = slot.share_group
         and owner_id = place.owner_id and state = 'waiting' and not_before <= clock_timestamp()
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
      started_at = clock_timestamp(),
      progress = 0,
      progress_message = null,
      lease_hash = hash,
      lease_key_id = key_id,
      lease_until = clock_timestamp() + make_interval(secs => ttl_ms / 1000)
      from next, slot, place where jobs.id = next.id
    returning jobs.id, jobs.name, jobs.platform_id, jobs.pcvl_version, jobs.process_id, jobs.attempt,
              jobs.max_duration_s
  ), left_behind as (
    update jobs set
      slot_tag = case jobs.id when slot.id then next.slot_tag else jobs.slot_tag end,
      owner_tag = case jobs.id when place.id then next.owner_tag else jobs.owner_tag end
      from next, slot, place where jobs.id in (slot.id, place.id) and jobs.id <> next.id
  ), event as (
    insert into job_events (job_id, transition, to_state, attempt, actor)
    select job.id, 'acquire', 'running', job.attempt, 'worker' from job
  )
  select job.id, job.name, p.name, job.pcvl_version, job.process_id, job.attempt, job.max_duration_s, sent.payload
    from job
    join platforms p on p.id = job.platform_id
    join job_payloads sent on sent.job_id = job.id;
end
$$;

-- Lists: each order and filter that people page through has an index that gives it ready.
drop index jobs_of_owner;
create index jobs_of_owner on jobs (owner_id, created_at, id);
create index jobs_of_owner_in_state on jobs (owner_id, state, created_at, id);
create index jobs_by_age on jobs (created_at, id);
create index jobs_in_state on jobs (state, created_at, id);
create index jobs_of_group on jobs (owner_id, group_name, created_at desc, id) include (state)
  where group_name is not null;
create index jobs_rerunning on jobs (parent_id) where parent_id is not null;
-- The recent starts of a platform, by which the start of a waiting job is estimated.
create index jobs_started on jobs (platform_id, started_at) where started_at is not null;

-- A claim must not step over the remains of many earlier ones: they are cleared away by number, not by the size
-- that a table with all history grows to.
alter table jobs set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
                      autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
alter table job_tallies set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
                             autovacuum_vacuum_cost_delay = 0);

-- Which job a request with an Idempotency-Key made.
create table idempotency_keys (
  user_id integer not null references users on delete cascade,
  key text not null,
  request_hash bytea not null check (length(request_hash) = 32),
  job_id uuid not null references jobs on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- What the worker of an attempt has found so far.
create table job_intermediate_results (
  job_id uuid not null references jobs on delete cascade,
  attempt integer not null,
  number integer not null,
  results text not null,
  primary key (job_id, attempt, number)
);

-- A job that failed or was canceled may keep what it had found.
alter table job_results add column partial boolean not null default false;
