-- Events for measuring: :count of them, spread evenly over :days days from :first. Everything about them
-- is made up but not empty: series, themes, places, titles of usual length, some full, some with a line.
begin;

insert into programmes (slug, title_sv, title_en, position)
select 'program-' || n, 'Program ' || n || ' för innovation i offentlig sektor', 'Programme ' || n, n
from generate_series(1, 3) n;

insert into series (slug, programme_id, kind, title_sv, position)
select 'serie-' || n, (select id from programmes where slug = 'program-' || 1 + n % 3), 'tour',
    'Turné ' || n || ' genom landet', n
from generate_series(1, 6) n;

insert into themes (slug, name_sv, name_en)
select 'tema-' || n, 'Tema ' || n, 'Theme ' || n from generate_series(1, 5) n;

insert into municipalities (code, name, short_name, county_code, county_name)
select '99' || lpad(n::text, 2, '0'), 'Exempel ' || n || ' kommun', 'Exempel ' || n, '99', 'Exempellän'
from generate_series(1, 20) n;

insert into events (slug, programme_id, series_id, kind, state, title_sv, summary_sv, starts_at, ends_at,
    format, venue, platform)
select 'aktivitet-' || n,
    (select id from programmes where slug = 'program-' || 1 + n % 3),
    case when n % 2 = 0 then (select id from series where slug = 'serie-' || 1 + n % 6) end,
    (array['seminar', 'webinar', 'workshop', 'course'])[1 + n % 4],
    'published',
    (array[
        'Innovationsledning i praktiken', 'Så bygger vi en labbmiljö', 'Från pilot till vardag',
        'Lärande mellan kommuner', 'Beställarnätverket möts', 'Design för välfärdens tjänster',
        'Att mäta nytta', 'Frukostseminarium om AI i handläggningen', 'Samverkan som håller',
        'Introduktion till innovationssystemet'
    ])[1 + n % 10] || ', del ' || 1 + n / 10,
    'En halv dag om hur man gör, med exempel från tre kommuner.',
    starts, starts + interval '90 minutes',
    case when n % 3 = 0 then 'on_site' else 'digital' end,
    case when n % 3 = 0 then 'Stadshuset' end,
    case when n % 3 <> 0 then 'Zoom' end
from generate_series(0, :count - 1) n
cross join lateral (
    select ((:'first'::date + (n % :days)) + time '08:00' + (n / :days % 18) * interval '30 minutes')
        at time zone 'Europe/Stockholm' as starts
) hours;

-- Every fifth is full, every tenth has a line.
insert into event_ways (event_id, way, capacity, confirmed, waitlisted, last_queue_number)
select id, format, 40, taken, waiting, taken + waiting
from events
cross join lateral (
    select case when id % 5 = 0 then 40 else (id * 7 % 40)::integer end as taken,
        case when id % 10 = 0 then 6 else 0 end as waiting
) seats;

insert into event_themes (event_id, theme_id)
select e.id, t.id from events e join themes t on t.slug = 'tema-' || 1 + e.id % 5;

insert into event_municipalities (event_id, municipality_code)
select id, '99' || lpad((1 + id % 20)::text, 2, '0') from events where id % 3 = 0;

-- Nobody is there yet who would have to be told.
delete from changes;
commit;
analyze;
