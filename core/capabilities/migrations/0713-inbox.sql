-- Messages of plugins, one row for each person who was let have it.
create table inbox_message (
  municipality_id uuid not null,
  id uuid not null,
  recipient_id uuid not null,
  subject_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  title text not null check (char_length(title) between 1 and 120),
  body text not null check (char_length(body) between 1 and 4000),
  sent_by uuid not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  primary key (municipality_id, id, recipient_id),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
create index inbox_message_newest on inbox_message (municipality_id, recipient_id, sent_at desc);
create index inbox_message_pace on inbox_message (municipality_id, plugin, school_id, sent_at);
call protect('inbox_message');
