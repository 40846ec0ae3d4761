-- Passkeys: the quick way in for those who add one. The mailed link stays, so nobody is locked out by losing
-- one. Of a passkey only its public half is here: whoever reads this database cannot sign in with it.

-- What authenticators know a person by: random, so that it tells them nothing; one for all of a person's
-- passkeys, so that an authenticator keeps one of them for each account. Made with the first.
alter table people add column passkey_user bytea unique check (length(passkey_user) = 16);

create table passkeys (
    id bigint generated always as identity primary key,
    person_id bigint not null references people on delete cascade,
    -- Chosen by the authenticator; 1,023 bytes at the most (WebAuthn §4).
    credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
    -- Public key, counter and flags, as webauthn-rs writes them.
    credential jsonb not null check (jsonb_typeof(credential) = 'object'),
    -- The person's own, or made of the device.
    name text not null check (length(name) between 1 and 60),
    created_at timestamptz not null,
    -- Null until somebody has signed in with it.
    last_used_at timestamptz
);
create index passkeys_person on passkeys (person_id, id);

-- A ceremony is two requests: the server asks, the authenticator answers. What was asked waits here, since
-- the second request may come to another process. It is taken out to be looked at, so no answer counts twice.
create table passkey_ceremonies (
    -- Of the random handle in the browser's cookie, without which nobody can answer.
    handle_hash bytea primary key check (length(handle_hash) = 32),
    kind text not null check (kind in ('add', 'sign_in')),
    person_id bigint references people on delete cascade,
    state jsonb not null,
    expires_at timestamptz not null,
    -- Who signs in is not known before they have; who adds one always is.
    constraint passkey_ceremonies_person check ((kind = 'add') = (person_id is not null))
);
create index passkey_ceremonies_expiry on passkey_ceremonies (expires_at);
create index passkey_ceremonies_of on passkey_ceremonies (person_id) where person_id is not null;
