-- Only hashes of what the browser holds: a copy of these tables opens no session.
create table session (
  id               uuid primary key,
  token_hash       bytea not null unique check (octet_length(token_hash) = 32),
  account_id       uuid not null references account (id) on delete cascade,
  provider         text not null check (char_length(provider) between 1 and 100),
  -- `sid` of the identity provider's own session, for back-channel logout.
  provider_session text check (char_length(provider_session) between 1 and 255),
  municipality_id  uuid not null references municipality (id),
  person_id        uuid not null,
  role_id          text not null check (char_length(role_id) between 1 and 100),
  language         text not null check (language in ('fi', 'sv', 'en')),
  auth_time        timestamptz not null,
  created_at       timestamptz not null,
  seen_at          timestamptz not null,
  idle_minutes     smallint not null check (idle_minutes between 1 and 720),
  ends_at          timestamptz not null,
  foreign key (account_id, municipality_id, person_id)
    references account_person (account_id, municipality_id, person_id) on delete cascade
);
create index session_of_account on session (account_id);
create index session_of_provider on session (provider, provider_session) where provider_session is not null;
create index session_end on session (ends_at);

-- A sign-in that has left for the identity provider. Its state, nonce and PKCE verifier are derived from
-- the secret in the browser's cookie; here is only that secret's hash.
create table sign_in_attempt (
  secret_hash  bytea primary key check (octet_length(secret_hash) = 32),
  provider     text not null check (char_length(provider) between 1 and 100),
  municipality text not null check (municipality ~ '^[0-9]{3}$'),
  return_to    text not null check (char_length(return_to) between 1 and 512),
  shared       boolean not null,
  -- The language that the person had chosen before signing in, if any.
  language     text check (language in ('fi', 'sv', 'en')),
  -- Set when a signed-in person proves anew who they are: the answer must be about this same session.
  session_id   uuid references session (id) on delete cascade,
  ends_at      timestamptz not null
);
create index sign_in_attempt_end on sign_in_attempt (ends_at);

-- Tokens that may be used once, until they expire.
create table used_token (
  issuer  text not null check (char_length(issuer) <= 500),
  jti     text not null check (char_length(jti) <= 255),
  ends_at timestamptz not null,
  primary key (issuer, jti)
);
create index used_token_end on used_token (ends_at);
