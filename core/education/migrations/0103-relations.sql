-- Who belongs to which class and who answers for whom, with dates; valid_to is exclusive, null means open.
create table enrollment (
  municipality_id uuid not null,
  id         uuid not null,
  class_id   uuid not null,
  school_id  uuid not null,
  person_id  uuid not null,
  role       text not null check (role in ('student', 'teacher')),
  "primary"  boolean not null default false,
  valid_from date not null,
  valid_to   date,
  source_id  text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, class_id) references class (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  check (valid_from < valid_to)
);
-- Students (or teachers) of a class on a date; classes of a person on a date.
create index enrollment_of_class on enrollment (municipality_id, class_id, role) include (person_id, school_id, valid_from, valid_to);
create index enrollment_of_person on enrollment (municipality_id, person_id, role) include (class_id, school_id, valid_from, valid_to);
call protect('enrollment');

create table guardianship (
  municipality_id uuid not null,
  id          uuid not null,
  guardian_id uuid not null,
  child_id    uuid not null,
  legal       boolean not null,
  can_see     boolean not null,
  can_decide  boolean not null,
  notify      boolean not null,
  source      text not null check (source in ('register', 'court', 'manual')),
  valid_from  date not null,
  valid_to    date,
  primary key (municipality_id, id),
  unique (municipality_id, guardian_id, child_id, source, valid_from),
  foreign key (municipality_id, guardian_id) references person (municipality_id, id),
  foreign key (municipality_id, child_id) references person (municipality_id, id),
  check (guardian_id <> child_id),
  check (valid_from < valid_to)
);
create index guardianship_of_child on guardianship (municipality_id, child_id)
  include (guardian_id, legal, can_see, can_decide, notify, source, valid_from, valid_to);
create index guardianship_of_guardian on guardianship (municipality_id, guardian_id)
  include (child_id, legal, can_see, can_decide, notify, source, valid_from, valid_to);
call protect('guardianship');

-- Safety entries made in the municipality. No import touches this table.
create table protection (
  municipality_id   uuid not null,
  id                uuid not null,
  person_id         uuid not null,
  kind              text not null check (kind in ('non-disclosure', 'custody', 'learner-private', 'restriction', 'objection')),
  against_person_id uuid,
  source            text not null check (char_length(source) between 1 and 64),
  valid_from        date not null,
  valid_to          date,
  primary key (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, against_person_id) references person (municipality_id, id),
  check (against_person_id <> person_id),
  check (kind <> 'custody' or against_person_id is not null),
  check (valid_from < valid_to)
);
create index protection_of_person on protection (municipality_id, person_id) include (kind, against_person_id, valid_from, valid_to);
create index protection_against_person on protection (municipality_id, against_person_id) where against_person_id is not null;
call protect('protection');
