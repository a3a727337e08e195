-- Why a job ended in error, for programs: by the worker that reported it, or by the cloud.

alter table jobs
  add column error_code text,
  add constraint only_an_error_has_a_code check (
    error_code is null or (state = 'error' and error_code ~ '^[a-z][a-z0-9_]{0,63}$')
  );
