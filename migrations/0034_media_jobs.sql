-- What happens to a file after it has come: it is measured, and what browsers want is made of it. One row for each thing
-- that is to be made of one file; a worker in whichever process takes it, under a lease that it renews, so that what a
-- killed process had begun is taken again by another.
create table media_jobs (
    id bigint generated always as identity primary key,
    recording_id bigint not null references recordings on delete cascade,
    -- Which of the recording's files it is made of, and the key of that very file: of another it would be another job.
    role text not null check (role in ('original', 'audio', 'described', 'signed', 'slides')),
    source text not null,
    kind text not null check (kind in ('measure', 'poster', 'video', 'audio', 'sprite', 'slides', 'speech')),
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    progress integer not null default 0 check (progress between 0 and 100),
    -- Why it failed, or why there was nothing to be made.
    why text check (length(why) between 1 and 40),
    -- What was found out, for those that come after.
    facts jsonb,
    -- Who has it, and until when they have said so.
    worker text check (length(worker) between 1 and 40),
    leased_until timestamptz,
    tries integer not null default 0,
    created_at timestamptz not null default now(),
    began_at timestamptz,
    ended_at timestamptz,
    unique (recording_id, role, kind),
    constraint running_by_somebody check ((state = 'running') = (worker is not null and leased_until is not null)),
    constraint failed_for_a_reason check (state <> 'failed' or why is not null)
);
create index media_jobs_open on media_jobs (id) where state in ('waiting', 'running');

-- The pages of the slides as pictures, with the words that stand on them.
create table slide_pages (
    recording_id bigint not null references recordings on delete cascade,
    page integer not null check (page between 1 and 2000),
    key text not null unique check (key ~ '^[0-9a-z]{16,40}\.[0-9a-z]{2,5}$'),
    bytes bigint not null check (bytes > 0),
    width integer not null check (width between 1 and 16384),
    height integer not null check (height between 1 and 16384),
    words text not null default '' check (length(words) <= 1000),
    created_at timestamptz not null default now(),
    primary key (recording_id, page)
);
create trigger slide_pages_leave after update of key or delete on slide_pages
    for each row execute function media_files_leave();
create trigger slide_pages_tell_made after insert on slide_pages referencing new table as touched
    for each statement execute function recording_parts_tell();
create trigger slide_pages_tell_gone after delete on slide_pages referencing old table as touched
    for each statement execute function recording_parts_tell();

-- A file of a recording goes with everything that was to be made of it.
create function media_jobs_leave() returns trigger language plpgsql as $$
begin
    delete from media_jobs where recording_id = old.recording_id and source = old.key;
    return null;
end $$;
create trigger media_files_jobs_leave after update of key or delete on media_files
    for each row execute function media_jobs_leave();
create function slides_leave() returns trigger language plpgsql as $$
begin
    delete from slide_pages where recording_id = old.recording_id;
    return null;
end $$;
create trigger media_files_slides_leave after update of key or delete on media_files
    for each row when (old.role = 'slides') execute function slides_leave();
