-- What the targets role says of each bundle. Rows are never removed: a version stays known for ever.
create table trust_target (
  path text primary key,
  digest text not null,
  length integer not null,
  custom jsonb not null
);
revoke delete, truncate on trust_target from {{app}};

-- Signed metadata as the exact bytes that are served.
create table trust_metadata (
  role text not null check (role in ('root', 'targets', 'snapshot', 'timestamp')),
  version integer not null check (version > 0),
  bytes bytea not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  primary key (role, version)
);
revoke update, truncate on trust_metadata from {{app}};
