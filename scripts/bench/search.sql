-- So many recordings (:recordings) of so many cues (:cues), of a text that search.awk makes up. One event each, ten series,
-- a hundred speakers, twenty themes.
begin;
insert into programmes (slug, title_sv) values ('program', 'Program');
insert into series (slug, programme_id, kind, title_sv) select 'serie-' || n, 1, 'tour', 'Serie ' || n from generate_series(1, 10) n;
insert into themes (slug, name_sv, name_en) select 'tema-' || n, 'Tema ' || n, 'Theme ' || n from generate_series(1, 20) n;
insert into people (name) select 'Talare ' || n from generate_series(1, 100) n;
insert into presenters (person_id, slug) select id, 'talare-' || id from people;
insert into events (slug, programme_id, series_id, kind, state, title_sv, starts_at, ends_at, format)
select 'e' || n, 1, 1 + n % 10, 'webinar', 'held', 'Aktivitet ' || n, '2020-01-01'::timestamptz + n * interval '1 day',
    '2020-01-01'::timestamptz + n * interval '1 day' + interval '1 hour', 'digital'
from generate_series(1, :recordings) n;
insert into event_speakers select id, 1 + id % 100, 0 from events;
insert into event_themes select id, 1 + id % 20 from events;
insert into recordings (event_id, slug, title, state, published_at, duration_ms)
select id, slug, 'Inspelning ' || id, 'published', ends_at, :cues * 4000 from events;
insert into caption_tracks (recording_id, language) select id, 'sv' from recordings order by id;
commit;
create unlogged table made (recording bigint, position integer, start_ms integer, end_ms integer, words text);
\copy made from pstdin
create index on made (recording);
-- As captions come: those of a recording at a time.
do $$
declare
    track record;
begin
    for track in select id, recording_id from caption_tracks order by id loop
        insert into caption_cues (track_id, position, start_ms, end_ms, words)
        select track.id, m.position, m.start_ms, m.end_ms, m.words from made m where m.recording = track.recording_id;
        commit;
    end loop;
end $$;
drop table made;
vacuum analyze;
