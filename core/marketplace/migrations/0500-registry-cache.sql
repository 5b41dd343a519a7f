-- What the registry signed and this installation verified. Belongs to no municipality.
create table bundle (
  plugin text not null,
  version text not null,
  digest text not null unique,
  manifest jsonb not null,
  bytes bytea not null,
  verified_at timestamptz not null,
  primary key (plugin, version)
);

-- The state of each version in the newest signed metadata. metadata_version only grows, so that a
-- node which lags behind can never bring a revoked version back.
create table release (
  plugin text not null,
  version text not null,
  digest text not null,
  state text not null,
  channel text not null,
  revoked boolean not null default false,
  custom jsonb not null,
  metadata_version bigint not null,
  primary key (plugin, version)
);

create table registry_trust (
  only_row boolean primary key default true check (only_row),
  metadata_version bigint not null,
  refreshed_at timestamptz not null,
  expires_at timestamptz not null
);
