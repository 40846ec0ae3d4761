-- Who signs in, and what they may. There are no passwords: an address is proven by a link that is mailed to
-- it. Of every secret only the SHA-256 is here, so that whoever reads this database cannot sign in with it.

-- What a person tells about themselves, all of it by choice. Of needs only what is told is kept.
alter table people
    add column organisation text check (length(organisation) between 1 and 200),
    add column work_role text check (length(work_role) between 1 and 200),
    add column municipality_code char(4) references municipalities,
    add column language text check (language in ('sv', 'en')),
    add column access_needs text check (length(access_needs) between 1 and 1000),
    add column diet text check (length(diet) between 1 and 1000),
    -- When somebody first signed in by a mail to the address; null while it has only been typed.
    add column email_proven_at timestamptz;

create table sign_in_links (
    id bigint generated always as identity primary key,
    secret_hash bytea not null unique check (length(secret_hash) = 32),
    email text not null check (length(email) <= 254),
    email_key text not null,
    language text not null check (language in ('sv', 'en')),
    -- Where one was going: an address of this site, without the site.
    next text check (next like '/%' and length(next) <= 400),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
-- For counting the newest to one address, and for taking old ones away.
create index sign_in_links_address on sign_in_links (email_key, created_at);
create index sign_in_links_expiry on sign_in_links (expires_at);

create table sessions (
    id bigint generated always as identity primary key,
    token_hash bytea not null unique check (length(token_hash) = 32),
    person_id bigint not null references people on delete cascade,
    -- As 'Chrome, Android'; empty where it is not known. No network address.
    device text not null check (length(device) <= 60),
    created_at timestamptz not null,
    -- Written every five minutes at the most. Two weeks after it the session is over.
    last_used_at timestamptz not null,
    -- However much it is used.
    expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create index sessions_expiry on sessions (expires_at);

-- Everybody is a participant; these are more than that. Without a programme: of all of them.
create table roles (
    id bigint generated always as identity primary key,
    person_id bigint not null references people on delete cascade,
    role text not null check (role in ('administrator', 'organiser', 'host')),
    programme_id bigint references programmes on delete cascade,
    granted_at timestamptz not null default now(),
    constraint roles_once unique nulls not distinct (person_id, role, programme_id),
    constraint administrators_are_of_all check (role <> 'administrator' or programme_id is null)
);
