-- What Suomi.fi authorisations said about the right to act for a child: kept with its time, asked again at each sign-in.
create table mandate (
  municipality_id uuid not null references municipality (id),
  guardian_id     uuid not null,
  child_id        uuid not null,
  allowed         boolean not null,
  source          text not null check (source = 'suomifi'),
  checked_at      timestamptz not null,
  valid_until     timestamptz not null,
  primary key (municipality_id, guardian_id, child_id),
  foreign key (municipality_id, guardian_id) references person (municipality_id, id),
  foreign key (municipality_id, child_id) references person (municipality_id, id),
  check (checked_at < valid_until)
);
call protect('mandate');

-- A guardian's browser on its way through the authorisations service; found by the hash of a secret in a cookie.
create table mandate_visit (
  secret_hash     bytea primary key check (octet_length(secret_hash) = 32),
  session_id      uuid not null references session (id) on delete cascade,
  service_session text not null check (char_length(service_session) between 1 and 255),
  return_to       text not null check (char_length(return_to) between 1 and 512),
  ends_at         timestamptz not null
);
create index mandate_visit_end on mandate_visit (ends_at);
