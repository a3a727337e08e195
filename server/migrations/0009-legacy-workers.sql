-- Workers that cannot name their leases: a key of theirs has one at a time, on platforms that allow it.
alter table platforms add column legacy_single boolean not null default false;
