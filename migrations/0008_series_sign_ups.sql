-- Signing up for a whole series in one go. Each stop is a sign-up of its own, which can be left alone; this
-- row says who took the whole, so that stops that open later include them.
create table series_sign_ups (
    id bigint generated always as identity primary key,
    -- As for sign_ups: who has the link may see and leave.
    token text not null unique check (length(token) >= 22),
    series_id bigint not null references series,
    person_id bigint not null references people,
    way text not null check (way in ('digital', 'on_site')),
    name text not null check (length(name) between 1 and 200),
    organisation text not null check (length(organisation) between 1 and 200),
    language text not null check (language in ('sv', 'en')),
    consented_at timestamptz not null,
    consent_version integer not null,
    created_at timestamptz not null default now(),
    left_at timestamptz
);
create unique index series_sign_ups_one_live on series_sign_ups (series_id, person_id) where left_at is null;
create index series_sign_ups_live on series_sign_ups (series_id, id) where left_at is null;

alter table sign_ups add column series_sign_up_id bigint references series_sign_ups;
create index sign_ups_series on sign_ups (series_sign_up_id) where series_sign_up_id is not null;
-- "Is this person signed up here, or were they?"
create index sign_ups_event_person on sign_ups (event_id, person_id);
