-- Somebody may ask for all that is held about them: what is looked for by person or by address has an index.
create index mails_to on mails (lower(to_address));
create index opening_watchers_address on opening_watchers (email_key);
create index series_sign_ups_person on series_sign_ups (person_id);
create index letters_writer on letters (writer_id);
create index imports_actor on imports (actor_id);
create index deeds_actor on deeds (actor_id);
create index door_links_maker on door_links (made_by);
