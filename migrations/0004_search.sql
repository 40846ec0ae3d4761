-- Does an event hold what somebody looks for? Four ways, since no one is enough for Swedish: the stemmers
-- of both languages (seminariet finds seminarium), the letters themselves (ledning finds
-- innovationsledning, which no stemmer splits), words that are nearly the same (webbinarier finds
-- webbinarium, which no stemmer joins), and the names of those who speak.

-- The text as a LIKE pattern that finds it anywhere, its own wildcards taken literally.
create function like_pattern(looked_for text) returns text
language sql immutable strict parallel safe as $$
    select '%' || replace(replace(replace(looked_for, '\', '\\'), '%', '\%'), '_', '\_') || '%'
$$;

create function event_holds(event events, looked_for text) returns boolean
language sql stable parallel safe as $$
    select event.search @@ websearch_to_tsquery('swedish', looked_for)
        or event.search @@ websearch_to_tsquery('english', looked_for)
        or (event.title_sv || ' ' || coalesce(event.title_en, '')) ilike like_pattern(looked_for)
        or strict_word_similarity(looked_for, event.title_sv || ' ' || coalesce(event.title_en, '')) >= 0.55
        or exists (
            select 1 from event_speakers es join people p on p.id = es.person_id
            where es.event_id = event.id and p.name ilike like_pattern(looked_for)
        )
$$;
