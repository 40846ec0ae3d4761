-- Finding what was said. A recording is one document, made of its title, of who and what it is about, and of every
-- caption cue; what is looked up is kept here, derived from the other tables and from nothing else.
--
-- Captions come by the ten thousand and pages must be quick, so nothing is worked out for each cue: at the end of a
-- transaction that touched a recording its document is written once. `everything` answers which recordings hold the
-- words, without being read itself (GIN); `ranked`, which is small, puts them in order; `search_passages`, eight cues
-- each, tells for the few on a page where the words were said, and how near each other; `search_words` knows every
-- word that occurs, and so which compounds hold a word and which are spelt nearly the same.

create extension if not exists unaccent;

-- Stemming without accents, for those who type "natverk". Stop words are told by the word as it is written (för, but
-- not the foreign "for"), and the stem is taken of what remains: "män" must not become the stop word "man".
create text search dictionary stafett_stop_sv (template = simple, stopwords = swedish, accept = false);
create text search dictionary stafett_stop_en (template = simple, stopwords = english, accept = false);
create text search dictionary stafett_stem_sv (template = snowball, language = swedish);
create text search dictionary stafett_stem_en (template = snowball, language = english);
create text search configuration stafett_sv (copy = swedish);
alter text search configuration stafett_sv
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
    with stafett_stop_sv, unaccent, stafett_stem_sv;
create text search configuration stafett_en (copy = english);
alter text search configuration stafett_en
    alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part
    with stafett_stop_en, unaccent, stafett_stem_en;

-- A text as words alone. Without this "kommun/region" is the path of a file to the parser, and one word. The soft
-- hyphen (the last one) is taken out, the rest become spaces.
create function search_text(said text) returns text language sql immutable parallel safe as $$
    select translate(coalesce(said, ''), E'/.-_@:#&<>+=*|\\~''’…–\u00AD', repeat(' ', 19))
$$;

-- The words of a text in one language, without accents.
create function search_plain(said text, language text) returns tsvector language sql immutable parallel safe as $$
    select case language
        when 'en' then to_tsvector('stafett_en', search_text(said)) else to_tsvector('stafett_sv', search_text(said))
    end
$$;

-- The same and the words with their accents: who types an accent gets what has it first.
create function search_vector(said text, language text) returns tsvector language sql immutable parallel safe as $$
    select case language
        when 'en' then to_tsvector('stafett_en', search_text(said)) || to_tsvector('english', search_text(said))
        else to_tsvector('stafett_sv', search_text(said)) || to_tsvector('swedish', search_text(said))
    end
$$;

create table search_documents (
    -- No reference: who deletes a recording must not wait for whoever writes its document. It goes at commit.
    recording_id bigint primary key,
    -- What was said, as lexemes without places; and those of them that were said most.
    said tsvector not null,
    often tsvector not null,
    -- Titles (A), names (B), descriptions (C), what was said often (D).
    ranked tsvector not null,
    everything tsvector not null,
    -- All words as they are written, to count them in search_words.
    words text[] not null
);
alter table search_documents alter column ranked set storage main;
create index search_documents_everything on search_documents using gin (everything) with (fastupdate = off);

create table search_passages (
    recording_id bigint not null,
    track_id bigint not null,
    -- The cues from one position to another; the last one is also the first of the next passage, so that what is
    -- looked for may stand across them.
    first integer not null,
    last integer not null,
    said tsvector not null,
    primary key (recording_id, track_id, first)
);

create table search_words (
    word text primary key,
    plain text not null,
    stem_sv text,
    stem_en text,
    -- In how many documents.
    documents integer not null
) with (fillfactor = 80);
create index search_words_plain on search_words using gin (plain gin_trgm_ops);
create index search_words_sv on search_words (stem_sv);
create index search_words_en on search_words (stem_en);

-- What a transaction has touched. Its number is part of the key, so that nobody waits for another here.
create table search_pending (
    recording_id bigint not null,
    transaction xid8 not null default pg_current_xact_id(),
    -- What was said has changed, and not only what stands beside it.
    said boolean not null,
    primary key (recording_id, transaction)
);

create function search_stem(word text, language text) returns text language sql immutable parallel safe as $$
    select (tsvector_to_array(case language
        when 'en' then to_tsvector('stafett_en', word) else to_tsvector('stafett_sv', word)
    end))[1]
$$;

-- Counts the words of a document that was and now is.
create function search_count_words(was text[], now_are text[]) returns void language plpgsql as $$
begin
    update search_words set documents = documents - 1
    where word in (select unnest(was) except select unnest(now_are));
    delete from search_words where documents <= 0 and word = any(was);
    insert into search_words (word, plain, stem_sv, stem_en, documents)
    select w, unaccent(w), search_stem(w, 'sv'), search_stem(w, 'en'), 1
    from (select unnest(now_are) as w except select unnest(was)) n
    on conflict (word) do update set documents = search_words.documents + 1;
end $$;

-- The words of a text that one may look for: three letters or more.
create function search_words_of(said text) returns setof text language sql immutable parallel safe as $$
    select w from unnest(tsvector_to_array(to_tsvector('simple', search_text(said)))) w
    where length(w) between 3 and 40
$$;

-- Writes the document of a recording, or takes it away with the recording. One at a time, all of them: the words are
-- shared, and this is the end of the transaction.
create function search_write(recording bigint, is_said boolean) returns void language plpgsql as $$
declare
    was search_documents;
    named tsvector;
    beside text;
    is_words text[];
begin
    perform pg_advisory_xact_lock(5163264121);
    select * into was from search_documents d where d.recording_id = recording;
    if not exists (select from recordings where id = recording) then
        delete from search_documents d where d.recording_id = recording;
        delete from search_passages p where p.recording_id = recording;
        perform search_count_words(coalesce(was.words, '{}'), '{}');
        return;
    end if;
    is_said := is_said or was.recording_id is null;

    if is_said then
        delete from search_passages p where p.recording_id = recording;
        insert into search_passages (recording_id, track_id, first, last, said)
        select recording, c.track_id, min(c.position), max(c.position),
            search_plain(string_agg(c.words, ' ' order by c.position), c.language)
        from (
            select t.id as track_id, t.language, q.position, q.words,
                row_number() over (partition by t.id order by q.position) - 1 as n
            from caption_tracks t join caption_cues q on q.track_id = t.id
            where t.recording_id = recording
        ) c
        cross join lateral unnest(array[c.n / 8, case when c.n % 8 = 0 and c.n > 0 then c.n / 8 - 1 end]) passage
        where passage is not null
        group by c.track_id, c.language, passage;
        -- A tsvector holds a megabyte: of what would not fit, what is said least is left out.
        select coalesce(array_to_tsvector(array_agg(l.lexeme) filter (where l.bytes < 900000)), ''),
            coalesce(array_to_tsvector(array_agg(l.lexeme) filter (where l.place <= 80 and l.passages > 2)), '')
        into was.said, was.often
        from (
            select s.lexeme, count(*) as passages,
                sum(octet_length(s.lexeme) + 8) over (order by count(*) desc, s.lexeme) as bytes,
                row_number() over (order by count(*) desc, s.lexeme) as place
            from search_passages p, unnest(p.said) s
            where p.recording_id = recording group by s.lexeme
        ) l;
    end if;

    select setweight(search_vector(concat_ws(' ', r.title, e.title_sv, e.subtitle_sv), 'sv'), 'A')
            || setweight(search_vector(concat_ws(' ', r.title_en, e.title_en, e.subtitle_en,
                case when r.language = 'en' then r.title end), 'en'), 'A')
            || setweight(search_vector(concat_ws(' ', n.speakers, n.places, n.themes_sv, p.title_sv, s.title_sv), 'sv'), 'B')
            || setweight(search_vector(concat_ws(' ', n.themes_en, p.title_en, s.title_en), 'en'), 'B')
            || setweight(search_vector(concat_ws(' ', r.summary_sv, e.summary_sv, r.note_sv, m.sv, c.sv), 'sv'), 'C')
            || setweight(search_vector(concat_ws(' ', r.summary_en, e.summary_en, r.note_en, m.en, c.en), 'en'), 'C'),
        concat_ws(' ', r.title, r.title_en, e.title_sv, e.title_en, e.subtitle_sv, e.subtitle_en, n.speakers, n.places,
            n.themes_sv, n.themes_en, p.title_sv, p.title_en, s.title_sv, s.title_en, r.summary_sv, r.summary_en,
            e.summary_sv, e.summary_en, r.note_sv, r.note_en, m.sv, m.en, c.sv, c.en)
    into named, beside
    from recordings r
    join events e on e.id = r.event_id
    join programmes p on p.id = e.programme_id
    left join series s on s.id = e.series_id
    cross join lateral (select
        (select string_agg(concat_ws(' ', person.name, o.name), ' ') from event_speakers x
            join presenters pr on pr.person_id = x.person_id join people person on person.id = pr.person_id
            left join organisations o on o.id = pr.organisation_id where x.event_id = e.id) as speakers,
        (select string_agg(u.name, ' ') from event_municipalities x
            join municipalities u on u.code = x.municipality_code where x.event_id = e.id) as places,
        (select string_agg(t.name_sv, ' ') from event_themes x join themes t on t.id = x.theme_id
            where x.event_id = e.id) as themes_sv,
        (select string_agg(t.name_en, ' ') from event_themes x join themes t on t.id = x.theme_id
            where x.event_id = e.id) as themes_en) n
    cross join lateral (select string_agg(concat_ws(' ', t.title, t.about_sv), ' ') as sv,
        string_agg(concat_ws(' ', t.title, t.about_en), ' ') as en from materials t where t.event_id = e.id) m
    cross join lateral (select string_agg(t.title_sv, ' ') as sv, string_agg(t.title_en, ' ') as en
        from chapters t where t.recording_id = r.id) c
    where r.id = recording;

    select coalesce(array_agg(distinct w), '{}') into is_words from (
        select search_words_of(beside) as w
        union
        select search_words_of(passage) from (
            select string_agg(c.words, ' ') as passage from caption_tracks t join caption_cues c on c.track_id = t.id
            where t.recording_id = recording group by t.id, c.position / 16
        ) x
    ) x;
    insert into search_documents (recording_id, said, often, ranked, everything, words)
    values (recording, was.said, was.often, named || was.often, strip(named) || was.said, is_words)
    on conflict (recording_id) do update set said = excluded.said, often = excluded.often, ranked = excluded.ranked,
        everything = excluded.everything, words = excluded.words;
    perform search_count_words(coalesce(was.words, '{}'), is_words);
end $$;

create function search_pending_write() returns trigger language plpgsql as $$
declare
    is_said boolean;
begin
    delete from search_pending p where (p.recording_id, p.transaction) = (new.recording_id, new.transaction)
    returning p.said into is_said;
    if found then perform search_write(new.recording_id, is_said); end if;
    return null;
end $$;
create constraint trigger search_pending_write after insert on search_pending
    deferrable initially deferred for each row execute function search_pending_write();

create function search_touch(recordings bigint[], is_said boolean) returns void language sql as $$
    insert into search_pending (recording_id, said) select distinct r, is_said from unnest(recordings) r
    on conflict (recording_id, transaction) do update set said = search_pending.said or excluded.said
$$;

-- Whose words change by what. Once for a statement, of whichever table.
create function search_told() returns trigger language plpgsql as $$
declare
    which bigint[];
begin
    case tg_table_name
    when 'recordings' then select array_agg(t.id) into which from touched t;
    when 'chapters' then select array_agg(t.recording_id) into which from touched t;
    when 'caption_tracks' then select array_agg(t.recording_id) into which from touched t;
    when 'caption_cues' then
        select array_agg(distinct k.recording_id) into which
        from caption_tracks k where k.id in (select t.track_id from touched t);
    when 'events' then
        select array_agg(r.id) into which from recordings r where r.event_id in (select t.id from touched t);
    when 'programmes' then
        select array_agg(r.id) into which from recordings r join events e on e.id = r.event_id
        where e.programme_id in (select t.id from touched t);
    when 'series' then
        select array_agg(r.id) into which from recordings r join events e on e.id = r.event_id
        where e.series_id in (select t.id from touched t);
    when 'people' then
        select array_agg(r.id) into which from recordings r join event_speakers s on s.event_id = r.event_id
        where s.person_id in (select t.id from touched t);
    when 'presenters' then
        select array_agg(r.id) into which from recordings r join event_speakers s on s.event_id = r.event_id
        where s.person_id in (select t.person_id from touched t);
    when 'themes' then
        select array_agg(r.id) into which from recordings r join event_themes s on s.event_id = r.event_id
        where s.theme_id in (select t.id from touched t);
    else
        select array_agg(r.id) into which from recordings r where r.event_id in (select t.event_id from touched t);
    end case;
    if which is not null then
        perform search_touch(which, tg_table_name in ('caption_tracks', 'caption_cues'));
    end if;
    return null;
end $$;

do $$
declare
    told text;
begin
    foreach told in array array['recordings', 'chapters', 'caption_tracks', 'caption_cues', 'event_speakers',
        'event_themes', 'event_municipalities', 'materials']
    loop
        execute format('create trigger %1$s_search_made after insert on %1$I referencing new table as touched
            for each statement execute function search_told()', told);
        execute format('create trigger %1$s_search_left after delete on %1$I referencing old table as touched
            for each statement execute function search_told()', told);
    end loop;
    foreach told in array array['recordings', 'chapters', 'caption_tracks', 'caption_cues', 'materials', 'events',
        'programmes', 'series', 'people', 'presenters', 'themes']
    loop
        execute format('create trigger %1$s_search_changed after update on %1$I referencing new table as touched
            for each statement execute function search_told()', told);
    end loop;
end $$;

-- The recordings that somebody may see: the same answer as app/src/recordings/model.rs gives for one. `viewer` is null
-- for who is not signed in; `programmes` are those that they organise, `everywhere` if they organise all.
create function recordings_for(viewer bigint, programmes bigint[], everywhere boolean) returns setof recordings
language sql stable parallel safe as $$
    select r.* from recordings r join events e on e.id = r.event_id
    where r.state = 'published' and (
            r.open_to = 'everybody'
            or viewer is not null and (
                r.open_to = 'signed_in'
                or r.open_to = 'signed_up' and exists (
                    select from sign_ups s where s.event_id = r.event_id and s.person_id = viewer
                        and s.status in ('confirmed', 'attended', 'no_show')
                )
            )
        )
        or everywhere or e.programme_id = any(programmes)
$$;

create function search_has_together(recording bigint, ranked tsvector, phrase tsquery) returns boolean
language sql stable parallel safe as $$
    select ranked @@ phrase or exists (
        select from search_passages p where p.recording_id = recording and p.said @@ phrase
    )
$$;

-- The recordings that hold what is asked for, best first, with how many there are in all. `best` are the words as they
-- were typed and their stems, `also` the longer words that hold them as parts.
--
-- A sequential scan would read every document whole, which no estimate of its cost knows of.
create function search_found(
    asked tsquery, best tsquery, also tsquery, together tsquery[], never_together tsquery[],
    viewer bigint, programmes bigint[], everywhere boolean,
    programme text, series text, theme text, municipality text, speaker text, year integer, spoken text,
    longer_ms integer, at_most_ms integer, most integer, after integer
) returns table (recording_id bigint, rank real, total bigint)
language plpgsql stable set enable_seqscan = off as $$
begin
    return query
    -- Alone, so that nothing but the index of the words can answer it.
    with held as materialized (
        select d.recording_id as id, d.ranked,
            ts_rank(d.ranked, search_found.best) + 0.2::real * ts_rank(d.ranked, also) as worth
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
            and not exists (select from unnest(together) as t(phrase)
                where not search_has_together(d.id, d.ranked, t.phrase))
            and not exists (select from unnest(never_together) as t(phrase)
                where search_has_together(d.id, d.ranked, t.phrase))
    )
    select f.id, f.worth, (select count(*) from found) from found f
    order by f.worth desc, f.at desc nulls last, f.id desc
    limit most offset after;
end $$;

-- Whether a word stands in a recording that somebody may see: what is offered while one types, or in place of what is
-- spelt otherwise, must not tell of others.
create function search_word_is_seen(
    word text, stem_sv text, stem_en text, viewer bigint, programmes bigint[], everywhere boolean
) returns boolean language plpgsql stable set enable_seqscan = off as $$
begin
    return exists (
        with held as materialized (
            select d.recording_id, d.words from search_documents d
            where d.everything @@ (quote_literal(stem_sv) || '|' || quote_literal(stem_en))::tsquery
        )
        select from held d join recordings_for(viewer, programmes, everywhere) r on r.id = d.recording_id
        where word = any(d.words)
    );
end $$;

-- Materials: what they are about, and the words of their files where those are known.
create table material_themes (
    material_id bigint not null references materials on delete cascade,
    theme_id bigint not null references themes,
    primary key (material_id, theme_id)
);
create index material_themes_theme on material_themes (theme_id);
alter table materials
    -- The name of its file in the store, if it lies here.
    add column file_key text unique check (file_key ~ '^[0-9a-z]{16,40}\.[0-9a-z]{2,5}$'),
    add column search tsvector;
-- The text that was taken out of the file. It stands beside, so that neither lists nor the log carry it along.
create table material_texts (
    material_id bigint primary key references materials on delete cascade,
    text text not null check (octet_length(text) <= 4000000)
);

create function materials_words() returns trigger language plpgsql as $$
begin
    new.search := setweight(search_vector(concat_ws(' ', new.title, new.group_sv), 'sv'), 'A')
        || setweight(search_vector(concat_ws(' ', new.title, new.group_en), 'en'), 'A')
        || setweight(search_vector(new.about_sv, 'sv'), 'B') || setweight(search_vector(new.about_en, 'en'), 'B')
        -- A tsvector holds a megabyte; a book's beginning says what it is about.
        || setweight(strip(search_vector(left(
            (select t.text from material_texts t where t.material_id = new.id), 100000
        ), 'sv')), 'D');
    return new;
end $$;
create trigger materials_words before insert or update of title, group_sv, group_en, about_sv, about_en
    on materials for each row execute function materials_words();
create function material_texts_told() returns trigger language plpgsql as $$
begin
    update materials set title = title
    where id = case when tg_op = 'DELETE' then old.material_id else new.material_id end;
    return null;
end $$;
create trigger material_texts_told after insert or update or delete on material_texts
    for each row execute function material_texts_told();
update materials set title = title;
create index materials_search on materials using gin (search);

-- The page of all materials is kept, and falls when any of them changes: event 0 stands for every list.
create function materials_tell() returns trigger language plpgsql as $$
begin
    if exists (select from touched) then insert into changes (event_id, facts) values (0, true); end if;
    return null;
end $$;
do $$
declare
    told text;
begin
    foreach told in array array['materials', 'material_themes'] loop
        execute format('create trigger %1$s_tell_made after insert on %1$I referencing new table as touched
            for each statement execute function materials_tell()', told);
        execute format('create trigger %1$s_tell_left after delete on %1$I referencing old table as touched
            for each statement execute function materials_tell()', told);
        execute format('create trigger %1$s_tell_changed after update on %1$I referencing new table as touched
            for each statement execute function materials_tell()', told);
    end loop;
end $$;

-- What there already is.
select search_write(id, true) from recordings;
