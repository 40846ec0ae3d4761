-- The smallest SQL that could sign somebody up: one statement, one commit. Run by pgbench.
with seat as (update floor_events set taken = taken + 1 where id = 1 returning taken)
insert into floor_sign_ups (number, email, status)
select taken, :client_id || '.' || taken || '@exempel.se', case when taken <= 500 then 'confirmed' else 'waitlisted' end
from seat;
