-- What is of a series and of no event (its picture) belongs to the programme of the series, so that those who organise
-- that can read what was done. Otherwise as before.
create or replace function audit() returns trigger language plpgsql as $$
declare
    -- What counts or follows by itself tells nothing; what opens a door is no matter of a log.
    silent constant text[] := array['version', 'sequence', 'updated_at', 'created_at', 'search', 'confirmed',
        'waitlisted', 'requested', 'token', 'ticket', 'token_hash', 'secret_hash', 'queue_number'];
    actor constant text := nullif(current_setting('stafett.actor', true), '');
    was jsonb;
    now_is jsonb;
    whole jsonb;
    event bigint;
    programme bigint;
    about bigint;
begin
    if tg_op <> 'INSERT' then was := to_jsonb(old) - silent; end if;
    if tg_op <> 'DELETE' then now_is := to_jsonb(new) - silent; end if;
    whole := coalesce(now_is, was);
    if tg_op = 'UPDATE' then
        if was = now_is then return null; end if;
        select jsonb_object_agg(key, value) into was from jsonb_each(was) where now_is -> key is distinct from value;
        select jsonb_object_agg(n.key, n.value) into now_is
        from jsonb_each(now_is) n where was ? n.key;
    end if;
    event := case when tg_table_name = 'events' then (whole ->> 'id')::bigint else (whole ->> 'event_id')::bigint end;
    programme := case when tg_table_name = 'programmes' then (whole ->> 'id')::bigint
        else (whole ->> 'programme_id')::bigint end;
    if programme is null and event is not null then
        select e.programme_id into programme from events e where e.id = event;
    end if;
    if programme is null and whole ->> 'series_id' is not null then
        select s.programme_id into programme from series s where s.id = (whole ->> 'series_id')::bigint;
    end if;
    about := (whole ->> 'person_id')::bigint;
    if about is not null and not exists (select from people where id = about) then
        -- They are being erased, and this goes with them.
        about := null; was := null; now_is := null;
    end if;
    insert into audit_log (actor_id, about_id, programme_id, event_id, subject, subject_id, what, before, after)
    values (
        actor::bigint, about, programme, event, tg_table_name, (whole ->> 'id')::bigint, lower(tg_op), was, now_is
    );
    return null;
end $$;
