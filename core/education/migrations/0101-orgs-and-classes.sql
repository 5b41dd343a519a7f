-- OneRoster 1.2 orgs, academic sessions, courses and classes. source_id is the sourcedId of the roster they came from.
-- A table whose rows must belong to a school or a person reaches its municipality through them; one check fewer for each row.
create table org (
  municipality_id uuid not null references municipality (id),
  id          uuid not null,
  type        text not null check (type in ('district', 'school')),
  oid         text check (char_length(oid) <= 64),
  name        text not null check (char_length(name) between 1 and 200),
  -- Finnish school types: 11 basic, 12 special, 15 general upper secondary, 19 both, 21 vocational.
  school_type text check (school_type in ('11', '12', '15', '19', '21')),
  parent_id   uuid,
  status      text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id   text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, oid),
  unique (municipality_id, source_id),
  foreign key (municipality_id, parent_id) references org (municipality_id, id)
);
call protect('org');

create table academic_session (
  municipality_id uuid not null references municipality (id),
  id          uuid not null,
  title       text not null check (char_length(title) between 1 and 200),
  type        text not null check (type in ('gradingPeriod', 'semester', 'schoolYear', 'term')),
  start_date  date not null,
  end_date    date not null,
  parent_id   uuid,
  school_year smallint not null check (school_year between 1990 and 2200),
  source_id   text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, parent_id) references academic_session (municipality_id, id),
  check (start_date < end_date)
);
call protect('academic_session');

create table course (
  municipality_id uuid not null references municipality (id),
  id          uuid not null,
  title       text not null check (char_length(title) between 1 and 200),
  course_code text check (char_length(course_code) <= 64),
  subject     text check (char_length(subject) <= 64),
  school_id   uuid,
  source_id   text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
call protect('course');

create table class (
  municipality_id uuid not null,
  id          uuid not null,
  title       text not null check (char_length(title) between 1 and 200),
  class_type  text not null check (class_type in ('homeroom', 'scheduled')),
  grade       text check (char_length(grade) <= 16),
  language    text check (language ~ '^[a-z]{2,3}$'),
  course_id   uuid,
  school_id   uuid not null,
  session_id  uuid,
  status      text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id   text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, course_id) references course (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, session_id) references academic_session (municipality_id, id)
);
create index class_of_school on class (municipality_id, school_id);
call protect('class');
