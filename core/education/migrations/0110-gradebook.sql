-- OneRoster 1.2 gradebook. Marks are 4–10, H, S, O by the score scale; a result is text or number, as the school wrote it.
create table score_scale (
  municipality_id uuid not null references municipality (id),
  id         uuid not null,
  title      text not null check (char_length(title) between 1 and 200),
  type       text not null check (char_length(type) between 1 and 64),
  org_id     uuid not null,
  course_id  uuid,
  class_id   uuid,
  -- OneRoster's list as it was given: `{value:label}` pairs.
  scale      text not null check (char_length(scale) <= 2000),
  status     text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id  text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, org_id) references org (municipality_id, id),
  foreign key (municipality_id, course_id) references course (municipality_id, id),
  foreign key (municipality_id, class_id) references class (municipality_id, id)
);
call protect('score_scale');

create table category (
  municipality_id uuid not null references municipality (id),
  id        uuid not null,
  title     text not null check (char_length(title) between 1 and 200),
  weight    numeric,
  status    text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id)
);
call protect('category');

create table line_item (
  municipality_id uuid not null,
  id           uuid not null,
  title        text not null check (char_length(title) between 1 and 200),
  description  text check (char_length(description) <= 2000),
  assign_date  date not null,
  due_date     date not null,
  class_id     uuid not null,
  category_id  uuid not null,
  session_id   uuid not null,
  school_id    uuid not null,
  result_min   numeric,
  result_max   numeric,
  status       text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id    text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, class_id) references class (municipality_id, id),
  foreign key (municipality_id, category_id) references category (municipality_id, id),
  foreign key (municipality_id, session_id) references academic_session (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
create index line_item_of_class on line_item (municipality_id, class_id, due_date);
call protect('line_item');

create table result (
  municipality_id uuid not null,
  id           uuid not null,
  line_item_id uuid not null,
  person_id    uuid not null,
  class_id     uuid,
  score_status text not null check (score_status in
    ('exempt', 'fully graded', 'not submitted', 'partially graded', 'submitted')),
  score        numeric,
  score_date   date not null,
  text_score   text check (char_length(text_score) <= 64),
  comment      text check (char_length(comment) <= 2000),
  in_progress  boolean,
  incomplete   boolean,
  late         boolean,
  missing      boolean,
  status       text not null default 'active' check (status in ('active', 'tobedeleted')),
  source_id    text check (char_length(source_id) between 1 and 255),
  primary key (municipality_id, id),
  unique (municipality_id, source_id),
  foreign key (municipality_id, line_item_id) references line_item (municipality_id, id),
  foreign key (municipality_id, person_id) references person (municipality_id, id),
  foreign key (municipality_id, class_id) references class (municipality_id, id)
);
create index result_of_person on result (municipality_id, person_id);
create index result_of_line_item on result (municipality_id, line_item_id);
call protect('result');
