-- One event with so many sign-ups (:people, of whom :seats have a place), for measuring the organiser's list and
-- its files: names, organisations, a line, two questions.
begin;

insert into programmes (slug, title_sv) values ('program', 'Program');
insert into events (slug, programme_id, kind, state, title_sv, starts_at, ends_at, format)
select 'stor', id, 'conference', 'published', 'Stor konferens', now() + interval '30 days', now() + interval '31 days', 'digital'
from programmes;
insert into event_ways (event_id, way, capacity) select id, 'digital', :seats from events;
insert into event_questions (event_id, position, kind, label_sv, options_sv)
select id, 1, 'choice', 'Vad vill du äta?', array['Ärtsoppa', 'Räksmörgås', 'Vegetariskt'] from events;
insert into event_questions (event_id, position, kind, label_sv) select id, 2, 'text', 'Vad hoppas du på?' from events;

insert into people (name, email, email_key)
select (array['Åsa', 'Björn', 'Märta', 'Ali', 'Eva-Britt', 'Örjan'])[1 + n % 6] || ' '
        || (array['Öberg', 'Andersson Lindqvist', 'Nilsson', 'Ek', 'af Ugglas'])[1 + n % 5],
    'nr' || n || '@exempel.se', 'nr' || n || '@exempel.se'
from generate_series(1, :people) n;
insert into sign_ups (token, event_id, way, person_id, status, queue_number, name, organisation, language,
    consented_at, consent_version)
select 'en-hemlighet-som-ar-lang-nog-' || p.id, e.id, 'digital', p.id,
    case when p.n > :seats then 'waitlisted' else 'confirmed' end, p.n, p.name, 'Kommun ' || p.n % 290, 'sv', now(), 1
from events e, (select *, row_number() over (order by id) as n from people) p;
insert into sign_up_answers (sign_up_id, question_id, answer)
select s.id, q.id, case q.kind when 'choice' then q.options_sv[1 + s.queue_number % 3] else 'Någon att ringa.' end
from sign_ups s join event_questions q on q.event_id = s.event_id where s.queue_number % 4 > 0;

commit;
analyze;
