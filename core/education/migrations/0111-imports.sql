-- Courses and sessions that a roster no longer has stay for history.
alter table academic_session add column status text not null default 'active' check (status in ('active', 'tobedeleted'));
alter table course add column status text not null default 'active' check (status in ('active', 'tobedeleted'));

-- One row for each finished import, dry runs included. A load that broke leaves no row: it left no trace either.
create table import_run (
  municipality_id uuid not null references municipality (id),
  id         uuid not null,
  outcome    text not null check (outcome in ('dry-run', 'loaded', 'stopped')),
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  by_person_id uuid,
  summary    jsonb not null,
  problems   integer not null,
  primary key (municipality_id, id)
);
create index import_run_by_time on import_run (municipality_id, started_at desc);
call protect('import_run');

create table import_problem (
  municipality_id uuid not null references municipality (id),
  run_id  uuid not null,
  serial  integer not null,
  file    text not null,
  line    integer not null,
  "column" text not null,
  value   text not null check (char_length(value) <= 200),
  reason  text not null,
  action  text not null,
  primary key (municipality_id, run_id, serial),
  foreign key (municipality_id, run_id) references import_run (municipality_id, id) on delete cascade
);
call protect('import_problem');

-- What an import would have given to somebody, and waits for a person of the municipality to confirm.
create table pending_access (
  municipality_id uuid not null references municipality (id),
  id          uuid not null,
  kind        text not null check (kind in ('guardianship', 'role')),
  person_id   uuid not null,
  child_id    uuid,
  role        text,
  org_id      uuid,
  valid_from  date not null,
  valid_to    date,
  source_id   text check (char_length(source_id) between 1 and 255),
  state       text not null default 'waiting' check (state in ('waiting', 'confirmed', 'declined')),
  created_at  timestamptz not null,
  decided_by  uuid,
  decided_at  timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, child_id) references person (municipality_id, id),
  foreign key (municipality_id, org_id) references org (municipality_id, id),
  foreign key (municipality_id, decided_by) references person (municipality_id, id),
  check ((kind = 'guardianship') = (child_id is not null)),
  check ((kind = 'role') = (role is not null and org_id is not null)),
  check (valid_from < valid_to)
);
-- A pair that waits or was declined is not asked again by the next nightly import.
create unique index pending_guardianship on pending_access (municipality_id, person_id, child_id)
  where kind = 'guardianship' and state <> 'confirmed';
create unique index pending_role on pending_access (municipality_id, person_id, role, org_id)
  where kind = 'role' and state <> 'confirmed';
call protect('pending_access');

-- The application role owns no table and so may not ANALYZE; after a load the planner must know the new rows at once.
create procedure refresh_education_statistics() language plpgsql security definer set search_path from current as $$
begin
  analyze (skip_locked) org, class, course, person, person_identifier, role, enrollment, guardianship, protection, calendar_event;
end $$;
revoke execute on procedure refresh_education_statistics() from public;
grant execute on procedure refresh_education_statistics() to {{app}};
