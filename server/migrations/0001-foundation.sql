-- The nouns of the cloud and the rules that hold whatever code runs above them.

create table users (
  id integer generated always as identity primary key,
  email text not null,
  password_hash text not null,
  first_name text not null default '',
  last_name text not null default '',
  is_admin boolean not null default false,
  priority integer not null default 2 check (priority between 0 and 10),
  created_at timestamptz not null default clock_timestamp()
);
create unique index users_email on users (lower(email));

create table platforms (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name ~ '^(sim|qpu):[a-z0-9][a-z0-9._-]{0,62}$'),
  type text not null,
  status text not null default 'available' check (status in ('available', 'maintenance', 'unreachable', 'retired')),
  specs jsonb not null,
  perfs jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);

create table platform_permissions (
  user_id integer not null references users on delete cascade,
  platform_id uuid not null references platforms on delete cascade,
  primary key (user_id, platform_id)
);

-- Login tokens, job tokens and worker keys: only the hash of the secret is kept.
create table credentials (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('login', 'job', 'worker')),
  hash bytea not null unique check (length(hash) = 32),
  label text not null,
  user_id integer not null references users on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create table worker_key_platforms (
  credential_id integer not null references credentials on delete cascade,
  platform_id uuid not null references platforms on delete cascade,
  primary key (credential_id, platform_id)
);

-- Payloads and results live in tables of their own: this one is updated often and stays narrow.
create table jobs (
  id uuid primary key default gen_random_uuid(),
  owner_id integer not null references users,
  platform_id uuid not null references platforms,
  name text not null,
  group_name text,
  command text not null,
  pcvl_version text,
  process_id text,
  parent_id uuid references jobs,
  priority integer not null,
  max_duration_s double precision not null,
  state text not null default 'waiting' check (
    state in ('waiting', 'running', 'completed', 'error', 'canceled', 'suspended', 'cancel_requested')
  ),
  progress double precision not null default 0 check (progress between 0 and 1),
  progress_message text,
  status_message text,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  not_before timestamptz not null default clock_timestamp(),
  attempt integer not null default 0,
  attempts_counted integer not null default 0,
  attempts_max integer not null,
  lease_hash bytea,
  lease_until timestamptz,
  lease_key_id integer references credentials,
  cancel_requested_at timestamptz,
  constraint only_a_leased_job_has_a_lease check (
    (state in ('running', 'cancel_requested'))
      = (lease_hash is not null and lease_until is not null and lease_key_id is not null)
    and (lease_hash is null) = (lease_until is null) and (lease_hash is null) = (lease_key_id is null)
  ),
  constraint only_an_ended_job_has_an_end check (
    (state in ('completed', 'error', 'canceled')) = (ended_at is not null)
  )
);
create index jobs_queue on jobs (platform_id, priority desc, created_at, id) where state = 'waiting';
create index jobs_leased on jobs (lease_until) where state in ('running', 'cancel_requested');
create index jobs_of_owner on jobs (owner_id, created_at desc, id);
create index jobs_unended_of_owner on jobs (owner_id)
  where state in ('waiting', 'running', 'suspended', 'cancel_requested');
create index jobs_unended_of_platform on jobs (platform_id)
  where state in ('waiting', 'running', 'suspended', 'cancel_requested');

create table job_payloads (
  job_id uuid primary key references jobs on delete cascade,
  payload text not null
);

create table job_results (
  job_id uuid primary key references jobs on delete cascade,
  results text not null,
  sha256 bytea not null,
  lease_hash bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

-- One row for each change of state, written by the statement that makes the change.
create table job_events (
  id bigint generated always as identity primary key,
  job_id uuid not null references jobs on delete cascade,
  at timestamptz not null default clock_timestamp(),
  transition text not null,
  to_state text not null,
  attempt integer not null,
  actor text not null,
  message text
);
create index job_events_of_job on job_events (job_id, id);

create function guard_job_history() returns trigger language plpgsql as $$
begin
  if old.state in ('completed', 'error', 'canceled') and new.state <> old.state then
    raise exception 'job % has ended as % and cannot become %', old.id, old.state, new.state;
  end if;
  if old.state = 'cancel_requested' and new.state not in ('cancel_requested', 'completed', 'canceled') then
    raise exception 'the cancel request of job % cannot be forgotten by making it %', old.id, new.state;
  end if;
  if new.attempt < old.attempt then
    raise exception 'the attempts of job % cannot decrease from % to %', old.id, old.attempt, new.attempt;
  end if;
  return new;
end
$$;
create trigger job_history before update on jobs for each row execute function guard_job_history();
