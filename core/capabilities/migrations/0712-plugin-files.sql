-- What plugins keep as files; the same content is kept once per municipality, and goes with its last file.
create table file_content (
  municipality_id uuid not null references municipality (id),
  sha256 text not null check (length(sha256) = 64),
  bytes bytea not null,
  primary key (municipality_id, sha256)
);
call protect('file_content');

create table plugin_file (
  municipality_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  id uuid not null,
  name text not null,
  type text not null,
  size int not null check (size > 0),
  sha256 text not null,
  subject_id uuid,
  purpose text,
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (municipality_id, plugin, school_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, sha256) references file_content (municipality_id, sha256),
  check (subject_id is null or purpose is not null)
);
create index plugin_file_newest on plugin_file (municipality_id, plugin, school_id, created_at desc);
create index plugin_file_content on plugin_file (municipality_id, sha256);
create index plugin_file_subject on plugin_file (municipality_id, subject_id) where subject_id is not null;
call protect('plugin_file');
