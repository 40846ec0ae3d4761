-- Lists that leave the site, and letters that organisers write to those who signed up.

-- Whoever takes out a list of people takes personal data with them: that stands in the log, too.
alter table audit_log drop constraint audit_log_what_check;
alter table audit_log add constraint audit_log_what_check check (what in ('insert', 'update', 'delete', 'export'));

-- What an organiser has written to several people. Each of them gets a mail of their own.
create table letters (
    id bigint generated always as identity primary key,
    event_id bigint not null references events on delete cascade,
    -- Who wrote it; nobody once their account has been erased.
    writer_id bigint references people on delete set null,
    written_at timestamptz not null,
    subject text not null check (length(subject) between 1 and 150),
    -- In Markdown.
    body text not null check (length(body) between 1 and 10000),
    -- Whom it is for, in a word.
    whom text not null check (whom in ('everybody', 'places', 'line', 'matching', 'chosen', 'oneself')),
    -- How many it was written to: what became of each stands in `mails` as long as those are kept.
    people integer not null check (people >= 0),
    -- A form that comes twice is sent once: each is given its own when it is opened.
    once text not null unique check (length(once) between 16 and 64)
);
create index letters_event on letters (event_id, id);
create trigger letters_audit after insert or update or delete on letters for each row
    when (coalesce(current_setting('stafett.actor', true), '') <> '') execute function audit();

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'reminder', 'sign_in', 'requested', 'approved', 'refused',
    'recording', 'group', 'letter'
));
alter table mails add column letter_id bigint references letters on delete cascade;
alter table mails add constraint mails_letter check ((kind = 'letter') = (letter_id is not null));
create index mails_letter on mails (letter_id, state) where letter_id is not null;
