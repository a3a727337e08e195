-- A job that stopped its worker twice may have found a fault of the platform: whoever runs it is told, until they
-- have looked. What it says: when, of which job, and why.
alter table platforms add column flag jsonb check (jsonb_typeof(flag) = 'object');
