-- What happens to a sign-up after it was made: it is remembered, the way of taking part can be changed, a
-- capacity can be lowered, and there is a meeting to go to.

-- In the person's own words; asked, never required.
alter table sign_ups add column cancel_reason text check (length(cancel_reason) between 1 and 500);

-- Every change of what a sign-up is. How it began stands in the sign-up itself: writing it here too would
-- make signing up dearer by a row.
create table sign_up_history (
    id bigint generated always as identity primary key,
    sign_up_id bigint not null references sign_ups on delete cascade,
    happened_at timestamptz not null,
    from_status text not null,
    to_status text not null,
    from_way text not null,
    to_way text not null,
    reason text
);
create index sign_up_history_sign_up on sign_up_history (sign_up_id, id);

create function sign_ups_remember() returns trigger language plpgsql as $$
begin
    insert into sign_up_history (sign_up_id, happened_at, from_status, to_status, from_way, to_way, reason)
    select n.id, n.updated_at, o.status, n.status, o.way, n.way,
        case when n.status = 'cancelled' then n.cancel_reason end
    from new_rows n join old_rows o on o.id = n.id
    where (o.status, o.way) is distinct from (n.status, n.way)
    order by n.queue_number;
    return null;
end $$;
create trigger sign_ups_remember after update on sign_ups
    referencing old table as old_rows new table as new_rows
    for each statement execute function sign_ups_remember();

-- A capacity may be lowered under what is confirmed: nobody is thrown out. But never may one more be
-- confirmed than there are seats.
alter table event_ways drop constraint never_more_confirmed_than_seats;
create function event_ways_guard() returns trigger language plpgsql as $$
begin
    if new.confirmed > new.capacity and (tg_op = 'INSERT' or new.confirmed > old.confirmed) then
        raise exception 'more confirmed than seats' using
            errcode = 'check_violation', table = 'event_ways', constraint = 'never_more_confirmed_than_seats';
    end if;
    return new;
end $$;
create trigger event_ways_guard before insert or update on event_ways
    for each row execute function event_ways_guard();

-- Where a digital meeting is held. Shown on no page and in no mail: whoever has a place is sent there by
-- /events/{slug}/join, so it can change without anybody being written to.
alter table events add column meeting_url text check (meeting_url ~ '^https://[^\s]+$' and length(meeting_url) <= 1000);
