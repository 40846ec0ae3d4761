-- The same as people write it: a transaction that counts, inserts and commits. Run by pgbench, for information.
begin;
update floor_events set taken = taken + 1 where id = 1 returning taken \gset
insert into floor_sign_ups (number, email, status)
values (:taken, :client_id || '.' || :taken || '@exempel.se', case when :taken <= 500 then 'confirmed' else 'waitlisted' end);
commit;
