-- Captions are changed by people and by machines. When their words were last changed stands with them, and so a change
-- of words alone is in the log, too (what else there is of a track's version is none of the log's).
alter table caption_tracks add column changed_at timestamptz not null default now();

-- That somebody has read them against the sound holds for the words that they read: a change in nobody's name, which is
-- a machine's, ends it, whoever wrote that machine's code.
create function caption_tracks_touch() returns trigger language plpgsql as $$
begin
    if new.version <> old.version then
        new.changed_at := now();
        if coalesce(current_setting('stafett.actor', true), '') = ''
            and new.reviewed_at is not distinct from old.reviewed_at then
            new.reviewed_at := null;
        end if;
    end if;
    return new;
end $$;
create trigger caption_tracks_touch before update on caption_tracks
    for each row execute function caption_tracks_touch();
