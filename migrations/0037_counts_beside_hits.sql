-- How many recordings each choice beside a search would leave: of those that hold what is asked and that whoever looks
-- may see, counted for each choice among the ones that pass all choices in the other dimensions. So a figure is what a
-- click on it finds (`search_found` with that choice), and a choice that was made has its neighbours beside it.
--
-- What a recording misses is one bit for each dimension; what misses one alone counts beside that one. The dimensions
-- stand in the order of `Dimension` in app/src/recordings/query.rs.
--
-- A sequential scan would read every document whole, which no estimate of its cost knows of.
create function search_counts(
    asked tsquery, together tsquery[], never_together tsquery[],
    viewer bigint, programmes bigint[], everywhere boolean,
    programme text, series text, theme text, municipality text, speaker text, year integer, spoken text,
    longer_ms integer, at_most_ms integer, in_english boolean
) returns table (dimension text, key text, name text, recordings bigint)
language plpgsql stable set enable_seqscan = off as $$
declare
    no_phrase constant boolean := cardinality(together) = 0 and cardinality(never_together) = 0;
begin
    return query
    with held as materialized (
        -- Documents are large: they are read only where words have to stand together.
        select d.recording_id as id from search_documents d where d.everything @@ asked
    ), seen as materialized (
        select r.id, r.event_id, e.programme_id, e.series_id, r.language, r.duration_ms,
            extract(year from e.starts_at at time zone e.time_zone)::integer as held_in
        from held h
        join recordings_for(viewer, programmes, everywhere) r on r.id = h.id
        join events e on e.id = r.event_id
        where no_phrase or exists (
            select from search_documents d where d.recording_id = h.id
                and not exists (select from unnest(together) as t(phrase)
                    where not search_has_together(d.recording_id, d.ranked, t.phrase))
                and not exists (select from unnest(never_together) as t(phrase)
                    where search_has_together(d.recording_id, d.ranked, t.phrase))
        )
    ), weighed as (
        select s.*,
            case when search_counts.theme is null or s.event_id in (
                select x.event_id from event_themes x join themes t on t.id = x.theme_id
                where t.slug = search_counts.theme) then 0 else 1 end
            + case when search_counts.programme is null or s.programme_id = (
                select p.id from programmes p where p.slug = search_counts.programme) then 0 else 2 end
            + case when search_counts.series is null or s.series_id is not distinct from (
                select coalesce((select it.id from series it where it.slug = search_counts.series), 0))
                then 0 else 4 end
            + case when search_counts.year is null or s.held_in = search_counts.year then 0 else 8 end
            + case when (longer_ms is null or s.duration_ms > longer_ms)
                and (at_most_ms is null or s.duration_ms <= at_most_ms) then 0 else 16 end
            + case when spoken is null or s.language = spoken then 0 else 32 end
            + case when search_counts.municipality is null or s.event_id in (
                select x.event_id from event_municipalities x
                where x.municipality_code = search_counts.municipality) then 0 else 64 end
            + case when search_counts.speaker is null or s.event_id in (
                select x.event_id from event_speakers x join presenters p on p.person_id = x.person_id
                where p.slug = search_counts.speaker) then 0 else 128 end as missed
        from seen s
    ), found as materialized (
        -- Each as a column of its own: of an expression the planner would expect next to nothing, and look rows up one
        -- by one.
        select w.event_id, w.programme_id, w.series_id, w.language, w.duration_ms, w.held_in,
            w.missed & ~1 = 0 as for_theme, w.missed & ~2 = 0 as for_programme, w.missed & ~4 = 0 as for_series,
            w.missed & ~8 = 0 as for_year, w.missed & ~16 = 0 as for_length, w.missed & ~32 = 0 as for_language,
            w.missed & ~64 = 0 as for_municipality, w.missed & ~128 = 0 as for_speaker
        from weighed w
    ), themed as (
        select x.theme_id as id, count(*) as recordings from found f join event_themes x on x.event_id = f.event_id
        where f.for_theme group by x.theme_id
    ), placed as (
        select x.municipality_code as code, count(*) as recordings
        from found f join event_municipalities x on x.event_id = f.event_id
        where f.for_municipality group by x.municipality_code
    ), spoke as (
        select x.person_id, count(*) as recordings from found f join event_speakers x on x.event_id = f.event_id
        where f.for_speaker group by x.person_id
    ), homes as (
        select f.programme_id as id, count(*) as recordings from found f where f.for_programme group by f.programme_id
    ), lines as (
        select f.series_id as id, count(*) as recordings from found f where f.for_series group by f.series_id
    )
    select 'theme', t.slug, case when in_english then t.name_en else t.name_sv end, c.recordings
    from themed c join themes t on t.id = c.id
    union all
    select 'programme', p.slug, case when in_english then coalesce(p.title_en, p.title_sv) else p.title_sv end, c.recordings
    from homes c join programmes p on p.id = c.id
    union all
    select 'series', s.slug, case when in_english then coalesce(s.title_en, s.title_sv) else s.title_sv end, c.recordings
    from lines c join series s on s.id = c.id
    union all
    select 'year', f.held_in::text, '', count(*) from found f where f.for_year group by f.held_in
    union all
    select 'length', case when f.duration_ms <= 900000 then 'short' when f.duration_ms <= 2700000 then 'medium' else 'long' end,
        '', count(*)
    from found f where f.for_length and f.duration_ms is not null group by 2
    union all
    select 'language', f.language, '', count(*) from found f where f.for_language group by f.language
    union all
    select 'municipality', m.code::text, m.short_name, c.recordings
    from placed c join municipalities m on m.code = c.code
    union all
    select 'speaker', p.slug, person.name, c.recordings
    from spoke c join presenters p on p.person_id = c.person_id join people person on person.id = c.person_id;
end $$;
