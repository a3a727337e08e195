-- Companies and accounts, what credentials may do, attempts to log in, and the audit trail.

create table companies (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 255),
  share double precision not null default 1 check (share between 0.1 and 1000),
  created_at timestamptz not null default clock_timestamp()
);
create unique index companies_name on companies (lower(name));
comment on column companies.share is 'Its weight when platforms are shared between companies.';

alter table users
  add column company_id integer references companies,
  add column disabled_at timestamptz,
  add column deleted_at timestamptz;
create index users_company on users (company_id) where company_id is not null;
-- The address of a deleted account can be used again; the account stays, for its jobs and the audit trail.
drop index users_email;
create unique index users_email on users (lower(email)) where deleted_at is null;

alter table credentials
  add column shown_prefix text not null default '',
  add column priority integer check (priority between 0 and 10),
  add column platforms text[],
  add column shots_max bigint check (shots_max >= 0),
  add column jobs_max integer check (jobs_max >= 0),
  add column read_only boolean not null default false,
  add column idle_s integer check (idle_s > 0),
  add column uses bigint not null default 0,
  add column last_used_at timestamptz,
  add column last_used_address text,
  add column deleted_at timestamptz;
comment on column credentials.platforms is 'Names or patterns such as sim:* of the platforms it is good for; null for all of the account.';
comment on column credentials.priority is 'Upper bound of the priority of jobs submitted with it; null for the account''s.';
comment on column credentials.idle_s is 'It ends when it was not used for so long.';
create unique index credentials_label on credentials (user_id, label) where kind = 'job' and deleted_at is null;
create index credentials_of_user on credentials (user_id, kind, id);

alter table jobs add column token_id integer references credentials;
create index jobs_of_token on jobs (token_id, created_at) where token_id is not null;

-- Failed and pending attempts to log in, by what they are counted for: an account seen from a network, an account,
-- a network. Kept here so that every server process counts the same.
create table login_guards (
  key text primary key,
  failures integer not null,
  not_before timestamptz not null,
  at timestamptz not null default clock_timestamp()
);

-- Networks from which an account has logged in: an attack from elsewhere does not slow these down.
create table login_networks (
  user_id integer not null references users on delete cascade,
  network text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (user_id, network)
);

-- The secret by which the first administrator of a public server is made: good once, and not for long.
create table bootstrap_secrets (
  hash bytea primary key,
  expires_at timestamptz not null
);

-- What people change, in a chain: each event holds the hash of the one before it, and the head that of the last.
create table audit_events (
  id bigint primary key,
  at timestamptz not null,
  user_id integer,
  credential_id integer,
  caller text not null,
  address text,
  request_id text,
  action text not null,
  object text not null,
  before jsonb,
  after jsonb,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_events_of_object on audit_events (object, id);
create index audit_events_of_user on audit_events (user_id, id);

create table audit_head (
  only_row boolean primary key default true check (only_row),
  last_id bigint not null,
  last_hash bytea not null
);
insert into audit_head (last_id, last_hash) values (0, sha256(''));

create function audit_hash(event audit_events) returns bytea language sql immutable as $$
  select sha256(event.previous_hash || convert_to(
    jsonb_build_array(event.id, extract(epoch from event.at), event.user_id, event.credential_id, event.caller,
                      event.address, event.request_id, event.action, event.object, event.before, event.after)::text,
    'UTF8'))
$$;

create function chain_audit_event() returns trigger language plpgsql as $$
begin
  -- Holds the head until the end of the transaction: events stand in the order of their commits.
  select last_id + 1, last_hash into strict new.id, new.previous_hash from audit_head for update;
  new.at := clock_timestamp();
  new.hash := audit_hash(new);
  update audit_head set last_id = new.id, last_hash = new.hash;
  return new;
end
$$;
create trigger audit_events_are_chained before insert on audit_events
  for each row execute function chain_audit_event();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is only ever added to';
end
$$;
create trigger audit_events_stay before update or delete or truncate on audit_events
  for each statement execute function refuse_audit_change();
