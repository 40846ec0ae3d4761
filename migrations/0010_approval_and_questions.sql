-- What an organiser may ask of those who sign up: to be approved first, to say no in good time when a place
-- comes free, and to answer questions.

alter table events
    -- Whoever signs up holds a seat, and has it for good once an organiser says so.
    add column needs_approval boolean not null default false,
    -- Who gets a freed seat is asked to say no within so many hours, so that the next can still come.
    add column reply_hours smallint check (reply_hours between 1 and 720);

alter table sign_ups drop constraint sign_ups_status_check;
alter table sign_ups add constraint sign_ups_status_check check (status in (
    'requested', 'confirmed', 'waitlisted', 'refused', 'cancelled', 'attended', 'no_show'
));
alter table sign_ups
    -- The organiser's word to the person; asked, never required.
    add column refusal_reason text check (length(refusal_reason) between 1 and 500),
    -- Until when one who got a freed seat is asked to say no.
    add column reply_by timestamptz;
drop index sign_ups_one_live_place;
create unique index sign_ups_one_live_place on sign_ups (event_id, person_id)
    where status in ('requested', 'confirmed', 'waitlisted');

-- A request holds a seat: it counts as one.
create or replace function sign_ups_count_inserted() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed + c.confirmed,
        waitlisted = w.waitlisted + c.waitlisted,
        last_queue_number = greatest(w.last_queue_number, c.last_queue_number)
    from (
        select event_id, way,
            (count(*) filter (where status in ('requested', 'confirmed')))::integer as confirmed,
            (count(*) filter (where status = 'waitlisted'))::integer as waitlisted,
            max(queue_number) as last_queue_number
        from added group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way;
    return null;
end $$;

create or replace function sign_ups_count_changed() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed + c.confirmed,
        waitlisted = w.waitlisted + c.waitlisted
    from (
        select event_id, way, sum(confirmed)::integer as confirmed, sum(waitlisted)::integer as waitlisted
        from (
            select event_id, way,
                (status in ('requested', 'confirmed', 'attended', 'no_show'))::integer as confirmed,
                (status = 'waitlisted')::integer as waitlisted
            from new_rows
            union all
            select event_id, way,
                -(status in ('requested', 'confirmed', 'attended', 'no_show'))::integer,
                -(status = 'waitlisted')::integer
            from old_rows
        ) each_row
        group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way and (c.confirmed <> 0 or c.waitlisted <> 0);
    return null;
end $$;

create or replace function sign_ups_count_removed() returns trigger language plpgsql as $$
begin
    update event_ways w
    set confirmed = w.confirmed - c.confirmed, waitlisted = w.waitlisted - c.waitlisted
    from (
        select event_id, way,
            (count(*) filter (where status in ('requested', 'confirmed', 'attended', 'no_show')))::integer
                as confirmed,
            (count(*) filter (where status = 'waitlisted'))::integer as waitlisted
        from old_rows group by event_id, way
    ) c
    where w.event_id = c.event_id and w.way = c.way;
    return null;
end $$;

-- Who did it, where it was an organiser. `stafett.actor` is set for the transaction that does it.
alter table sign_up_history add column actor_id bigint references people on delete set null;
create or replace function sign_ups_remember() returns trigger language plpgsql as $$
begin
    insert into sign_up_history (sign_up_id, happened_at, from_status, to_status, from_way, to_way, reason, actor_id)
    select n.id, n.updated_at, o.status, n.status, o.way, n.way,
        case n.status when 'cancelled' then n.cancel_reason when 'refused' then n.refusal_reason end,
        nullif(current_setting('stafett.actor', true), '')::bigint
    from new_rows n join old_rows o on o.id = n.id
    where (o.status, o.way) is distinct from (n.status, n.way)
    order by n.queue_number;
    return null;
end $$;

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'reminder', 'sign_in',
    'requested', 'approved', 'refused', 'recording', 'group'
));

-- Whoever asks for a place is told of changes as well.
create or replace function events_mail() returns trigger language plpgsql as $$
declare
    what text;
begin
    if new.starts_at <= now() then
        return null;
    end if;
    if old.state = 'published' and new.state = 'cancelled' then
        what := 'event_cancelled';
    elsif new.state = 'published' and (old.state = 'cancelled' or old.state = 'published'
        and (new.starts_at, new.ends_at, new.all_day, new.time_known, new.time_zone,
                new.format, new.platform, new.venue, new.address)
            is distinct from (old.starts_at, old.ends_at, old.all_day, old.time_known, old.time_zone,
                old.format, old.platform, old.venue, old.address))
    then
        what := 'changed';
    else
        return null;
    end if;
    insert into mails (kind, to_address, language, sign_up_id, event_id)
    select what, p.email, s.language, s.id, new.id
    from sign_ups s join people p on p.id = s.person_id
    where s.event_id = new.id and s.status in ('requested', 'confirmed', 'waitlisted') and p.email is not null
    order by s.id;
    return null;
end $$;

-- What an organiser wants to know of those who sign up.
create table event_questions (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    position integer not null,
    kind text not null check (kind in ('text', 'choice', 'choices', 'number', 'consent')),
    label_sv text not null check (length(label_sv) between 1 and 500),
    label_en text check (length(label_en) between 1 and 500),
    is_required boolean not null default false,
    -- Who reads the answers: those who organise the programme, or those who host in it as well.
    seen_by text not null default 'organisers' check (seen_by in ('organisers', 'hosts')),
    -- Of 'choice' and 'choices', in their order. An answer is the Swedish word, so that it stays what it was.
    options_sv text[] not null default '{}',
    options_en text[] not null default '{}',
    -- Of 'number'.
    least integer,
    most integer,
    constraint event_questions_position unique (event_id, position),
    constraint event_questions_options check (
        (kind in ('choice', 'choices')) = (cardinality(options_sv) >= 2)
        and cardinality(options_en) in (0, cardinality(options_sv))
    ),
    constraint event_questions_bounds check (kind = 'number' or (least is null and most is null)),
    constraint event_questions_consents check (kind <> 'consent' or is_required)
);

-- A row for each thing chosen; one row for every other kind.
create table sign_up_answers (
    sign_up_id bigint not null references sign_ups on delete cascade,
    question_id bigint not null references event_questions on delete cascade,
    answer text not null check (length(answer) between 1 and 1000),
    primary key (sign_up_id, question_id, answer)
);
create index sign_up_answers_question on sign_up_answers (question_id);

-- Questions are a part of the event's page.
create function event_questions_touch() returns trigger language plpgsql as $$
begin
    update events set updated_at = now() where id = coalesce(new.event_id, old.event_id);
    return null;
end $$;
create trigger event_questions_touch after insert or update or delete on event_questions
    for each row execute function event_questions_touch();
