-- A family's question to the school about one line of its log. It names the event, never other learners.
create table family_case (
  municipality_id uuid not null references municipality (id),
  id         uuid not null,
  -- Where the question goes: the principal of this school, and always the data protection officer.
  school_id  uuid,
  person_id  uuid not null,
  asked_by   uuid not null,
  asked_role text not null check (asked_role in ('guardian', 'student')),
  -- Position of the event that is asked about; null for a question about none in particular.
  position   bigint,
  question   text not null check (char_length(question) between 3 and 2000),
  asked_at   timestamptz not null,
  answer     text check (char_length(answer) between 3 and 4000),
  answered_by   uuid,
  answered_role text check (answered_role in ('principal', 'dataProtectionOfficer')),
  answered_at   timestamptz,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index family_case_of_person on family_case (municipality_id, person_id, asked_at desc);
create index family_case_of_school on family_case (municipality_id, school_id, asked_at desc);
create index family_case_asked on family_case (municipality_id, asked_at desc);
create index family_case_open on family_case (municipality_id, asked_by) where answered_at is null;
call protect('family_case');
-- What was asked stays as it was asked; only the answer is added.
revoke update, delete, truncate on family_case from {{app}};
grant update (answer, answered_by, answered_role, answered_at) on family_case to {{app}};

-- "What did plugin P read between t1 and t2": the incident question of the data protection officer.
create index audit_event_of_plugin on audit_event (municipality_id, plugin, at) where plugin is not null;
