-- What platforms measured of themselves, and when: the line that an operator looks at before a calibration.

create table platform_perfs (
  id bigint generated always as identity primary key,
  platform_id uuid not null references platforms,
  at timestamptz not null,
  perfs jsonb not null
);
create index platform_perfs_of_platform on platform_perfs (platform_id, at);

-- Platforms measure again and again: what changes within a minute is one snapshot, and none is kept for over 90 days.
create function note_platform_perfs() returns trigger language plpgsql as $$
declare
  now constant timestamptz := cloud_now();
begin
  update platform_perfs set perfs = new.perfs
   where id = (select last.id from platform_perfs last where last.platform_id = new.id
                order by last.at desc limit 1)
     and at > now - interval '1 minute';
  if not found then
    insert into platform_perfs (platform_id, at, perfs) values (new.id, now, new.perfs);
  end if;
  delete from platform_perfs where platform_id = new.id and at < now - interval '90 days';
  return null;
end
$$;
create trigger perfs_are_followed after update of perfs on platforms
  for each row when (old.perfs is distinct from new.perfs) execute function note_platform_perfs();

insert into platform_perfs (platform_id, at, perfs)
  select id, cloud_now(), perfs from platforms where perfs <> '{}';
