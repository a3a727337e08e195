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
