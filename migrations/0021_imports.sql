-- Files that an organiser reads in: first a draft, of which nothing is written anywhere else; then, once it is
-- confirmed, what became of each row. Drafts and rows are kept for a week: they are full of personal data.
create table imports (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('people', 'attendance', 'events', 'schedule')),
    programme_id bigint not null references programmes on delete cascade,
    -- Of which event; none of a file with events.
    event_id bigint references events on delete cascade,
    check ((event_id is not null) = (kind in ('people', 'attendance'))),
    -- Who read it in; nobody once their account has been erased.
    actor_id bigint references people on delete set null,
    made_at timestamptz not null,
    file_name text not null check (length(file_name) between 1 and 200),
    -- How the file was understood: its encoding and separator, or its format.
    read_as text not null check (length(read_as) <= 100),
    titles text[] not null,
    -- Which column is what, and what else was chosen.
    settings jsonb not null default '{}',
    state text not null default 'draft' check (state in ('draft', 'running', 'failed', 'done', 'undone')),
    -- How many rows have been seen to while it runs.
    progress integer not null default 0,
    -- How often it was begun: what cannot be carried through is not tried for ever.
    tries integer not null default 0,
    confirmed_at timestamptz,
    check (confirmed_at is not null or state in ('draft')),
    undone_at timestamptz,
    check ((undone_at is not null) = (state = 'undone')),
    -- How many were left by the undoing, since somebody had changed them.
    left_alone integer not null default 0
);
create index imports_event on imports (event_id, id) where event_id is not null;
create index imports_programme on imports (programme_id, id);
create index imports_running on imports (confirmed_at) where state = 'running';
create index imports_made on imports (made_at);
create trigger imports_audit after insert or update or delete on imports for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();

create table import_rows (
    import_id bigint not null references imports on delete cascade,
    -- The line in the file, as a spreadsheet counts them.
    number integer not null,
    cells jsonb not null,
    -- Once it has been carried through: what became of it, and as it is shown.
    verdict text check (verdict in ('make', 'change', 'same', 'refuse')),
    shown jsonb,
    sign_up_id bigint references sign_ups on delete set null,
    event_id bigint references events on delete set null,
    -- What it was before, where it was changed.
    was text,
    primary key (import_id, number)
);
create index import_rows_sign_up on import_rows (sign_up_id) where sign_up_id is not null;
create index import_rows_event on import_rows (event_id) where event_id is not null;
