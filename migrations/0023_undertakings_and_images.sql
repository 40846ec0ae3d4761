-- Programmes and series are written by their organisers, events get pictures, and a form that is sent twice makes
-- one event.

alter table programmes
    add column version bigint not null default 0,
    -- Put away: out of the forms' choices and of the organiser's first list; its page says that it is over.
    add column archived_at timestamptz;
alter table series
    add column version bigint not null default 0,
    add column archived_at timestamptz;

create function undertaking_touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;
create trigger programmes_touch before update on programmes for each row execute function undertaking_touch();
create trigger series_touch before update on series for each row execute function undertaking_touch();

-- Pages that show a programme or a series are told, as of any change of an event. There is no event 0: what is
-- told is that facts changed.
create function undertaking_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts) values (0, true);
    return null;
end $$;
create trigger programmes_tell after insert or update or delete on programmes
    for each statement execute function undertaking_tell();
create trigger series_tell after insert or update or delete on series
    for each statement execute function undertaking_tell();

-- The parts of a programme stand on its page, too, and what changes them makes a new version of it.
create function programme_parts_touch() returns trigger language plpgsql as $$
begin
    update programmes set version = version where id in (select programme_id from touched);
    return null;
end $$;
do $$
declare
    part text;
begin
    foreach part in array array['programme_partners', 'programme_contacts', 'outcomes', 'platforms']
    loop
        execute format(
            'create trigger %1$s_touch_inserted after insert on %1$I referencing new table as touched
                for each statement execute function programme_parts_touch()', part);
        execute format(
            'create trigger %1$s_touch_removed after delete on %1$I referencing old table as touched
                for each statement execute function programme_parts_touch()', part);
        execute format(
            'create trigger %1$s_touch_changed after update on %1$I referencing new table as touched
                for each statement execute function programme_parts_touch()', part);
    end loop;
end $$;
create trigger platforms_audit after insert or update or delete on platforms for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();

-- The form that an event was made of. Sent twice, it makes one.
alter table events add column form_key uuid unique;

-- A picture as it is served, known by the hash of what was uploaded: the same picture in two places is stored once.
-- In the database, so that two servers on it have the same ones, and a backup of it is whole.
create table pictures (
    hash text primary key check (hash ~ '^[0-9a-f]{32}$'),
    -- Of the largest.
    width integer not null check (width between 1 and 4096),
    height integer not null check (height between 1 and 8192)
);
create table picture_files (
    hash text not null references pictures on delete cascade,
    width integer not null check (width between 1 and 4096),
    -- JPEG, written by this site itself: nothing of what stood beside the picture in the uploaded file is in it.
    bytes bytea not null check (length(bytes) between 1 and 4194304),
    primary key (hash, width)
);
-- They are compressed already.
alter table picture_files alter column bytes set storage external;

-- The picture of an event, of a series, of a programme, or of somebody who is presented.
create table images (
    id bigint generated always as identity primary key,
    hash text not null references pictures,
    event_id bigint unique references events on delete cascade,
    series_id bigint unique references series on delete cascade,
    programme_id bigint unique references programmes on delete cascade,
    person_id bigint unique references people on delete cascade,
    -- What it shows, for those who do not see it. Where it shows nothing that matters, it is decoration.
    alt_sv text check (length(alt_sv) between 1 and 400),
    alt_en text check (length(alt_en) between 1 and 400),
    is_decorative boolean not null default false,
    check (num_nonnulls(event_id, series_id, programme_id, person_id) = 1),
    check (is_decorative = (alt_sv is null) and is_decorative = (alt_en is null))
);
create index images_hash on images (hash);

-- A picture that nothing shows any more goes. Whoever stores the same one at that moment holds the same lock.
create function images_leave() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or new.hash <> old.hash then
        perform pg_advisory_xact_lock(hashtext('picture ' || old.hash));
        delete from pictures p where p.hash = old.hash and not exists (select from images i where i.hash = p.hash);
    end if;
    return null;
end $$;
create trigger images_leave after update or delete on images for each row execute function images_leave();

create function images_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts)
    values (coalesce(case when tg_op = 'DELETE' then old.event_id else new.event_id end, 0), true);
    return null;
end $$;
create trigger images_tell after insert or update or delete on images for each row execute function images_tell();
create trigger images_audit after insert or update or delete on images for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();
