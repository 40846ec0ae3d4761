-- The page of a recording shows its files, captions, chapters and slides, and pages are kept until they are told that
-- something changed: what belongs to a recording tells of its event, as the recording itself does. Once for each
-- statement: a thousand slide times are one change.
create function recording_parts_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id, facts)
    select distinct r.event_id, true from touched t join recordings r on r.id = t.recording_id;
    if found then
        insert into changes (event_id, facts) values (0, true);
    end if;
    return null;
end $$;

do $$
declare
    part text;
begin
    foreach part in array array['media_files', 'caption_tracks', 'chapters', 'slide_times'] loop
        execute format(
            'create trigger %1$s_tell_made after insert on %1$s referencing new table as touched
             for each statement execute function recording_parts_tell()', part);
        execute format(
            'create trigger %1$s_tell_changed after update on %1$s referencing new table as touched
             for each statement execute function recording_parts_tell()', part);
        execute format(
            'create trigger %1$s_tell_gone after delete on %1$s referencing old table as touched
             for each statement execute function recording_parts_tell()', part);
    end loop;
end $$;

-- "Go on watching" asks for the newest of one person.
create index watching_newest on watching (person_id, updated_at desc);
