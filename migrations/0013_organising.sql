-- An organiser sees how far the mails of an event have come.
create index mails_event on mails (event_id, state);
