-- The organiser's list of those who signed up: found by words, and followed as it changes.

-- Text as it is searched: without capitals, and without the marks over letters, so that "asa" finds Åsa. Both
-- what is searched and what is searched for goes through it.
create function fold(what text) returns text language sql immutable strict parallel safe as $$
    select translate(lower(normalize(what, nfc)), 'åäöáàâãéèêëíìîïóòôõøúùûüñçšž', 'aaoaaaaeeeeiiiiooooouuuuncsz')
$$;

-- Open lists follow what does not move a seat as well: an approval, somebody who was there, an answer that was
-- changed, a mail that came back. Nothing is locked for it; signing up itself moves seats and tells by that.
create function sign_ups_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id) select distinct event_id from new_rows;
    return null;
end $$;
create trigger sign_ups_tell after update on sign_ups
    referencing new table as new_rows for each statement execute function sign_ups_tell();

create function mails_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id) values (new.event_id);
    return null;
end $$;
create trigger mails_tell after update of state on mails for each row
    when (new.state = 'failed' and old.state <> 'failed' and new.event_id is not null)
    execute function mails_tell();

-- What an organiser has done to several sign-ups at once, so that it can be undone for a while.
create table deeds (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    kind text not null check (kind in ('cancel', 'promote', 'add')),
    actor_id bigint references people on delete set null,
    at timestamptz not null,
    -- The people were told, and are told again when it is undone.
    with_mail boolean not null,
    undone_at timestamptz
);
create index deeds_event on deeds (event_id, at);
create table deed_sign_ups (
    deed_id bigint not null references deeds on delete cascade,
    sign_up_id bigint not null references sign_ups on delete cascade,
    -- What it was before. Its place in line is still its own: no number is given out twice.
    was text not null,
    -- What it was made: who is something else by now has changed it since.
    became text not null,
    primary key (deed_id, sign_up_id)
);
create index deed_sign_ups_sign_up on deed_sign_ups (sign_up_id);
-- Seats that were added for it.
create table deed_seats (
    deed_id bigint not null references deeds on delete cascade,
    way text not null,
    raised integer not null check (raised > 0),
    primary key (deed_id, way)
);

-- Why somebody was taken out of turn is said for the transaction, as who acts is: 'stafett.reason'.
create or replace function sign_ups_remember() returns trigger language plpgsql as $$
begin
    insert into sign_up_history (sign_up_id, happened_at, from_status, to_status, from_way, to_way, reason, actor_id)
    select n.id, n.updated_at, o.status, n.status, o.way, n.way,
        coalesce(nullif(current_setting('stafett.reason', true), ''),
            case n.status when 'cancelled' then n.cancel_reason when 'refused' then n.refusal_reason end),
        nullif(current_setting('stafett.actor', true), '')::bigint
    from new_rows n join old_rows o on o.id = n.id
    where (o.status, o.way) is distinct from (n.status, n.way)
    order by n.queue_number;
    return null;
end $$;
