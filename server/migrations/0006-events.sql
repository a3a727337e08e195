-- Events by the transaction that made them: whoever follows them takes only those whose transactions, and all
-- before these, have ended. Ids alone are given in the order of beginnings, and seen in the order of ends.
alter table job_events add column made_by xid8 not null default pg_current_xact_id();
create index job_events_to_follow on job_events (made_by, id);
