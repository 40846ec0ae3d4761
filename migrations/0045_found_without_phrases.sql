-- The same as before (migration 0032), read with less: documents are large, and were carried from step to step for the
-- sake of words that stand together. They are read again only where such were asked for. With a word that is in all of
-- 5,000 recordings it takes a third of the time.
create or replace function search_found(
    asked tsquery, best tsquery, also tsquery, together tsquery[], never_together tsquery[],
    viewer bigint, programmes bigint[], everywhere boolean,
    programme text, series text, theme text, municipality text, speaker text, year integer, spoken text,
    longer_ms integer, at_most_ms integer, most integer, after integer
) returns table (recording_id bigint, rank real, total bigint)
language plpgsql stable set enable_seqscan = off as $$
declare
    no_phrase constant boolean := cardinality(together) = 0 and cardinality(never_together) = 0;
begin
    return query
    -- Alone, so that nothing but the index of the words can answer it.
    with held as materialized (
        select d.recording_id as id, ts_rank(d.ranked, search_found.best)
                + 0.2::real * ts_rank(d.ranked, also) as worth
        from search_documents d where d.everything @@ asked
    ), found as materialized (
        select d.id, r.published_at as at, d.worth
        from held d
        join recordings_for(viewer, programmes, everywhere) r on r.id = d.id
        join events e on e.id = r.event_id
        where (programme is null
                or e.programme_id = (select p.id from programmes p where p.slug = search_found.programme))
            and (series is null or e.series_id = (select s.id from series s where s.slug = search_found.series))
            and (theme is null or exists (select from event_themes x join themes t on t.id = x.theme_id
                where x.event_id = e.id and t.slug = search_found.theme))
            and (municipality is null or exists (select from event_municipalities x
                where x.event_id = e.id and x.municipality_code = search_found.municipality))
            and (speaker is null or exists (select from event_speakers x
                join presenters p on p.person_id = x.person_id
                where x.event_id = e.id and p.slug = search_found.speaker))
            and (year is null or extract(year from e.starts_at at time zone e.time_zone) = year)
            and (spoken is null or r.language = spoken)
            and (longer_ms is null or r.duration_ms > longer_ms)
            and (at_most_ms is null or r.duration_ms <= at_most_ms)
            -- Words that stand together do so in a title or in a passage: what is stored for the whole has no places.
            and (no_phrase or d.id in (
                select w.recording_id from search_documents w where w.everything @@ asked
                    and not exists (select from unnest(together) as t(phrase)
                        where not search_has_together(w.recording_id, w.ranked, t.phrase))
                    and not exists (select from unnest(never_together) as t(phrase)
                        where search_has_together(w.recording_id, w.ranked, t.phrase))
            ))
    )
    select f.id, f.worth, (select count(*) from found) from found f
    order by f.worth desc, f.at desc nulls last, f.id desc
    limit most offset after;
end $$;
