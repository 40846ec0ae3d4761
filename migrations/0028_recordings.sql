-- The library of recordings: what was held lives on. Until now a recording was a title under its event; now it has an
-- address, files, captions, chapters, slides, and an answer to who may see it.

-- An address of letters, digits and single hyphens, made of a title.
create function slug_of(title text) returns text language sql immutable parallel safe as $$
    select left(trim(both '-' from regexp_replace(
        translate(lower(title), 'åäàáâãæöøòóôõéèêëüùúûïíìîçñ', 'aaaaaaaooooooeeeeuuuuiiiicn'), '[^a-z0-9]+', '-', 'g'
    )), 100)
$$;

alter table recordings
    add column slug text check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    -- `title` is the title in Swedish, or in the language of what was held where nobody has translated it.
    add column title_en text check (length(title_en) between 1 and 300),
    add column summary_sv text not null default '',
    add column summary_en text,
    -- What is spoken.
    add column language text not null default 'sv' check (language in ('sv', 'en')),
    -- A draft is seen by organisers alone.
    add column state text not null default 'draft' check (state in ('draft', 'published')),
    add column published_at timestamptz,
    add column open_to text not null default 'everybody'
        check (open_to in ('everybody', 'signed_in', 'signed_up', 'organisers')),
    -- Other sites may show it, at /recordings/{slug}/embed. Only what everybody may see.
    add column may_embed boolean not null default false,
    -- Where it lies with another provider instead of here.
    add column elsewhere_url text check (elsewhere_url ~ '^https://' and length(elsewhere_url) <= 2000),
    add column duration_ms integer check (duration_ms > 0),
    -- Published without reviewed captions: why, and when they come (what the law asks to be told).
    add column uncaptioned_reason text check (length(uncaptioned_reason) between 1 and 1000),
    add column captions_by date,
    add column is_demonstration boolean not null default false,
    add column version bigint not null default 0,
    add column created_at timestamptz not null default now(),
    add constraint published_at_some_time check ((state = 'published') = (published_at is not null)),
    add constraint embedded_for_everybody check (not may_embed or open_to = 'everybody'),
    add constraint a_reason_has_a_date check ((uncaptioned_reason is null) = (captions_by is null));

-- What there was is published: its title stood on the event's page.
update recordings r
set slug = e.slug || case when n.number > 1 then '-' || n.number else '' end,
    language = e.language, state = 'published', published_at = e.ends_at
from events e, (
    select id, row_number() over (partition by event_id order by id) as number from recordings
) n
where e.id = r.event_id and n.id = r.id;
alter table recordings alter column slug set not null;
alter table recordings add constraint recordings_slug unique (slug);
create index recordings_newest on recordings (published_at desc, id desc) where state = 'published';
create index recordings_event on recordings (event_id);
-- Those who had been signed up are told of what is published, not of a draft.
drop index recordings_untold;
create index recordings_untold on recordings (event_id) where told_at is null and state = 'published';

create function recordings_touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;
create trigger recordings_touch before update on recordings for each row execute function recordings_touch();

-- The event's page shows its recordings, and every list of recordings is told by event 0: facts have changed.
create function recordings_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts)
    values (case when tg_op = 'DELETE' then old.event_id else new.event_id end, true), (0, true);
    return null;
end $$;
create trigger recordings_tell after insert or update or delete on recordings
    for each row execute function recordings_tell();

-- A file of a recording. Its key is its name in the store and the last part of its address. A new file gets a new key,
-- so that what is under a key never changes and may be kept for ever by whoever may see it.
create table media_files (
    id bigint generated always as identity primary key,
    recording_id bigint not null references recordings on delete cascade,
    role text not null
        check (role in ('original', 'video', 'audio', 'poster', 'sprite', 'described', 'signed', 'slides')),
    key text not null unique check (key ~ '^[0-9a-z]{16,40}\.[0-9a-z]{2,5}$'),
    content_type text not null check (content_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
    bytes bigint not null check (bytes > 0),
    width integer check (width between 1 and 16384),
    height integer check (height between 1 and 16384),
    duration_ms integer check (duration_ms > 0),
    created_at timestamptz not null default now(),
    -- One of each kind: a new one takes the old one's place, whose file is then taken away (media_left).
    unique (recording_id, role)
);
-- Keys whose files nothing names any more, for the job that takes them out of the store.
create table media_left (
    key text primary key,
    left_at timestamptz not null default now()
);
create function media_files_leave() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or new.key <> old.key then
        insert into media_left (key) values (old.key) on conflict do nothing;
    end if;
    return null;
end $$;
create trigger media_files_leave after update of key or delete on media_files
    for each row execute function media_files_leave();

-- What is said, in one language. WebVTT (W3C) is made of it; times are milliseconds from the beginning.
create table caption_tracks (
    id bigint generated always as identity primary key,
    recording_id bigint not null references recordings on delete cascade,
    language text not null check (language in ('sv', 'en')),
    -- Captions tell all that is heard in the language that is spoken, subtitles translate it.
    kind text not null default 'captions' check (kind in ('captions', 'subtitles')),
    -- When somebody read them against the sound; null for what a machine wrote.
    reviewed_at timestamptz,
    -- Raised by every change, and a part of the track's address.
    version bigint not null default 0,
    unique (recording_id, language)
);
create table caption_cues (
    track_id bigint not null references caption_tracks on delete cascade,
    position integer not null check (position >= 0),
    start_ms integer not null check (start_ms >= 0),
    end_ms integer not null,
    -- Who speaks, where that is told.
    speaker text check (length(speaker) between 1 and 200),
    -- The words as they are read and searched in, without marks.
    words text not null check (length(words) <= 5000),
    -- The cue text as WebVTT has it (with <i> and the like) and its settings, where they are more than the words.
    marked text check (length(marked) <= 10000),
    settings text check (length(settings) <= 500),
    -- What was written for whoever edits, and the name of the cue.
    identifier text check (length(identifier) <= 500),
    primary key (track_id, position),
    check (end_ms > start_ms)
);

create table chapters (
    recording_id bigint not null references recordings on delete cascade,
    position integer not null check (position >= 0),
    start_ms integer not null check (start_ms >= 0),
    title_sv text not null check (length(title_sv) between 1 and 300),
    title_en text check (length(title_en) between 1 and 300),
    primary key (recording_id, position),
    unique (recording_id, start_ms)
);

-- Which page of the slides is shown from when on.
create table slide_times (
    recording_id bigint not null references recordings on delete cascade,
    start_ms integer not null check (start_ms >= 0),
    page integer not null check (page between 1 and 2000),
    primary key (recording_id, start_ms)
);

-- How far somebody who is signed in has come. What was watched is a union of intervals in milliseconds, so that going
-- back and forth counts nothing twice.
create table watching (
    person_id bigint not null references people on delete cascade,
    recording_id bigint not null references recordings on delete cascade,
    at_ms integer not null default 0 check (at_ms >= 0),
    watched int4multirange not null default '{}',
    updated_at timestamptz not null,
    primary key (person_id, recording_id)
);
create index watching_recording on watching (recording_id);
-- Somebody may want none of it kept; switching it off empties it.
alter table people add column keeps_watching boolean not null default true;

-- What is of a recording belongs to its event, and by that to a programme: that is how the log finds it. Otherwise as
-- before.
create or replace function audit() returns trigger language plpgsql as $$
declare
    -- What counts or follows by itself tells nothing; what opens a door is no matter of a log.
    silent constant text[] := array['version', 'sequence', 'updated_at', 'created_at', 'search', 'confirmed',
        'waitlisted', 'requested', 'token', 'ticket', 'token_hash', 'secret_hash', 'queue_number'];
    actor constant text := nullif(current_setting('stafett.actor', true), '');
    was jsonb;
    now_is jsonb;
    whole jsonb;
    event bigint;
    programme bigint;
    about bigint;
begin
    if tg_op <> 'INSERT' then was := to_jsonb(old) - silent; end if;
    if tg_op <> 'DELETE' then now_is := to_jsonb(new) - silent; end if;
    whole := coalesce(now_is, was);
    if tg_op = 'UPDATE' then
        if was = now_is then return null; end if;
        select jsonb_object_agg(key, value) into was from jsonb_each(was) where now_is -> key is distinct from value;
        select jsonb_object_agg(n.key, n.value) into now_is
        from jsonb_each(now_is) n where was ? n.key;
    end if;
    event := case when tg_table_name = 'events' then (whole ->> 'id')::bigint else (whole ->> 'event_id')::bigint end;
    programme := case when tg_table_name = 'programmes' then (whole ->> 'id')::bigint
        else (whole ->> 'programme_id')::bigint end;
    if event is null and whole ->> 'recording_id' is not null then
        select r.event_id into event from recordings r where r.id = (whole ->> 'recording_id')::bigint;
    end if;
    if programme is null and event is not null then
        select e.programme_id into programme from events e where e.id = event;
    end if;
    if programme is null and whole ->> 'series_id' is not null then
        select s.programme_id into programme from series s where s.id = (whole ->> 'series_id')::bigint;
    end if;
    about := (whole ->> 'person_id')::bigint;
    if about is not null and not exists (select from people where id = about) then
        -- They are being erased, and this goes with them.
        about := null; was := null; now_is := null;
    end if;
    insert into audit_log (actor_id, about_id, programme_id, event_id, subject, subject_id, what, before, after)
    values (
        actor::bigint, about, programme, event, tg_table_name, (whole ->> 'id')::bigint, lower(tg_op), was, now_is
    );
    return null;
end $$;

-- Only what somebody does in the organiser's name is written down, as for all else that organisers write.
create trigger media_files_audit after insert or update or delete on media_files for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();
create trigger caption_tracks_audit after insert or update or delete on caption_tracks for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();
create trigger chapters_audit after insert or update or delete on chapters for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();
create trigger slide_times_audit after insert or update or delete on slide_times for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();
