-- A personal data breach (GDPR Art. 33–34): what a plugin was given in a time, whom it concerns, what was done.
create table incident (
  municipality_id uuid not null,
  id          uuid not null,
  title       text not null check (char_length(title) between 3 and 200),
  plugin      text not null check (char_length(plugin) between 1 and 80),
  began_at    timestamptz not null,
  ended_at    timestamptz not null,
  -- When the municipality came to know of it: 72 hours run from here.
  known_at    timestamptz not null,
  due_at      timestamptz not null,
  state       text not null default 'open' check (state in ('open', 'assessed', 'notified', 'closed')),
  risk        text check (risk in ('none', 'risk', 'high-risk')),
  findings    text check (char_length(findings) between 3 and 4000),
  measures    text check (char_length(measures) between 3 and 4000),
  authority_at timestamptz,
  authority_reference text check (char_length(authority_reference) between 1 and 200),
  delay_reason text check (char_length(delay_reason) between 3 and 2000),
  letters_at  timestamptz,
  closing     text check (char_length(closing) between 3 and 2000),
  closed_at   timestamptz,
  opened_by   uuid not null,
  opened_at   timestamptz not null,
  primary key (municipality_id, id),
  check (began_at < ended_at),
  check (state = 'open' or risk is not null),
  check ((state = 'closed') = (closed_at is not null))
);
create index incident_by_due on incident (municipality_id, due_at);
call protect('incident');
revoke delete, truncate on incident from {{app}};

-- Whom it concerns, as the log said when the incident was assessed.
create table incident_person (
  municipality_id uuid not null,
  incident_id uuid not null,
  person_id   uuid not null,
  elements    text[] not null,
  reads       int not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  primary key (municipality_id, incident_id, person_id),
  foreign key (municipality_id, incident_id) references incident (municipality_id, id)
);
create index incident_person_of on incident_person (municipality_id, person_id);
call protect('incident_person');
revoke update, truncate on incident_person from {{app}};
