-- The outbox gets a worker: every mail has a state, and knows when it is to be tried next.

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'approval_asked', 'approved', 'refused', 'reminder',
    'recording', 'sign_in'
));
-- A mail about nobody's place: signing in.
alter table mails alter column event_id drop not null;
alter table mails add constraint mails_are_about_an_event check ((kind = 'sign_in') = (event_id is null));
-- The secret of a sign-in link, until the mail has left; in the table of links only its hash is kept.
alter table mails add column secret text;
alter table mails add constraint mails_secret check (secret is null or kind = 'sign_in');

alter table mails
    add column state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
    add column attempts integer not null default 0 check (attempts >= 0),
    add column due_at timestamptz not null default now(),
    add column sent_at timestamptz,
    -- What the mail server said last, for the organiser. Never shown to anybody else.
    add column problem text check (length(problem) <= 500);
-- What was written before there was a worker has been read in the local mailbox.
update mails set state = 'sent', sent_at = created_at;
create index mails_due on mails (due_at, id) where state = 'queued';
