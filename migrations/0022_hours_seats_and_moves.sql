-- More of what an organiser does from the page where sign-ups are followed, and can undo for a while: sign-up is
-- opened or closed at once, seats are added or taken away, people are moved to another event of the programme.

alter table deeds drop constraint deeds_kind_check;
alter table deeds add constraint deeds_kind_check check (kind in (
    'cancel', 'promote', 'add', 'attended', 'no_show', 'open', 'close', 'seats', 'move'
));

-- When one could sign up, before and after.
create table deed_hours (
    deed_id bigint primary key references deeds on delete cascade,
    opens_was timestamptz,
    closes_was timestamptz,
    opens_became timestamptz,
    closes_became timestamptz
);

-- How many seats a way had, and has; null: as many as want to.
create table deed_capacities (
    deed_id bigint not null references deeds on delete cascade,
    way text not null,
    was integer,
    became integer,
    primary key (deed_id, way)
);

-- Whoever is moved has a new sign-up there and none here any more. The link that they have goes with them.
alter table deeds add column to_event_id bigint references events on delete cascade;
alter table deeds add constraint deeds_moves check ((kind = 'move') = (to_event_id is not null));
alter table deed_sign_ups add column moved_to_id bigint references sign_ups on delete cascade;
create index deed_sign_ups_moved_to on deed_sign_ups (moved_to_id) where moved_to_id is not null;
alter table sign_ups add column moved_from_id bigint references sign_ups on delete set null;
create index sign_ups_moved_from on sign_ups (moved_from_id) where moved_from_id is not null;
