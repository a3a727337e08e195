-- Parts of a result are there for a moment: compressing them takes longer than all else that is done with them.
alter table job_result_parts alter column part set storage external;
