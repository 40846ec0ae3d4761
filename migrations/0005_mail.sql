-- The outbox gets a worker: every mail has a state and knows when it is to be tried next, and the
-- occasions to write come to be watched: sign-up that opens, an event that changes, one that is near.

alter table mails drop constraint mails_kind_check;
alter table mails add constraint mails_kind_check check (kind in (
    'confirmed', 'waitlisted', 'promoted', 'cancelled', 'signed_up_again', 'will_tell_when_open',
    'opened', 'changed', 'event_cancelled', 'reminder', 'sign_in'
));
-- A mail about nobody's place: signing in.
alter table mails alter column event_id drop not null;
alter table mails add constraint mails_are_about_an_event check ((kind = 'sign_in') = (event_id is null));
-- The secret of a sign-in link, until the mail has left; in the table of links only its hash is kept.
alter table mails add column secret text;
alter table mails add constraint mails_secret check (secret is null or kind = 'sign_in');

alter table mails
    -- 'dropped': what it tells no longer held when its turn came.
    add column state text not null default 'queued'
        check (state in ('queued', 'sent', 'failed', 'dropped')),
    -- How often it has been taken up. Taking it up also moves due_at ahead: that is the lease of the
    -- worker, and if the worker dies the mail is due again by itself.
    add column attempts integer not null default 0 check (attempts >= 0),
    add column due_at timestamptz not null default now(),
    add column sent_at timestamptz,
    -- What the mail server said last, for the organiser. Never shown to anybody else.
    add column problem text check (length(problem) <= 500),
    -- What of several alike it tells of: the start that a reminder is about, and how long before.
    add column occasion text;
-- What was written before there was a worker has been read in the local mailbox.
update mails set state = 'sent', sent_at = created_at;
-- Whoever wants to sign in sits and waits: those mails go first.
create index mails_due on mails ((kind <> 'sign_in'), due_at, id) where state = 'queued';
-- Mails about one sign-up leave in the order in which they were written.
create index mails_in_order on mails (sign_up_id, id) where state = 'queued';
create unique index mails_once on mails (sign_up_id, kind, occasion) where occasion is not null;

alter table opening_watchers
    -- 122 random bits: who has the link may stop the mails.
    add column token text not null unique default replace(gen_random_uuid()::text, '-', ''),
    -- When the mail that sign-up has opened was written.
    add column told_at timestamptz;
create index opening_watchers_waiting on opening_watchers (event_id) where told_at is null;
alter table mails add column watcher_id bigint references opening_watchers on delete set null;
create index mails_watcher on mails (watcher_id);

-- A calendar shows the platform, too, where there is no room.
create or replace function events_touch() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    new.updated_at := now();
    if (new.starts_at, new.ends_at, new.all_day, new.time_zone, new.state = 'cancelled')
        is distinct from (old.starts_at, old.ends_at, old.all_day, old.time_zone, old.state = 'cancelled')
        or (new.venue, new.address, new.format, new.platform)
            is distinct from (old.venue, old.address, old.format, old.platform)
    then
        new.sequence := old.sequence + 1;
    end if;
    return new;
end $$;

-- Tells everybody with a live place when time or place of an event that is still to come changes, when it
-- is cancelled, and when it takes place after all: in the transaction of the change, whoever makes it.
create function events_mail() returns trigger language plpgsql as $$
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
    where s.event_id = new.id and s.status in ('confirmed', 'waitlisted') and p.email is not null
    order by s.id;
    return null;
end $$;
create trigger events_mail after update on events for each row execute function events_mail();
