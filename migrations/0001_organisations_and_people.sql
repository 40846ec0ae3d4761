-- Who there is: municipalities as Statistics Sweden numbers them, the organisations that run and join
-- programmes, and people. What is shown of a person in public stands in a table of its own
-- (presenters), so that no query for a public page can pick up an address by mistake.

create extension if not exists pg_trgm;

create table municipalities (
    code char(4) primary key check (code ~ '^[0-9]{4}$'),
    name text not null unique,
    short_name text not null,
    county_code char(2) not null check (county_code ~ '^[0-9]{2}$'),
    county_name text not null
);

create table organisations (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name text not null unique check (length(name) between 1 and 200),
    short_name text,
    kind text not null
        check (kind in ('municipality', 'region', 'agency', 'university', 'institute', 'company', 'association')),
    municipality_code char(4) unique references municipalities,
    check ((kind = 'municipality') = (municipality_code is not null))
);

create table people (
    id bigint generated always as identity primary key,
    name text not null check (length(name) between 1 and 200),
    -- As it was typed, for sending; the key is the same address in lower case, for telling people apart.
    email text check (length(email) <= 254),
    email_key text unique,
    created_at timestamptz not null default now(),
    check ((email is null) = (email_key is null))
);

create table presenters (
    person_id bigint primary key references people on delete cascade,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    organisation_id bigint references organisations,
    role_sv text,
    role_en text,
    about_sv text,
    about_en text
);
