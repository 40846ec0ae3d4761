-- A series of seven stops and one event by itself, all of the same kind, with room for everybody.
begin;
insert into programmes (slug, title_sv) values ('program', 'Program');
insert into series (slug, programme_id, kind, title_sv)
select 'turne', id, 'tour', 'Turné i sju stopp' from programmes;
insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format, platform)
select case when n = 0 then 'ensam' else 'stopp-' || n end, p.id, case when n > 0 then s.id end, 'seminar',
    'published', 'Innovationsledning i praktiken', starts, starts + interval '45 minutes', 'digital', 'Zoom'
from generate_series(0, 7) n
cross join programmes p
cross join series s
cross join lateral (select now() + (60 + 7 * n) * interval '1 day' as starts) hours;
insert into event_ways (event_id, way, capacity) select id, 'digital', 100000 from events;
delete from changes;
commit;
-- The harder case: Postgres knows all tables to be empty when plans are made (docs/benchmarks.md).
analyze;
