-- Materials have files: reports, theses, handbooks that lie here instead of somewhere else, and are searched in.

-- Nothing was ever written there: what is of a file stands in a table of its own.
alter table materials drop column file_key;

-- A material's file. Its key is its name in the store; a new file gets a new key, so that what is under a key never
-- changes. An event that is made after another has the same files: a key may stand here more than once.
create table material_files (
    material_id bigint primary key references materials on delete cascade,
    key text not null check (key ~ '^[0-9a-z]{16,40}\.[0-9a-z]{2,5}$'),
    kind text not null check (kind in ('pdf', 'docx', 'pptx', 'xlsx', 'odt', 'odp', 'ods')),
    bytes bigint not null check (bytes > 0),
    -- What it was called by whoever sent it, without the folders it lay in. Only organisers are told.
    name text not null check (length(name) <= 200),
    -- The last part of its address, which is what it is called by whoever saves it.
    called text not null check (called ~ '^[a-z0-9]+(-[a-z0-9]+)*\.[a-z]{3,4}$' and length(called) <= 120),
    -- How many pages or slides, and the language of its text, once it has been read and where it has them.
    pages integer check (pages > 0),
    language text check (language in ('sv', 'en')),
    created_at timestamptz not null default now()
);
create index material_files_key on material_files (key);
create trigger material_files_leave after update of key or delete on material_files
    for each row execute function media_files_leave();

-- What there is to be read in a file, and how that stands. One row for each file; a worker in whichever process takes it,
-- under a lease that it renews, so that what a killed process had begun is taken again by another.
create table material_readings (
    material_id bigint primary key references material_files on delete cascade,
    -- The key of the very file: of another it would be another reading.
    key text not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    progress integer not null default 0 check (progress between 0 and 100),
    -- Why it failed, or what is to be said of what came of it.
    why text check (length(why) between 1 and 40),
    worker text check (length(worker) between 1 and 40),
    leased_until timestamptz,
    tries integer not null default 0,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint running_by_somebody check ((state = 'running') = (worker is not null and leased_until is not null)),
    constraint failed_for_a_reason check (state <> 'failed' or why is not null)
);
create index material_readings_open on material_readings (created_at) where state in ('waiting', 'running');

-- The text of a file in parts of a few thousand characters, each with the page that it stands on, where it has pages: a
-- hit tells the sentence and the page. Until now nothing put any text here.
alter table material_texts
    add column part integer not null default 0 check (part >= 0),
    add column page integer check (page > 0),
    -- Of a text whose language is not known, the words are kept as in both.
    add column language text check (language in ('sv', 'en')),
    drop constraint material_texts_text_check,
    -- A tsvector holds a megabyte.
    add constraint material_texts_short check (length(text) <= 20000),
    drop constraint material_texts_pkey,
    add primary key (material_id, part);
-- By a trigger and not generated: a backup that is read in again knows no words before all is there.
alter table material_texts add column search tsvector;
create function material_texts_words() returns trigger language plpgsql as $$
begin
    new.search := case new.language
        when 'sv' then search_plain(new.text, 'sv')
        when 'en' then search_plain(new.text, 'en')
        else search_plain(new.text, 'sv') || search_plain(new.text, 'en')
    end;
    return new;
end $$;
create trigger material_texts_words before insert or update of text, language on material_texts
    for each row execute function material_texts_words();
update material_texts set text = text;
alter table material_texts alter column search set not null;
create index material_texts_search on material_texts using gin (search) with (fastupdate = off);
-- Parts of compounds, which no stemmer parts.
create index material_texts_compounds on material_texts using gin (text gin_trgm_ops) with (fastupdate = off);

-- All words of a material, for finding it: those of its title and description, and those of its file. `everything` is
-- never read itself, only its index is; it stands here, so that neither lists nor the log carry it along.
create table material_documents (
    material_id bigint primary key references materials on delete cascade,
    everything tsvector not null,
    in_file tsvector not null default '',
    -- As they are written, those that stand there most, for the vocabulary of the search in recordings.
    words text[] not null default '{}'
);
create index material_documents_everything on material_documents using gin (everything) with (fastupdate = off);

-- Title and description alone, which put materials in order.
create or replace function materials_words() returns trigger language plpgsql as $$
begin
    new.search := setweight(search_vector(concat_ws(' ', new.title, new.group_sv), 'sv'), 'A')
        || setweight(search_vector(concat_ws(' ', new.title, new.group_en), 'en'), 'A')
        || setweight(search_vector(new.about_sv, 'sv'), 'B') || setweight(search_vector(new.about_en, 'en'), 'B');
    return new;
end $$;

create function material_document_made() returns trigger language plpgsql as $$
begin
    insert into material_documents (material_id, everything) select id, strip(search) from touched;
    return null;
end $$;
create function material_document_changed() returns trigger language plpgsql as $$
begin
    update material_documents d set everything = strip(t.search) || d.in_file
    from touched t join was w on w.id = t.id
    where d.material_id = t.id and t.search is distinct from w.search;
    return null;
end $$;

-- What is in the files of these materials has changed. A tsvector holds a megabyte: of what would not fit, what stands
-- there least is left out.
create function material_documents_read(which bigint[]) returns void language sql as $$
    update material_documents d set in_file = f.lexemes, everything = strip(m.search) || f.lexemes, words = f.words
    from materials m
    cross join lateral (
        select
            (
                select coalesce(array_to_tsvector(array_agg(l.lexeme) filter (where l.bytes < 800000)), '')
                from (
                    select s.lexeme,
                        sum(octet_length(s.lexeme) + 8) over (order by count(*) desc, s.lexeme) as bytes
                    from material_texts t, unnest(t.search) s where t.material_id = m.id group by s.lexeme
                ) l
            ) as lexemes,
            array(
                select w from material_texts t, search_words_of(t.text) w where t.material_id = m.id
                group by w order by count(*) desc, w limit 30000
            ) as words
    ) f
    where m.id = any(which) and d.material_id = m.id
$$;

-- Whatever shows a material is told when its file or what is in it changes, as when the material itself does: its event,
-- kept pages, the search in recordings.
create function materials_touched(which bigint[]) returns void language sql as $$
    update materials set title = title where id = any(which)
$$;
create or replace function material_texts_told() returns trigger language plpgsql as $$
declare
    which bigint[];
begin
    select array_agg(distinct t.material_id) into which from touched t;
    if which is not null then
        perform material_documents_read(which);
        perform materials_touched(which);
    end if;
    return null;
end $$;
create function material_files_told() returns trigger language plpgsql as $$
declare
    which bigint[];
begin
    select array_agg(distinct t.material_id) into which from touched t;
    if which is not null then perform materials_touched(which); end if;
    return null;
end $$;

-- The text of a file goes with it, and that of a new one is to be read.
create function material_files_to_be_read() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.key = old.key then return null; end if;
    if tg_op <> 'INSERT' then delete from material_texts where material_id = old.material_id; end if;
    if tg_op <> 'DELETE' then
        insert into material_readings (material_id, key) values (new.material_id, new.key)
        on conflict (material_id) do update set key = excluded.key, state = 'waiting', progress = 0, why = null,
            worker = null, leased_until = null, tries = 0, created_at = now(), ended_at = null;
    end if;
    return null;
end $$;
create trigger material_files_to_be_read after insert or update or delete on material_files
    for each row execute function material_files_to_be_read();

-- The log tells of a file what a person knows it by. With a material its file goes without a word of its own.
create function material_files_log() returns trigger language plpgsql as $$
declare
    was constant jsonb := case when tg_op <> 'INSERT' then
        jsonb_build_object('name', old.name, 'kind', old.kind, 'bytes', old.bytes) end;
    now_is constant jsonb := case when tg_op <> 'DELETE' then
        jsonb_build_object('name', new.name, 'kind', new.kind, 'bytes', new.bytes) end;
begin
    if tg_op = 'UPDATE' and new.key = old.key then return null; end if;
    insert into audit_log (actor_id, programme_id, event_id, subject, subject_id, what, before, after)
    select nullif(current_setting('stafett.actor', true), '')::bigint, m.programme_id, m.event_id, 'material_files',
        m.id, lower(tg_op), was, now_is
    from materials m where m.id = case when tg_op = 'DELETE' then old.material_id else new.material_id end;
    return null;
end $$;
create trigger material_files_log after insert or update or delete on material_files for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function material_files_log();

-- Everybody may see it: its event is no draft, and it is not only announced. The same as `Door::is_public` in
-- app/src/materials/access.rs.
create function material_is_public(material bigint) returns boolean language sql stable parallel safe as $$
    select not m.is_announced and not exists (
        select from events e where e.id = m.event_id and e.state = 'draft'
    ) from materials m where m.id = material
$$;

-- What readers are told of the file of a material: app/src/materials/file.rs reads it. Nothing of one that is only
-- announced.
create function material_file(material bigint) returns jsonb language sql stable parallel safe as $$
    select jsonb_build_object('kind', f.kind, 'bytes', f.bytes, 'pages', f.pages, 'language', f.language,
        'address', '/materials/files/' || split_part(f.key, '.', 1) || '/' || f.called)
    from material_files f join materials m on m.id = f.material_id
    where f.material_id = material and not m.is_announced
$$;

-- The materials that hold what is asked, whoever may see them, and in how many parts of their files. `compound` is a word
-- to be looked for within longer ones. Words of a phrase, and what is asked beside it, stand in one part: what is stored
-- for the whole has no places.
--
-- A sequential scan would read every document whole, which no estimate of its cost knows of.
create function material_found(asked tsquery, compound text) returns table (material_id bigint, parts bigint)
language plpgsql stable set enable_seqscan = off as $$
declare
    is_phrase constant boolean := asked::text ~ '<(-|[0-9]+)>';
begin
    return query
    with part as materialized (
        select t.material_id as id, count(*) as n from material_texts t where t.search @@ asked group by t.material_id
    ), longer as materialized (
        select t.material_id as id, count(*) as n from material_texts t
        where compound is not null and t.text ilike like_pattern(compound) group by t.material_id
    ), whole as materialized (
        select d.material_id as id from material_documents d where not is_phrase and d.everything @@ asked
    ), held as (
        select id from whole union select id from longer union select id from part where is_phrase
    )
    select h.id, coalesce(p.n, 0) + coalesce(l.n, 0)
    from held h left join part p on p.id = h.id left join longer l on l.id = h.id;
end $$;

-- As in 0032, and with what is in the files of its event's materials. Writes the document of a recording, or takes it
-- away with the recording. One at a time, all of them: the words are
-- shared, and this is the end of the transaction.
create or replace function search_write(recording bigint, is_said boolean) returns void language plpgsql as $$
declare
    was search_documents;
    named tsvector;
    beside text;
    is_words text[];
    materials_hold tsvector;
    room integer;
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

    -- What is in the files of its event's materials, as far as everybody may read them. A tsvector holds a megabyte: what
    -- was said goes first.
    select 980000 - coalesce(sum(octet_length(l.lexeme) + 8), 0) into room from unnest(strip(named) || was.said) l;
    select coalesce(array_to_tsvector(array_agg(l.lexeme) filter (where l.bytes < room)), '') into materials_hold
    from (
        select x.lexeme, sum(octet_length(x.lexeme) + 8) over (order by x.lexeme) as bytes
        from (
            select distinct u.lexeme from recordings r
            join materials t on t.event_id = r.event_id join material_documents d on d.material_id = t.id
            cross join unnest(d.in_file) u
            where r.id = recording and material_is_public(t.id)
        ) x
    ) l;

    select coalesce(array_agg(distinct w), '{}') into is_words from (
        select search_words_of(beside) as w
        union
        select unnest(d.words) from recordings r
        join materials t on t.event_id = r.event_id join material_documents d on d.material_id = t.id
        where r.id = recording and material_is_public(t.id)
        union
        select search_words_of(passage) from (
            select string_agg(c.words, ' ') as passage from caption_tracks t join caption_cues c on c.track_id = t.id
            where t.recording_id = recording group by t.id, c.position / 16
        ) x
    ) x;
    insert into search_documents (recording_id, said, often, ranked, everything, words)
    values (recording, was.said, was.often, named || was.often, strip(named) || was.said || materials_hold, is_words)
    on conflict (recording_id) do update set said = excluded.said, often = excluded.often, ranked = excluded.ranked,
        everything = excluded.everything, words = excluded.words;
    perform search_count_words(coalesce(was.words, '{}'), is_words);
end $$;

-- What there already is.
update materials set title = title;
insert into material_documents (material_id, everything) select id, strip(search) from materials;
select material_documents_read(array(select distinct material_id from material_texts));

create trigger materials_document_made after insert on materials referencing new table as touched
    for each statement execute function material_document_made();
create trigger materials_document_changed after update on materials referencing old table as was new table as touched
    for each statement execute function material_document_changed();
drop trigger material_texts_told on material_texts;
create trigger material_texts_told_made after insert on material_texts referencing new table as touched
    for each statement execute function material_texts_told();
create trigger material_texts_told_changed after update on material_texts referencing new table as touched
    for each statement execute function material_texts_told();
create trigger material_texts_told_left after delete on material_texts referencing old table as touched
    for each statement execute function material_texts_told();
create trigger material_files_told_made after insert on material_files referencing new table as touched
    for each statement execute function material_files_told();
create trigger material_files_told_changed after update on material_files referencing new table as touched
    for each statement execute function material_files_told();
create trigger material_files_told_left after delete on material_files referencing old table as touched
    for each statement execute function material_files_told();
