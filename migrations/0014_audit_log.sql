-- What those who organise have done: who, when, what, before and after. Written by the database itself, so that
-- no function can forget it, in the transaction of what is told. The transaction says who acts by
-- set_config('stafett.actor', <number of a person>, true); what nobody in particular does (a participant signs
-- up, the first in line moves up) is not here: a sign-up has its own history.
create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    -- Who did it; nobody once their account has been erased.
    actor_id bigint references people on delete set null,
    -- Whom it is about, where it is about a person.
    about_id bigint references people on delete set null,
    -- Where it belongs. No references: what was taken away is told, too.
    programme_id bigint,
    event_id bigint,
    -- The table, and the row in it where it has a number.
    subject text not null,
    subject_id bigint,
    what text not null check (what in ('insert', 'update', 'delete')),
    -- What was and what is; of a change only the columns that changed.
    before jsonb,
    after jsonb
);
create index audit_log_programme on audit_log (programme_id, id);
create index audit_log_event on audit_log (event_id, id);
create index audit_log_actor on audit_log (actor_id, id);
create index audit_log_about on audit_log (about_id) where about_id is not null;

create function audit() returns trigger language plpgsql as $$
declare
    -- What counts or follows by itself tells nothing; what opens a door is no matter of a log.
    silent constant text[] := array['version', 'sequence', 'updated_at', 'created_at', 'search', 'confirmed',
        'waitlisted', 'requested', 'token', 'token_hash', 'secret_hash', 'queue_number'];
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

-- Only what somebody does in the organiser's name: signing up costs nothing more than before.
do $$
declare
    audited text;
begin
    foreach audited in array array['programmes', 'programme_partners', 'programme_contacts', 'outcomes', 'series',
        'events', 'event_ways', 'slots', 'event_speakers', 'presenters', 'event_themes', 'event_municipalities',
        'materials', 'recordings', 'event_questions', 'sign_ups']
    loop
        execute format(
            $sql$create trigger %1$s_audit after insert or update or delete on %1$I for each row
                when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit()$sql$,
            audited
        );
    end loop;
end $$;
-- Roles are given and taken at the command line too, where nobody is signed in.
create trigger roles_audit after insert or update or delete on roles for each row execute function audit();

-- Nothing in it is changed or taken out, except by the erasure of a person: what the database itself then does
-- comes from within another trigger.
create function audit_log_stays() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() > 1 and tg_op = 'UPDATE' then return new; end if;
    raise exception 'the audit log is not changed' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_stays before update or delete on audit_log
    for each row execute function audit_log_stays();
create trigger audit_log_is_not_emptied before truncate on audit_log
    for each statement execute function audit_log_stays();

-- What was written of a person goes with them; that something was done remains.
create function people_leave_the_audit_log() returns trigger language plpgsql as $$
begin
    update audit_log set before = null, after = null where about_id = old.id;
    return old;
end $$;
create trigger people_leave_the_audit_log before delete on people
    for each row execute function people_leave_the_audit_log();
