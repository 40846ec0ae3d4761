-- A recording of two hours with 2,000 cues (:key is its film), ten chapters and four speakers, and as many that go well with
-- it as its page shows.
begin;
insert into programmes (slug, title_sv) values ('program', 'Program');
insert into series (slug, programme_id, kind, title_sv) select 'serie', id, 'tour', 'Serie' from programmes;
insert into themes (slug, name_sv, name_en) select 'tema-' || n, 'Tema ' || n, 'Theme ' || n from generate_series(1, 5) n;
insert into people (name) select 'Talare ' || n from generate_series(1, 4) n;
insert into presenters (person_id, slug) select id, 'talare-' || id from people;
insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
select 'e' || n, s.programme_id, s.id, 'webinar', 'held', 'Aktivitet ' || n, '2025-01-01'::timestamptz + n * interval '7 days',
    '2025-01-01'::timestamptz + n * interval '7 days' + interval '2 hours', 'digital'
from series s, generate_series(1, 40) n;
insert into event_speakers (event_id, person_id, position) select e.id, p.person_id, p.person_id from events e, presenters p;
insert into event_themes (event_id, theme_id) select e.id, t.id from events e, themes t where (e.id + t.id) % 2 = 0;
insert into recordings (event_id, slug, title, state, published_at, duration_ms)
select id, case slug when 'e1' then 'lang' else slug end, 'Inspelning ' || id, 'published', ends_at, 7200000 from events;
insert into media_files (recording_id, role, key, content_type, bytes, duration_ms)
select id, 'original', :'key', 'audio/wav', 57600044, 7200000 from recordings where slug = 'lang';
insert into caption_tracks (recording_id, language, reviewed_at) select id, 'sv', now() from recordings where slug = 'lang';
insert into caption_cues (track_id, position, start_ms, end_ms, speaker, words)
select t.id, n, n * 3600, n * 3600 + 3500, case when n % 25 = 0 then 'Talare ' || (1 + n / 25 % 4) end,
    'Här säger någon mening nummer ' || n || ', och den är ungefär så lång som meningar brukar vara'
    || case when n % 3 = 2 then '.' else ',' end
from caption_tracks t, generate_series(0, 1999) n;
insert into chapters (recording_id, position, start_ms, title_sv)
select r.id, n, n * 720000, 'Kapitel ' || n from recordings r, generate_series(0, 9) n where r.slug = 'lang';
commit;
vacuum analyze;
