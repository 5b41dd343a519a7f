-- What a plugin stored. A document with a subject is about that person: it is seen and written
-- only while the purpose has a basis for the person (core/access decides).
create table document (
  municipality_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  collection text not null,
  id text not null check (length(id) between 1 and 128),
  subject_id uuid,
  purpose text,
  body jsonb not null,
  bytes int not null check (bytes >= 0),
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (municipality_id, plugin, school_id, collection, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  foreign key (municipality_id, subject_id) references person (municipality_id, id),
  check (subject_id is null or purpose is not null)
);
create index document_subject on document (municipality_id, subject_id, plugin) where subject_id is not null;
call protect('document');

-- Usage per plugin and school, kept by the same statement that writes the document.
create table storage_usage (
  municipality_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  documents bigint not null default 0,
  bytes bigint not null default 0,
  primary key (municipality_id, plugin, school_id),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
call protect('storage_usage');
