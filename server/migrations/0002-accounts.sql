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
  add column deleted_at timestamptz,
  add constraint an_administrator_is_not_deleted check (not is_admin or deleted_at is null);
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
  add column deleted_at timestamptz,
  add column replaces integer unique references credentials;
comment on column credentials.platforms is 'Names or patterns such as sim:* of the platforms it is good for; null for all of the account.';
comment on column credentials.priority is 'Upper bound of the priority of jobs submitted with it; null for the account''s.';
comment on column credentials.idle_s is 'It ends when it was not used for so long.';
comment on column credentials.replaces is 'The worker key whose rotation it came from.';
-- Labels were free before: of those that an account has twice, the later ones get their ids added.
update credentials c set label = c.label || ' ' || c.id
 where c.kind = 'job' and exists (
   select from credentials o where o.kind = 'job' and o.user_id = c.user_id and o.label = c.label and o.id < c.id);
create unique index credentials_label on credentials (user_id, label) where kind = 'job' and deleted_at is null;
create index credentials_of_user on credentials (user_id, kind, id);

alter table jobs
  add column token_id integer references credentials,
  add column suspended_with_account boolean not null default false;
comment on column jobs.token_id is 'The job token that it was submitted with.';
comment on column jobs.suspended_with_account is 'Whether it waits again when its owner''s account is enabled.';
create index jobs_of_token on jobs (token_id, created_at) where token_id is not null;

-- How often logins have failed of late, by what is guarded: an account from one network, an account, a network. Kept
-- here so that every server process counts the same.
create table login_guards (
  key text primary key,
  failures double precision not null,
  at timestamptz not null,
  not_before timestamptz not null
);
create index login_guards_by_age on login_guards (at);
comment on column login_guards.failures is 'As they count at the time in "at": they count less and less afterwards.';

-- Networks from which an account has logged in: an attack from elsewhere does not slow these down.
create table login_networks (
  user_id integer not null references users on delete cascade,
  network text not null,
  at timestamptz not null,
  primary key (user_id, network)
);

-- Secrets that are good once, and not for long: for the first administrator of a public server, and for somebody who
-- forgot a password.
create table one_time_secrets (
  hash bytea primary key check (length(hash) = 32),
  purpose text not null check (purpose in ('bootstrap', 'password_reset')),
  user_id integer references users on delete cascade,
  expires_at timestamptz not null,
  constraint a_reset_is_for_an_account check ((purpose = 'password_reset') = (user_id is not null))
);

-- What people change. Each event holds the hash of the one before it in its chain, and the head of the chain that of
-- the last. Events of one account are in one chain; there are several so that accounts seldom wait for one another.
create table audit_events (
  id bigint generated always as identity primary key,
  chain smallint not null,
  seq bigint not null,
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
  hash bytea not null,
  unique (chain, seq)
);
create index audit_events_of_object on audit_events (object, id);
create index audit_events_of_user on audit_events (user_id, id);

create table audit_heads (
  chain smallint primary key,
  seq bigint not null,
  hash bytea not null
);
insert into audit_heads (chain, seq, hash) select chain, 0, sha256('') from generate_series(0, 15) chain;

create function chain_audit_event() returns trigger language plpgsql as $$
begin
  new.chain := coalesce(new.user_id, 0) % 16;
  -- Holds the head until the end of the transaction: events of a chain stand in the order of their commits.
  select seq + 1, hash into strict new.seq, new.previous_hash from audit_heads where chain = new.chain for update;
  new.at := clock_timestamp();
  new.hash := sha256(new.previous_hash || convert_to(jsonb_build_array(
    new.id, new.chain, new.seq, extract(epoch from new.at), new.user_id, new.credential_id, new.caller, new.address,
    new.request_id, new.action, new.object, new.before, new.after)::text, 'UTF8'));
  update audit_heads set seq = new.seq, hash = new.hash where chain = new.chain;
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
create trigger audit_heads_stay before insert or delete or truncate on audit_heads
  for each statement execute function refuse_audit_change();
