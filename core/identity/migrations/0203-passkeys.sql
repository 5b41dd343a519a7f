-- Passkeys of administrators and reviewers. Public keys only.
create table passkey (
  id              text primary key check (id ~ '^[A-Za-z0-9_-]+$' and char_length(id) <= 1400),
  account_id      uuid not null references account (id) on delete cascade,
  -- The provider and municipality of the sign-in under which it was added: the passkey opens no more than that.
  provider        text not null check (char_length(provider) between 1 and 100),
  municipality    text not null check (municipality ~ '^[0-9]{3}$'),
  name            text not null check (char_length(name) between 1 and 100),
  public_key      bytea not null check (octet_length(public_key) between 1 and 2000),
  counter         bigint not null check (counter >= 0),
  created_at      timestamptz not null,
  used_at         timestamptz
);
create index passkey_of_account on passkey (account_id);

-- A question that one browser may answer once; the challenge is derived from the secret in its cookie.
create table passkey_question (
  secret_hash bytea primary key check (octet_length(secret_hash) = 32),
  -- Whose new passkey; null for signing in.
  account_id  uuid references account (id) on delete cascade,
  ends_at     timestamptz not null
);
create index passkey_question_end on passkey_question (ends_at);
