-- The organisers' side of recordings.

-- How much a recording is watched, and where people stop: counters, and nobody in them. A player says what it has
-- played; that is added up here and forgotten. Which reader it was, is never written down, so it cannot be told.
create table recording_days (
    recording_id bigint not null references recordings on delete cascade,
    -- In Swedish time.
    day date not null,
    -- How many times it was begun.
    views integer not null default 0 check (views >= 0),
    -- How long it was played, in milliseconds.
    watched_ms bigint not null default 0 check (watched_ms >= 0),
    primary key (recording_id, day)
);
-- A recording in fifty parts of the same length: in how many of its viewings each was played.
create table recording_parts (
    recording_id bigint not null references recordings on delete cascade,
    part smallint not null check (part between 0 and 49),
    views integer not null default 0 check (views >= 0),
    primary key (recording_id, part)
);

-- A gap of less than two seconds in one's own history is none: a player that is jumped about in leaves thousands of
-- splinters otherwise. Of longer gaps the 499 longest stay, so that there are never more than 500 parts.
create function watched_whole(parts int4multirange) returns int4multirange language sql immutable strict parallel safe as $$
    with part as (
        select lower(p) as begins, upper(p) as ends, lower(p) - lag(upper(p)) over (order by lower(p)) as gap
        from unnest(parts) p
    ), ranked as (
        select *, row_number() over (order by gap desc nulls first, begins) as nth from part
    ), numbered as (
        select *, count(*) filter (where gap is null or gap >= 2000 and nth <= 500) over (order by begins) as number
        from ranked
    ), joined as (
        select int4range(min(begins), max(ends)) as it from numbered group by number
    )
    select coalesce(range_agg(it), '{}') from joined
$$;

-- A recording that was published without reviewed captions says why, and when they come. When they have come, in the
-- language that is spoken, there is nothing more to say. Whoever publishes at the same moment holds the recording's row,
-- or waits for it here.
create function captions_have_come() returns trigger language plpgsql as $$
begin
    perform from recordings where id = new.recording_id for no key update;
    update recordings set uncaptioned_reason = null, captions_by = null
    where id = new.recording_id and language = new.language and uncaptioned_reason is not null;
    return null;
end $$;
create trigger captions_have_come after insert or update of reviewed_at, language, kind on caption_tracks
    for each row when (new.reviewed_at is not null and new.kind = 'captions') execute function captions_have_come();

-- The organisers' list.
create index recordings_uncaptioned on recordings (captions_by) where captions_by is not null;
