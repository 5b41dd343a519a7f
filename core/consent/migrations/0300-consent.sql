-- A notice is what a person was shown before deciding: one text in one language, named by the hash of its body, never changed.
create table notice (
  municipality_id uuid not null references municipality (id),
  hash       text not null check (hash ~ '^[0-9a-f]{64}$'),
  plugin     text not null,
  purpose    text not null,
  language   text not null check (language in ('fi', 'sv', 'en')),
  body       jsonb not null,
  created_at timestamptz not null,
  primary key (municipality_id, hash)
);
call protect('notice');
revoke update, delete, truncate on notice from {{app}};

-- How many guardians must agree for a purpose, and from which age the learner decides. No row: any guardian, 13 years.
create table consent_policy (
  municipality_id uuid not null references municipality (id),
  plugin    text not null,
  purpose   text not null,
  deciders  text not null check (deciders in ('any', 'all', 'self')),
  self_from smallint not null default 13 check (self_from between 13 and 18),
  primary key (municipality_id, plugin, purpose)
);
call protect('consent_policy');

-- The states of the W3C DPV profile of ISO/IEC TS 27560, and two of ours: Disputed and Suspended.
create table consent_event (
  municipality_id uuid not null references municipality (id),
  id           uuid not null,
  person_id    uuid not null,
  plugin       text not null,
  purpose      text not null,
  revision     bigint not null check (revision > 0),
  -- What was done, and the state that followed from it together with what others had said.
  act          text not null check (act in ('give', 'refuse', 'withdraw', 'request', 'defer', 'expire', 'terminate', 'invalidate', 'suspend')),
  state        text not null check (state in (
    'ConsentGiven', 'RenewedConsentGiven', 'ConsentUnknown', 'ConsentRequested', 'ConsentRequestDeferred', 'ConsentRefused',
    'ConsentWithdrawn', 'ConsentExpired', 'ConsentTerminated', 'ConsentInvalidated', 'Disputed', 'Suspended')),
  by_person_id uuid,
  by_role      text not null check (by_role in ('guardian', 'learner', 'authority', 'system')),
  notice_hash  text,
  language     text check (language in ('fi', 'sv', 'en')),
  -- Where the choice was made and in which order its buttons stood (ISO/IEC TS 27560 §6.3.4).
  page         text not null,
  buttons      text[] not null,
  elements     text[] not null,
  consent_major int not null,
  at           timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, person_id, plugin, purpose, revision),
  foreign key (municipality_id, notice_hash) references notice (municipality_id, hash)
);
call protect('consent_event');
revoke update, delete, truncate on consent_event from {{app}};

-- What holds now; the hot path reads nothing else of consent. `elements` and `consent_major` say what was asked for: an old
-- consent covers only the old set, under terms that have not changed materially.
create table consent_state (
  municipality_id uuid not null references municipality (id),
  person_id  uuid not null,
  plugin     text not null,
  purpose    text not null,
  state      text not null,
  valid      boolean not null,
  elements   text[] not null,
  consent_major int not null,
  expires_on date,
  revision   bigint not null,
  changed_at timestamptz not null,
  primary key (municipality_id, person_id, plugin, purpose),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  check (valid = (state in ('ConsentGiven', 'RenewedConsentGiven')))
);
call protect('consent_state');

-- Guardians who disagree: a case for the school. It names neither of them and holds no reasons.
create table consent_case (
  municipality_id uuid not null references municipality (id),
  id        uuid not null,
  person_id uuid not null,
  plugin    text not null,
  purpose   text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id)
);
create unique index consent_case_open on consent_case (municipality_id, person_id, plugin, purpose) where closed_at is null;
call protect('consent_case');
