-- Files of many GB come in over hours and days, in stretches, through broken networks (tus 1.0). What has come lies in
-- a file beside the store; how much that is, the file itself says. A row says what it is to become.
create table uploads (
    id bigint generated always as identity primary key,
    recording_id bigint not null references recordings on delete cascade,
    -- Who began it; what becomes of it is done in their name.
    person_id bigint references people on delete set null,
    -- The name of the file that grows, and of the key in the store, which gets an ending once it is known what it is.
    stem text not null unique check (stem ~ '^[0-9a-z]{16,40}$'),
    -- What the file is called where it comes from.
    name text not null default '' check (length(name) <= 200),
    -- What its sender said of it (Upload-Metadata), to be told again.
    metadata text not null default '' check (length(metadata) <= 4000),
    -- What it is to be, where that was said; otherwise its kind decides.
    wanted text check (wanted in ('original', 'audio', 'described', 'signed', 'slides')),
    bytes bigint not null check (bytes > 0),
    -- What was there when somebody last looked, to be shown. The file decides.
    received bigint not null default 0 check (received between 0 and bytes),
    -- What it was found to be, by its first bytes.
    extension text check (extension ~ '^[0-9a-z]{2,5}$'),
    role text check (role in ('original', 'audio', 'described', 'signed', 'slides')),
    -- Coming; all here and on its way into the store; a file of the recording.
    state text not null default 'coming' check (state in ('coming', 'storing', 'done')),
    created_at timestamptz not null default now(),
    -- When something of it last came.
    touched_at timestamptz not null default now(),
    constraint known_before_it_is_stored check (state = 'coming' or (extension is not null and role is not null))
);
create index uploads_recording on uploads (recording_id);
create index uploads_person on uploads (person_id);
create index uploads_old on uploads (touched_at);

-- Made from the original, by this program: it goes when the original is another.
alter table media_files add column is_derived boolean not null default false;
