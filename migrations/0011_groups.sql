-- One person signs up several colleagues. Each of them has a sign-up of their own, with a page that is theirs
-- alone; these rows say who did it, so that the colleague is told, and so that whoever did it sees how it went.
create table group_sign_ups (
    id bigint generated always as identity primary key,
    -- As for sign_ups: who has the link may see.
    token text not null unique check (length(token) >= 22),
    event_id bigint not null references events,
    person_id bigint not null references people,
    name text not null check (length(name) between 1 and 200),
    organisation text not null check (length(organisation) between 1 and 200),
    language text not null check (language in ('sv', 'en')),
    choice text not null check (choice in ('all', 'fit', 'line')),
    consented_at timestamptz not null,
    consent_version integer not null,
    created_at timestamptz not null
);
create index group_sign_ups_person on group_sign_ups (person_id, created_at);
create index group_sign_ups_event on group_sign_ups (event_id);

-- Everybody who was named, in the order of the form. Of somebody who got no place only the name is kept.
create table group_members (
    group_sign_up_id bigint not null references group_sign_ups on delete cascade,
    place integer not null check (place between 1 and 21),
    name text not null check (length(name) between 1 and 200),
    -- The sign-up that the group made. Null for somebody who was signed up already: what becomes of that
    -- sign-up is no business of whoever named them.
    sign_up_id bigint references sign_ups on delete set null,
    -- What was answered then; null for somebody who was left out.
    told_status text,
    told_position integer,
    primary key (group_sign_up_id, place)
);
create index group_members_sign_up on group_members (sign_up_id) where sign_up_id is not null;

alter table sign_ups add column group_sign_up_id bigint references group_sign_ups;
create index sign_ups_group on sign_ups (group_sign_up_id) where group_sign_up_id is not null;

-- The mail to whoever signed the others up.
alter table mails add column group_sign_up_id bigint references group_sign_ups on delete cascade;
create index mails_group on mails (group_sign_up_id) where group_sign_up_id is not null;
alter table mails add constraint mails_tell_of_a_group check ((kind = 'group') = (group_sign_up_id is not null));
alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'reminder', 'sign_in',
    'requested', 'approved', 'refused', 'recording', 'group'
));
