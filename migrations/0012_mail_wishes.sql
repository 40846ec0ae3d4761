-- What people want to be mailed about, beyond what concerns their own place, which is always told. No row:
-- everything is wanted. A row comes with the first mail of a kind to a person, because the mail carries the
-- row's link, or with the first choice that the person makes; so signing up costs nothing more by it.
create table mail_wishes (
    person_id bigint not null references people on delete cascade,
    -- 'day' and 'hour' are reminders, so long before; 'recording' is a mail that there is one.
    kind text not null check (kind in ('day', 'hour', 'recording')),
    wanted boolean not null default true,
    -- 122 random bits: who has the link may stop this kind of mail to this person, and nothing else.
    token text not null unique default replace(gen_random_uuid()::text, '-', ''),
    primary key (person_id, kind)
);

-- In full, with the kinds that other changes of the same days bring: whichever is applied last, none is lost.
alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'reminder', 'sign_in', 'requested', 'approved', 'refused',
    'recording', 'group'
));

-- When those who had been signed up were told. A recording is there as soon as it has a row.
alter table recordings add column told_at timestamptz;
create index recordings_untold on recordings (event_id) where told_at is null;

-- Mails that are done with are removed after some time; due_at is when they were concluded.
create index mails_done on mails (due_at) where state in ('sent', 'dropped');
