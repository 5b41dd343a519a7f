-- Who may see what a non-disclosure order withholds: the named list. Everybody else is off it.
create table disclosure_permit (
  municipality_id uuid not null references municipality (id),
  person_id    uuid not null,
  permitted_id uuid not null,
  reason       text not null check (char_length(reason) between 3 and 500),
  granted_by   uuid not null,
  granted_at   timestamptz not null,
  valid_to     date,
  primary key (municipality_id, person_id, permitted_id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, permitted_id) references person (municipality_id, id)
);
call protect('disclosure_permit');
