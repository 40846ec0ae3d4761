-- Where an event came from: what it is known by in files of its programme, and what stood there the last time. The
-- same file again changes what it made, and only what is another in the file. What is done with the events by that
-- is in the audit log; this is not, as the rows of a file are not.
create table event_sources (
    programme_id bigint not null references programmes on delete cascade,
    uid text not null check (length(uid) between 1 and 500),
    event_id bigint not null references events on delete cascade,
    cells jsonb not null,
    primary key (programme_id, uid)
);
create index event_sources_event on event_sources (event_id);
