-- Counts as they may be shown: small groups were hidden before they came here.
create table published_aggregate (
  municipality_id uuid not null references municipality (id),
  plugin text not null,
  school_id uuid not null,
  name text not null,
  period text not null,
  fingerprint text not null,
  groups jsonb not null,
  published_at timestamptz not null,
  primary key (municipality_id, plugin, school_id, name, period),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
call protect('published_aggregate');
