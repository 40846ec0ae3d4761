-- The day itself: people are checked in at the door, by those who organise or host, and by stewards who need no
-- account.

-- What opens the door of one event to a steward, on its days and until it is revoked.
create table door_links (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    -- SHA-256 of what stands in the address, which is shown once, to whoever made it.
    token_hash bytea not null unique check (length(token_hash) = 32),
    -- Who is to have it, or which door it is for: said beside what is done with it.
    name text not null check (length(name) between 1 and 200),
    made_by bigint references people on delete set null,
    made_at timestamptz not null,
    revoked_at timestamptz
);
create index door_links_event on door_links (event_id, id);
create trigger door_links_audit after insert or update or delete on door_links for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();

-- Pages that are open hear of it: a door that is shut, and the list of links.
create function door_links_tell() returns trigger language plpgsql as $$
begin
    insert into changes (event_id) values (new.event_id);
    return null;
end $$;
create trigger door_links_tell after insert or update on door_links
    for each row execute function door_links_tell();

-- Each time that somebody was checked in. The earliest that has not been undone is when they came, whichever door
-- tells of it first.
create table check_ins (
    id bigint generated always as identity primary key,
    sign_up_id bigint not null references sign_ups on delete cascade,
    -- Made at the door: what is sent twice is done once.
    key text not null check (length(key) between 8 and 64),
    happened_at timestamptz not null,
    received_at timestamptz not null,
    -- Who did it: a steward by a link, or somebody with an account.
    door_link_id bigint references door_links on delete set null,
    actor_id bigint references people on delete set null,
    undone_at timestamptz,
    unique (sign_up_id, key)
);
create index check_ins_standing on check_ins (sign_up_id, happened_at) where undone_at is null;
create index check_ins_actor on check_ins (actor_id) where actor_id is not null;

-- A steward has no account: by which link it was done is said for the transaction, as who acts is: 'stafett.door'.
alter table sign_up_history add column door_link_id bigint references door_links on delete set null;
create or replace function sign_ups_remember() returns trigger language plpgsql as $$
begin
    insert into sign_up_history (
        sign_up_id, happened_at, from_status, to_status, from_way, to_way, reason, actor_id, door_link_id
    )
    select n.id, n.updated_at, o.status, n.status, o.way, n.way,
        coalesce(nullif(current_setting('stafett.reason', true), ''),
            case n.status when 'cancelled' then n.cancel_reason when 'refused' then n.refusal_reason end),
        nullif(current_setting('stafett.actor', true), '')::bigint,
        nullif(current_setting('stafett.door', true), '')::bigint
    from new_rows n join old_rows o on o.id = n.id
    where (o.status, o.way) is distinct from (n.status, n.way)
    order by n.queue_number;
    return null;
end $$;

-- Who was there and who was not, said of many at once.
alter table deeds drop constraint deeds_kind_check;
alter table deeds add constraint deeds_kind_check
    check (kind in ('cancel', 'promote', 'add', 'attended', 'no_show'));
