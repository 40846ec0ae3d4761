-- An event of today with three thousand people at the place itself, and two thousand events of a year to come, for
-- measuring the door and the planners' calendar.
begin;

insert into programmes (slug, title_sv) values ('program', 'Program');
insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format, venue)
select 'hall', id, 'conference', 'published', 'En dag', today, today + interval '23 hours 59 minutes', 'on_site', 'Mässan'
from programmes, (select date_trunc('day', now() at time zone 'Europe/Stockholm') at time zone 'Europe/Stockholm' as today) t;
insert into event_ways (event_id, way, capacity) select id, 'on_site', 4000 from events;

insert into people (name, email, email_key)
select 'Nr ' || lpad(n::text, 4, '0') || ' Åkesson', 'nr' || n || '@exempel.se', 'nr' || n || '@exempel.se'
from generate_series(1, 3000) n;
insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
    consented_at, consent_version)
select 'en-hemlighet-som-ar-lang-nog-' || p.id, e.id, 'on_site', p.id, 'confirmed', p.n, p.name,
    'Kommun ' || p.n % 290, 'sv', now(), 1
from events e, (select *, row_number() over (order by id) as n from people) p;

insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
select 'stor-' || n, id, 'seminar', 'published', 'Aktivitet nummer ' || n, t, t + interval '1 hour', 'digital'
from programmes, (
    select n, '2034-01-02 07:00Z'::timestamptz + make_interval(days => n % 360, hours => n % 5) as t
    from generate_series(1, 2000) n
) it;

commit;
analyze;
