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
