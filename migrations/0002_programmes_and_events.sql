-- The shared programme: undertakings, their series, and the events in them. Texts come in Swedish and,
-- where somebody has written it, English; a missing English text is shown in Swedish.

create table programmes (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title_sv text not null check (length(title_sv) between 1 and 300),
    title_en text,
    summary_sv text not null default '',
    summary_en text,
    audience_sv text,
    audience_en text,
    owner_id bigint references organisations,
    funder_id bigint references organisations,
    funder_reference text,
    grant_sek bigint check (grant_sek >= 0),
    -- A period is known to the year, the month or the day; the dates hold its first day and its last.
    starts_on date,
    ends_on date,
    period_precision text not null default 'day' check (period_precision in ('year', 'month', 'day')),
    is_demonstration boolean not null default false,
    position integer not null default 0,
    check (ends_on >= starts_on)
);

create table programme_partners (
    programme_id bigint not null references programmes on delete cascade,
    organisation_id bigint not null references organisations,
    position integer not null,
    primary key (programme_id, organisation_id)
);

create table programme_contacts (
    programme_id bigint not null references programmes on delete cascade,
    person_id bigint not null references presenters,
    position integer not null,
    primary key (programme_id, person_id)
);

-- What came of a programme, and figures about it: "8 of 10", "80 %", "550".
create table outcomes (
    id bigint generated always as identity primary key,
    programme_id bigint not null references programmes on delete cascade,
    position integer not null,
    measure_sv text not null,
    measure_en text,
    unit text not null check (unit in ('of_ten', 'percent', 'count')),
    value bigint not null check (value >= 0),
    scope_sv text,
    scope_en text,
    unique (programme_id, position),
    check (unit <> 'of_ten' or value <= 10),
    check (unit <> 'percent' or value <= 100)
);

create table platforms (
    id bigint generated always as identity primary key,
    programme_id bigint not null references programmes on delete cascade,
    position integer not null,
    name text not null,
    municipality_code char(4) references municipalities,
    unique (programme_id, position)
);

create table series (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    programme_id bigint not null references programmes,
    kind text not null
        check (kind in ('seminar', 'webinar', 'workshop', 'conference', 'course', 'tour', 'relay')),
    title_sv text not null check (length(title_sv) between 1 and 300),
    title_en text,
    summary_sv text not null default '',
    summary_en text,
    -- How many took part, where that is known from elsewhere than our own sign-ups.
    participants integer check (participants >= 0),
    position integer not null default 0
);
create index series_programme on series (programme_id, position);

create table events (
    id bigint generated always as identity primary key,
    -- What calendars know it by (RFC 7986 5.3 asks for random ones). It never changes.
    uid uuid not null unique default gen_random_uuid(),
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    programme_id bigint not null references programmes,
    series_id bigint references series,
    kind text not null check (kind in ('seminar', 'webinar', 'workshop', 'conference', 'course')),
    state text not null default 'draft'
        check (state in ('draft', 'preliminary', 'published', 'cancelled', 'held')),
    title_sv text not null check (length(title_sv) between 1 and 300),
    title_en text,
    subtitle_sv text,
    subtitle_en text,
    summary_sv text not null default '',
    summary_en text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    all_day boolean not null default false,
    -- The time of day is not known, only the date (old webinars whose hour nobody wrote down).
    time_known boolean not null default true,
    time_zone text not null default 'Europe/Stockholm',
    -- Null: not decided yet, which only a preliminary event may be.
    format text check (format in ('digital', 'on_site', 'hybrid')),
    platform text,
    venue text,
    address text,
    directions_sv text,
    directions_en text,
    -- Null: free of charge.
    price_sv text,
    price_en text,
    language text not null default 'sv' check (language in ('sv', 'en')),
    -- The language of the talk that follows, where it is another one.
    dialogue_language text check (dialogue_language in ('sv', 'en')),
    sign_up_opens_at timestamptz,
    sign_up_closes_at timestamptz,
    contact_id bigint references presenters,
    -- RFC 5545 3.8.7.4: raised by the trigger below when what a calendar shows changes.
    sequence integer not null default 0,
    version bigint not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    search tsvector not null generated always as (
        setweight(to_tsvector('swedish', title_sv || ' ' || coalesce(subtitle_sv, '')), 'A')
        || setweight(to_tsvector('english', coalesce(title_en, '') || ' ' || coalesce(subtitle_en, '')), 'A')
        || setweight(to_tsvector('swedish', summary_sv), 'B')
        || setweight(to_tsvector('english', coalesce(summary_en, '')), 'B')
    ) stored,
    check (ends_at > starts_at),
    -- Lets a query for a range of days start at an index position instead of at the beginning of time.
    constraint events_last_at_most_31_days check (ends_at <= starts_at + interval '31 days'),
    check (sign_up_closes_at is null or sign_up_opens_at is null or sign_up_closes_at > sign_up_opens_at),
    check (format is not null or state in ('draft', 'preliminary'))
);
create index events_starts_at on events (starts_at) where state <> 'draft';
create index events_series on events (series_id, starts_at);
create index events_programme on events (programme_id, starts_at);
create index events_search on events using gin (search);
create index events_title on events using gin ((title_sv || ' ' || coalesce(title_en, '')) gin_trgm_ops);

create function events_touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    new.updated_at := now();
    if (new.starts_at, new.ends_at, new.all_day, new.time_zone, new.state = 'cancelled')
        is distinct from (old.starts_at, old.ends_at, old.all_day, old.time_zone, old.state = 'cancelled')
        or (new.venue, new.address, new.format) is distinct from (old.venue, old.address, old.format)
    then
        new.sequence := old.sequence + 1;
    end if;
    return new;
end $$;
create trigger events_touch before update on events for each row execute function events_touch();

create table slots (
    event_id bigint not null references events on delete cascade,
    position integer not null,
    minutes integer not null check (minutes between 1 and 1440),
    title_sv text not null,
    title_en text,
    primary key (event_id, position)
);

create table event_speakers (
    event_id bigint not null references events on delete cascade,
    person_id bigint not null references presenters,
    position integer not null,
    primary key (event_id, person_id)
);
create index event_speakers_person on event_speakers (person_id);

create table themes (
    id bigint generated always as identity primary key,
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    name_sv text not null,
    name_en text not null
);

create table event_themes (
    event_id bigint not null references events on delete cascade,
    theme_id bigint not null references themes,
    primary key (event_id, theme_id)
);
create index event_themes_theme on event_themes (theme_id);

create table event_municipalities (
    event_id bigint not null references events on delete cascade,
    municipality_code char(4) not null references municipalities,
    primary key (event_id, municipality_code)
);
create index event_municipalities_code on event_municipalities (municipality_code);

create table materials (
    id bigint generated always as identity primary key,
    programme_id bigint not null references programmes on delete cascade,
    event_id bigint references events on delete cascade,
    position integer not null,
    group_sv text,
    group_en text,
    kind text not null
        check (kind in ('report', 'anthology', 'review', 'thesis', 'study', 'handbook', 'method', 'book', 'video', 'slides', 'link')),
    title text not null check (length(title) between 1 and 400),
    url text check (url ~ '^https?://'),
    about_sv text,
    about_en text,
    municipality_code char(4) references municipalities,
    -- Announced, but not here yet.
    is_announced boolean not null default false,
    unique (programme_id, position)
);
create index materials_event on materials (event_id);

create table recordings (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    title text not null,
    note_sv text,
    note_en text,
    unique (event_id, title)
);
