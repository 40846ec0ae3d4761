-- Places. An event has one way of taking part, or two (hybrid), each with its own seats. The counts are
-- kept by triggers in the same transaction as the rows that they count, and the CHECK refuses one
-- confirmed place too many, whoever writes and however many server processes there are.

create table event_ways (
    event_id bigint not null references events on delete cascade,
    way text not null check (way in ('digital', 'on_site')),
    -- Null: as many as want to.
    capacity integer check (capacity >= 0),
    confirmed integer not null default 0 check (confirmed >= 0),
    waitlisted integer not null default 0 check (waitlisted >= 0),
    -- The highest number in the line that has been given out.
    last_queue_number bigint not null default 0,
    version bigint not null default 0,
    primary key (event_id, way),
    constraint never_more_confirmed_than_seats check (confirmed <= capacity)
) with (fillfactor = 50);

create table sign_ups (
    id bigint generated always as identity primary key,
    -- 128 random bits: who has the link may see and cancel the place.
    token text not null unique check (length(token) >= 22),
    event_id bigint not null,
    way text not null,
    person_id bigint not null references people,
    status text not null check (status in ('confirmed', 'waitlisted', 'cancelled', 'attended', 'no_show')),
    -- The order in which people came, within one way of one event.
    queue_number bigint not null,
    name text not null check (length(name) between 1 and 200),
    organisation text not null check (length(organisation) between 1 and 200),
    language text not null check (language in ('sv', 'en')),
    -- When the person agreed, and to which wording (text/consent.rs has them).
    consented_at timestamptz not null,
    consent_version integer not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    foreign key (event_id, way) references event_ways (event_id, way),
    constraint strictly_in_order unique (event_id, way, queue_number)
);
create unique index sign_ups_one_live_place on sign_ups (event_id, person_id)
    where status in ('confirmed', 'waitlisted');
create index sign_ups_waitlist on sign_ups (event_id, way, queue_number) where status = 'waitlisted';
create index sign_ups_person on sign_ups (person_id);

create function sign_ups_count_inserted() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed + c.confirmed,
        waitlisted = w.waitlisted + c.waitlisted,
        last_queue_number = greatest(w.last_queue_number, c.last_queue_number)
    from (
        select event_id, way,
            (count(*) filter (where status = 'confirmed'))::integer as confirmed,
            (count(*) filter (where status = 'waitlisted'))::integer as waitlisted,
            max(queue_number) as last_queue_number
        from added group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way;
    return null;
end $$;
create trigger sign_ups_count_inserted after insert on sign_ups
    referencing new table as added for each statement execute function sign_ups_count_inserted();

-- 'attended' and 'no_show' had a seat and keep counting as one.
create function sign_ups_count_changed() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed + c.confirmed,
        waitlisted = w.waitlisted + c.waitlisted
    from (
        select event_id, way, sum(confirmed)::integer as confirmed, sum(waitlisted)::integer as waitlisted
        from (
            select event_id, way,
                (status in ('confirmed', 'attended', 'no_show'))::integer as confirmed,
                (status = 'waitlisted')::integer as waitlisted
            from new_rows
            union all
            select event_id, way,
                -(status in ('confirmed', 'attended', 'no_show'))::integer,
                -(status = 'waitlisted')::integer
            from old_rows
        ) each_row
        group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way and (c.confirmed <> 0 or c.waitlisted <> 0);
    return null;
end $$;
create trigger sign_ups_count_changed after update on sign_ups
    referencing old table as old_rows new table as new_rows
    for each statement execute function sign_ups_count_changed();

create function sign_ups_count_removed() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed - c.confirmed, waitlisted = w.waitlisted - c.waitlisted
    from (
        select event_id, way,
            (count(*) filter (where status in ('confirmed', 'attended', 'no_show')))::integer as confirmed,
            (count(*) filter (where status = 'waitlisted'))::integer as waitlisted
        from old_rows group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way;
    return null;
end $$;
create trigger sign_ups_count_removed after delete on sign_ups
    referencing old table as old_rows for each statement execute function sign_ups_count_removed();

-- "Tell me when sign-up opens."
create table opening_watchers (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    email text not null check (length(email) <= 254),
    email_key text not null,
    language text not null check (language in ('sv', 'en')),
    created_at timestamptz not null default now(),
    unique (event_id, email_key)
);

-- Mail to be sent, written in the transaction of what it tells.
create table mails (
    id bigint generated always as identity primary key,
    kind text not null
        check (kind in ('confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open')),
    to_address text not null,
    language text not null check (language in ('sv', 'en')),
    sign_up_id bigint references sign_ups on delete cascade,
    event_id bigint not null references events on delete cascade,
    created_at timestamptz not null default now()
);
create index mails_sign_up on mails (sign_up_id);

-- What open pages must be told. The relay of each server process takes rows from here and tells the
-- others: NOTIFY inside the sign-up transaction would put every commit behind one global lock. Triggers
-- write the rows, so that nothing changes unseen, whoever changes it.
create table changes (
    id bigint generated always as identity primary key,
    event_id bigint not null,
    -- True when more than the seats changed: state, times, words.
    facts boolean not null default false
);

create function event_ways_touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;
create trigger event_ways_touch before update on event_ways
    for each row execute function event_ways_touch();

create function event_ways_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id) select distinct event_id from new_rows;
    return null;
end $$;
create trigger event_ways_tell after update on event_ways
    referencing new table as new_rows for each statement execute function event_ways_tell();

create function events_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts) values (coalesce(new.id, old.id), true);
    return null;
end $$;
create trigger events_tell after insert or update or delete on events
    for each row execute function events_tell();

-- Facts of the installation itself, such as that it shows demonstration data.
create table site_facts (
    name text primary key,
    value text not null
);
