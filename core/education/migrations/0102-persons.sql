create table person (
  municipality_id uuid not null references municipality (id),
  id             uuid not null,
  -- The learner number or another person OID; null for persons who have none (most guardians).
  oid            text check (char_length(oid) <= 64),
  given_name     text not null check (char_length(given_name) between 1 and 200),
  family_name    text not null check (char_length(family_name) between 1 and 200),
  preferred_name text check (char_length(preferred_name) between 1 and 200),
  birth_date     date check (birth_date > '1900-01-01'),
  language       text not null default 'fi' check (language ~ '^[a-z]{2,3}$'),
  email          text check (char_length(email) between 3 and 320),
  phone          text check (char_length(phone) between 3 and 40),
  address        text check (char_length(address) <= 500),
  photo          text check (char_length(photo) <= 500),
  status         text not null default 'active' check (status in ('active', 'disabled', 'tobedeleted')),
  source_id      text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, oid),
  unique (municipality_id, source_id)
);
call protect('person');

-- A person keeps every identifier it ever had, so that a merged learner number still finds its person.
create table person_identifier (
  municipality_id uuid not null,
  scheme    text not null check (scheme in ('learner-number', 'mpass-uid', 'hetu-hash', 'username')),
  value     text not null check (char_length(value) between 1 and 255),
  person_id uuid not null,
  primary key (municipality_id, scheme, value),
  foreign key (municipality_id, person_id) references person (municipality_id, id)
);
create index person_identifier_of_person on person_identifier (municipality_id, person_id);
call protect('person_identifier');

-- OneRoster's roles and our two: a plugin reviewer (only at the coordinating company) and the data protection officer.
create table role (
  municipality_id uuid not null,
  id         uuid not null,
  person_id  uuid not null,
  role       text not null check (role in (
    'teacher', 'student', 'guardian', 'principal', 'siteAdministrator', 'reviewer', 'dataProtectionOfficer',
    'aide', 'counselor', 'districtAdministrator', 'parent', 'proctor', 'relative', 'systemAdministrator')),
  org_id     uuid not null,
  valid_from date not null,
  valid_to   date,
  source_id  text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, org_id) references org (municipality_id, id),
  check (valid_from < valid_to)
);
create index role_of_person on role (municipality_id, person_id) include (role, org_id, valid_from, valid_to);
create index role_in_org on role (municipality_id, org_id, role) include (person_id, valid_from, valid_to);
call protect('role');
