-- A calendar feed of one's own: all places of one person at an address that only they know. It is off until they ask for
-- it. The secret is kept as it is, like that of a sign-up's page, since its page has to show the address again: to be
-- copied into another calendar, on another day. It opens less than those do: it is read, and nothing can be done by it.
create table calendar_feeds (
    person_id bigint primary key references people on delete cascade,
    -- 258 random bits. A new one takes the old one's place, whose address is then nobody's.
    secret text not null unique check (length(secret) = 43),
    made_at timestamptz not null
);
