-- Everything about one person, collected page by page by whichever node has the lease; gone when it expires.
create table subject_export (
  municipality_id uuid not null,
  id         uuid not null,
  person_id  uuid not null,
  asked_by   uuid not null,
  asked_role text not null check (char_length(asked_role) <= 40),
  on_behalf  text check (char_length(on_behalf) between 3 and 500),
  language   text not null check (language in ('fi', 'sv', 'en')),
  asked_at   timestamptz not null,
  state      text not null default 'waiting' check (state in ('waiting', 'ready', 'stopped', 'expired')),
  -- Why it was stopped: the code of the refusal.
  code       text check (char_length(code) <= 60),
  -- Where it goes on: number of the source, and the key after which.
  source_at  smallint not null default 0,
  key_after  text,
  page       int not null default 0,
  lease_until timestamptz,
  failures   smallint not null default 0,
  ready_at   timestamptz,
  expires_at timestamptz,
  manifest   jsonb,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  check ((state = 'stopped') = (code is not null))
);
create index subject_export_work on subject_export (municipality_id, lease_until) where state = 'waiting';
create index subject_export_end on subject_export (municipality_id, expires_at) where state = 'ready';
create index subject_export_of_person on subject_export (municipality_id, person_id, asked_at desc);
call protect('subject_export');
revoke delete, truncate on subject_export from {{app}};

-- One page of one source, or one file. Rows are JSON texts, one a line.
create table subject_export_page (
  municipality_id uuid not null,
  export_id uuid not null,
  page      int not null,
  source    text not null check (char_length(source) <= 40),
  -- Name of a file within the archive; null for rows.
  file      text check (char_length(file) <= 300),
  rows      int not null check (rows >= 0),
  content   bytea not null,
  -- Rule by rule how many rows were kept back.
  withheld  jsonb not null,
  primary key (municipality_id, export_id, page),
  foreign key (municipality_id, export_id) references subject_export (municipality_id, id)
);
call protect('subject_export_page');
