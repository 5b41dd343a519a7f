-- SS12000:2020 attendances and absences. What an absence is called nationally is data: a mapping from the school's own reasons.
create table absence_class (
  code        text primary key check (code ~ '^[a-z][a-z-]{1,40}$'),
  authorised  boolean not null,
  -- Illness and the like: health data, of which aggregates hide more and which no plugin gets with the rest.
  sensitive   boolean not null,
  name_fi     text not null,
  name_sv     text not null,
  name_en     text not null
);
revoke insert, update, delete, truncate on absence_class from {{app}};
insert into absence_class (code, authorised, sensitive, name_fi, name_sv, name_en) values
  ('illness', true, true, 'Sairaus', 'Sjukdom', 'Illness'),
  ('health-care', true, true, 'Terveydenhuollon käynti', 'Besök inom hälsovården', 'Health care visit'),
  ('welfare', true, true, 'Oppilashuollon tapaaminen', 'Möte inom elevvården', 'Pupil welfare meeting'),
  ('granted-leave', true, false, 'Myönnetty vapaa', 'Beviljad ledighet', 'Leave that was granted'),
  ('school-activity', true, false, 'Muu koulun toiminta', 'Annan skolverksamhet', 'Another activity of the school'),
  ('religion', true, true, 'Uskonnollinen syy', 'Religiös orsak', 'Religious reason'),
  ('late', false, false, 'Myöhästyminen', 'Försening', 'Late arrival'),
  ('unauthorised', false, false, 'Luvaton poissaolo', 'Olovlig frånvaro', 'Absent without leave'),
  ('unknown', false, false, 'Syytä ei ole ilmoitettu', 'Orsaken har inte meddelats', 'No reason given');

-- How a school's own words map; a reason that is not here counts as unknown. `class` is a code of absence_class.
create table absence_reason (
  municipality_id uuid not null references municipality (id),
  reason  text not null check (char_length(reason) between 1 and 64),
  class   text not null check (char_length(class) <= 41),
  primary key (municipality_id, reason)
);
call protect('absence_reason');

-- One learner at one lesson.
create table attendance (
  municipality_id uuid not null,
  id          uuid not null,
  event_id    uuid not null,
  student_id  uuid not null,
  reporter_id uuid,
  is_reported boolean not null,
  attendance_minutes      smallint not null check (attendance_minutes between 0 and 1440),
  valid_absence_minutes   smallint not null check (valid_absence_minutes between 0 and 1440),
  invalid_absence_minutes smallint not null check (invalid_absence_minutes between 0 and 1440),
  absence_reason text check (char_length(absence_reason) between 1 and 64),
  reported_at timestamptz,
  primary key (municipality_id, id),
  unique (municipality_id, event_id, student_id),
  foreign key (municipality_id, event_id) references calendar_event (municipality_id, id),
  foreign key (municipality_id, student_id) references person (municipality_id, id),
  foreign key (municipality_id, reporter_id) references person (municipality_id, id),
  check (is_reported = (reported_at is not null)),
  check (absence_reason is null or valid_absence_minutes + invalid_absence_minutes > 0)
);
create index attendance_of_student on attendance (municipality_id, student_id, event_id);
call protect('attendance');

-- An absence that is known beforehand or over several lessons, as a guardian or the school registers it.
create table absence (
  municipality_id uuid not null,
  id          uuid not null,
  student_id  uuid not null,
  school_id   uuid not null,
  start_at    timestamptz not null,
  end_at      timestamptz not null,
  reason      text check (char_length(reason) between 1 and 64),
  registered_by uuid not null,
  registered_at timestamptz not null,
  -- Only the school says that an absence is authorised, whoever registered it.
  granted_by  uuid,
  status      text not null default 'registered' check (status in ('registered', 'granted', 'refused', 'withdrawn')),
  primary key (municipality_id, id),
  foreign key (municipality_id, student_id) references person (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, registered_by) references person (municipality_id, id),
  foreign key (municipality_id, granted_by) references person (municipality_id, id),
  check (start_at < end_at and end_at - start_at <= interval '366 days'),
  check ((status in ('granted', 'refused')) = (granted_by is not null))
);
create index absence_of_student on absence (municipality_id, student_id, start_at);
create index absence_of_school on absence (municipality_id, school_id, start_at);
call protect('absence');
