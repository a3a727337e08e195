-- What operators say of a platform, when it is maintained, when its workers last asked, and what status it had when.

alter table platforms
  add column visibility text not null default 'private' check (visibility in ('private', 'public')),
  add column limits jsonb not null default '{}' check (jsonb_typeof(limits) = 'object'),
  add column worker_id text,
  add column unreachable_after_s integer default 300 check (unreachable_after_s > 0),
  add column last_fetch_at timestamptz,
  add column deleted_at timestamptz;
comment on column platforms.status is 'What was set. The status at a moment also depends on windows and workers: platform_status().';
comment on column platforms.limits is 'shots_max, duration_s_max, queue_max, result_bytes_max, jobs_per_account_max; absent where there is none.';
comment on column platforms.unreachable_after_s is 'Its workers count as gone when none has asked for so long; null for never.';
comment on column platforms.last_fetch_at is 'When a worker last asked for a job, to half a minute.';

-- The name of a deleted platform can be used again; the platform stays, for its jobs and its history.
alter table platforms drop constraint platforms_name_key;
create unique index platforms_name on platforms (name) where deleted_at is null;

create table maintenance_windows (
  id uuid primary key default gen_random_uuid(),
  platform_id uuid not null references platforms,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  reason text not null default '',
  created_at timestamptz not null default clock_timestamp()
);
create index maintenance_windows_of_platform on maintenance_windows (platform_id, ends_at);

-- The status that a platform had from a moment on, until its next row.
create table platform_statuses (
  id bigint generated always as identity primary key,
  platform_id uuid not null references platforms,
  at timestamptz not null,
  status text not null check (status in ('available', 'maintenance', 'unreachable', 'retired'))
);
create index platform_statuses_of_platform on platform_statuses (platform_id, id desc) include (at, status);

create function refuse_status_change() returns trigger language plpgsql as $$
begin
  raise exception 'the statuses of platforms are only ever added to';
end
$$;
create trigger platform_statuses_stay before update or delete or truncate on platform_statuses
  for each statement execute function refuse_status_change();

-- The status of a platform at a moment. A worker that is busy does not ask for jobs: its lease tells that it lives.
create function platform_status(p platforms, moment timestamptz) returns text language sql stable as $$
  select case
    when p.deleted_at is not null then 'retired'
    when p.status in ('retired', 'maintenance') then p.status
    when exists (select from maintenance_windows w
                  where w.platform_id = p.id and w.starts_at <= moment and w.ends_at > moment) then 'maintenance'
    when p.status = 'unreachable' then 'unreachable'
    when coalesce(p.last_fetch_at, p.created_at) + make_interval(secs => p.unreachable_after_s) <= moment
         and not exists (select from jobs j
                          where j.platform_id = p.id and j.state in ('running', 'cancel_requested')
                            and j.lease_until > moment) then 'unreachable'
    else 'available'
  end
$$;

-- The platforms whose jobs may be handed to workers at this moment.
create view open_platforms as
  select p.* from platforms p
   where p.status not in ('retired', 'maintenance') and p.deleted_at is null
     and not exists (select from maintenance_windows w
                      where w.platform_id = p.id and w.starts_at <= clock_timestamp() and w.ends_at > clock_timestamp());

-- Adds the status that a platform has at a moment to its history, unless it is the last one there.
create function note_platform_status(platform uuid, moment timestamptz) returns void language plpgsql as $$
begin
  insert into platform_statuses (platform_id, at, status)
  select p.id, greatest(last.at, moment), now.status
    from platforms p
    cross join lateral (select platform_status(p, moment) as status) now
    left join lateral (select s.at, s.status from platform_statuses s
                        where s.platform_id = p.id order by s.id desc limit 1) last on true
   where p.id = platform and last.status is distinct from now.status;
end
$$;

-- Whatever changes a platform or its windows leaves the new status in the same transaction.
create function follow_platform() returns trigger language plpgsql as $$
begin
  perform note_platform_status(new.id, clock_timestamp());
  return null;
end
$$;
create trigger platform_is_followed
  after insert or update of status, deleted_at, last_fetch_at, unreachable_after_s on platforms
  for each row execute function follow_platform();

create function follow_maintenance() returns trigger language plpgsql as $$
declare
  changed uuid := case tg_op when 'DELETE' then old.platform_id else new.platform_id end;
begin
  -- Whoever adds to the history of a platform holds its row: two never add the same status.
  perform from platforms where id = changed for no key update;
  perform note_platform_status(changed, clock_timestamp());
  return null;
end
$$;
create trigger maintenance_is_followed after insert or update or delete on maintenance_windows
  for each row execute function follow_maintenance();

-- Notes what has changed by itself, windows that opened or closed and workers that went away, as of when it did.
-- Any number of processes may do this at once: a platform that another looks at is passed over.
create function follow_platforms(moment timestamptz)
returns table (id uuid, name text, status text) language plpgsql as $$
#variable_conflict use_column
declare
  changed record;
  since timestamptz;
begin
  for changed in
    select p.id, p.name from platforms p
     where platform_status(p, moment) is distinct from (
       select s.status from platform_statuses s where s.platform_id = p.id order by s.id desc limit 1)
     order by p.id for no key update skip locked
  loop
    select case when exists (select from maintenance_windows w
                              where w.platform_id = changed.id and w.starts_at <= moment and w.ends_at > moment)
             then min(w.starts_at) filter (where w.starts_at <= moment and w.ends_at > moment)
             when (select s.status from platform_statuses s where s.platform_id = changed.id order by s.id desc limit 1) = 'maintenance'
             then max(w.ends_at) filter (where w.ends_at <= moment)
           end into since
      from maintenance_windows w where w.platform_id = changed.id;
    perform note_platform_status(changed.id, coalesce(since, moment));
    return query select changed.id, changed.name, s.status from platform_statuses s
                  where s.platform_id = changed.id order by s.id desc limit 1;
  end loop;
end
$$;

insert into platform_statuses (platform_id, at, status) select id, created_at, status from platforms;
