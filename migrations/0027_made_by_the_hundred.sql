-- What a file brings in is written by the hundred. A function for each row was most of what that took; what these
-- triggers say is what they said before.

-- The audit log of what is made, for all rows of a statement at once. Changes and removals are told row by row by
-- audit(), as before: of a change it takes both what was and what is, and parts go with their event one by one.
create function audit_made() returns trigger language plpgsql as $$
declare
    -- As in audit(): what counts or follows by itself tells nothing; what opens a door is no matter of a log.
    silent constant text[] := array['version', 'sequence', 'updated_at', 'created_at', 'search', 'confirmed',
        'waitlisted', 'requested', 'token', 'ticket', 'token_hash', 'secret_hash', 'queue_number'];
    actor constant bigint := nullif(current_setting('stafett.actor', true), '')::bigint;
begin
    insert into audit_log (actor_id, about_id, programme_id, event_id, subject, subject_id, what, before, after)
    select actor, m.known,
        -- One row is looked up at a time, by its number: a plan that was made for many rows is no worse for one.
        coalesce(
            (m.whole ->> 'programme_id')::bigint,
            (select e.programme_id from events e where e.id = m.event),
            (select s.programme_id from series s where s.id = (m.whole ->> 'series_id')::bigint)
        ),
        m.event, tg_table_name, (m.whole ->> 'id')::bigint, 'insert', null,
        -- Of somebody who is being erased nothing is written down.
        case when m.whole ->> 'person_id' is null or m.known is not null then m.whole end
    from (
        select l.whole,
            (select p.id from people p where p.id = (l.whole ->> 'person_id')::bigint) as known,
            (l.whole ->> case when tg_table_name = 'events' then 'id' else 'event_id' end)::bigint as event
        from made, lateral (select to_jsonb(made) - silent as whole) l
    ) m;
    return null;
end $$;

do $$
declare
    audited text;
begin
    foreach audited in array array['events', 'event_ways', 'slots', 'event_speakers', 'presenters', 'event_themes',
        'event_municipalities', 'materials']
    loop
        execute format('drop trigger %1$s_audit on %1$I', audited);
        execute format(
            $sql$create trigger %1$s_audit after update or delete on %1$I for each row
                when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit()$sql$,
            audited
        );
        execute format(
            $sql$create trigger %1$s_audit_made after insert on %1$I referencing new table as made for each statement
                when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit_made()$sql$,
            audited
        );
    end loop;
end $$;

-- What open pages must be told of events, once for a statement.
create or replace function events_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts) select id, true from touched;
    return null;
end $$;
drop trigger events_tell on events;
create trigger events_tell_made after insert on events referencing new table as touched
    for each statement execute function events_tell();
create trigger events_tell_changed after update on events referencing new table as touched
    for each statement execute function events_tell();
create trigger events_tell_removed after delete on events referencing old table as touched
    for each statement execute function events_tell();

-- The parts of an event that is made in this very transaction are a part of its making: nobody has read it without
-- them, and it is told of anyway.
create or replace function event_parts_touch() returns trigger language plpgsql as $$
begin
    update events set updated_at = now()
    where id in (select event_id from touched) and created_at <> now();
    return null;
end $$;

-- What stands of a person in the files of the last week goes with them: it is found by their sign-up, their address,
-- and, where people are told by their names alone, by their name. What cannot be told apart from it goes, too; the row
-- itself, and what became of it, remain.

-- A text as words between spaces.
create function words_of(text) returns text language sql immutable parallel safe as $$
    select ' ' || btrim(regexp_replace(lower($1), '[^[:alnum:]]+', ' ', 'g')) || ' '
$$;

create function import_row_without_people(shown jsonb) returns jsonb language sql immutable parallel safe as $$
    select (shown - 'title_en') || '{"title": "", "detail": "", "notes": [], "choices": []}'
$$;

create function people_leave_the_imports() returns trigger language plpgsql as $$
declare
    name constant text := words_of(old.name);
    email constant text := lower(old.email);
begin
    update import_rows r
    set cells = '[]', shown = import_row_without_people(r.shown),
        -- How an event was names those who speak: without it, the event stays as it is when the import is undone.
        was = case when r.event_id is null then r.was end
    from (
        select x.import_id, x.number, i.kind, concat_ws(
            ' ', (select string_agg(cell, ' ') from jsonb_array_elements_text(x.cells) cell), x.shown ->> 'title', x.shown ->> 'title_en',
            x.shown ->> 'detail', x.shown ->> 'notes', x.shown ->> 'choices',
            -- A form within JSON has its tabs and ends of lines as two signs.
            replace(replace(x.was, '\t', ' '), '\n', ' ')
        ) as says
        from import_rows x join imports i on i.id = x.import_id
    ) x
    where (x.import_id, x.number) = (r.import_id, r.number)
        and (strpos(lower(x.says), email) > 0
            or x.kind <> 'people' and name <> '  ' and strpos(words_of(x.says), name) > 0);
    return old;
end $$;
-- Whoever came in with an import that is undone has not asked to be forgotten: what it says of itself stays.
create trigger people_leave_the_imports before delete on people for each row
    when (coalesce(current_setting('stafett.taking_back', true), '') = '') execute function people_leave_the_imports();

create function sign_ups_leave_the_imports() returns trigger language plpgsql as $$
begin
    update import_rows set cells = '[]', shown = import_row_without_people(shown) where sign_up_id = old.id;
    return old;
end $$;
create trigger sign_ups_leave_the_imports before delete on sign_ups for each row
    execute function sign_ups_leave_the_imports();
