-- What planning an event needs beyond its facts.

alter table events
    -- The organiser's word to those signed up when it is cancelled; it goes into their mail and stands on the page.
    add column cancel_word text check (length(cancel_word) between 1 and 1000),
    -- Put away: out of the organiser's lists. Only what nobody can sign up for any more, or cannot yet.
    add column archived_at timestamptz;

-- What is cancelled before anybody had decided how one was to meet.
alter table events drop constraint events_check2;
alter table events add constraint events_format_decided
    check (format is not null or state in ('draft', 'preliminary', 'cancelled'));

-- The parts of an event stand on its page, too: when they change, open pages, kept pages and feeds are told as of
-- any other change of it. Once for a statement, not for a row: an import writes many.
create function event_parts_touch() returns trigger language plpgsql as $$
begin
    update events set updated_at = now() where id in (select event_id from touched);
    return null;
end $$;

do $$
declare
    part text;
begin
    foreach part in array array['slots', 'event_speakers', 'event_themes', 'event_municipalities', 'materials']
    loop
        execute format(
            'create trigger %1$s_touch_inserted after insert on %1$I referencing new table as touched
                for each statement execute function event_parts_touch()', part);
        execute format(
            'create trigger %1$s_touch_removed after delete on %1$I referencing old table as touched
                for each statement execute function event_parts_touch()', part);
        execute format(
            'create trigger %1$s_touch_changed after update on %1$I referencing new table as touched
                for each statement execute function event_parts_touch()', part);
    end loop;
end $$;

-- Presenters as an organiser picks them from a list: by name and work, and where two of them share both, by what
-- their address ends with as well.
create view presenter_labels as
    select pr.person_id,
        p.name || coalesce(', ' || o.name, '')
            || case when count(*) over (partition by p.name, o.name) > 1 then ' (' || pr.slug || ')' else '' end
            as label
    from presenters pr
    join people p on p.id = pr.person_id
    left join organisations o on o.id = pr.organisation_id;
