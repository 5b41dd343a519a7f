-- SS12000:2020 calendarEvents: one lesson or other happening of a class or a school.
create table calendar_event (
  municipality_id uuid not null,
  id         uuid not null,
  class_id   uuid,
  school_id  uuid not null,
  title      text not null check (char_length(title) between 1 and 200),
  place      text check (char_length(place) <= 200),
  start_at   timestamptz not null,
  end_at     timestamptz not null,
  teacher_id uuid,
  primary key (municipality_id, id),
  foreign key (municipality_id, class_id) references class (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, teacher_id) references person (municipality_id, id),
  check (start_at < end_at)
);
create index calendar_event_of_class on calendar_event (municipality_id, class_id, start_at);
create index calendar_event_of_teacher on calendar_event (municipality_id, teacher_id, start_at) where teacher_id is not null;
create index calendar_event_of_school on calendar_event (municipality_id, school_id, start_at);
call protect('calendar_event');
