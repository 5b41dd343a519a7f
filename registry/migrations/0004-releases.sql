create table plugin (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,38}/[a-z][a-z0-9-]{1,38}$'),
  vendor_id uuid not null references vendor,
  created_at timestamptz not null
);
create index plugin_vendor on plugin (vendor_id);

-- Content-addressed bytes of bundles.
create table content (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  bytes bytea not null
);
revoke update, delete, truncate on content from {{app}};
-- already compressed
alter table content alter column bytes set storage external;

-- One version of a plugin; the pair stays taken for ever, whatever becomes of it.
create table release (
  plugin text not null references plugin,
  version text not null,
  digest text not null references content,
  size integer not null,
  manifest jsonb not null,
  manifest_digest text not null,
  envelope text not null,
  key_id text not null references vendor_key,
  state text not null,
  channel text,
  consent_major integer,
  lane text not null check (lane in ('new', 'update')),
  published_by uuid not null,
  published_at timestamptz not null,
  state_since timestamptz not null,
  primary key (plugin, version)
);
revoke delete, truncate on release from {{app}};
create index release_state on release (state, state_since);

-- Every change of state, with who and why.
create table release_transition (
  id bigint generated always as identity primary key,
  plugin text not null,
  version text not null,
  from_state text not null,
  to_state text not null,
  actor_kind text not null,
  actor text not null,
  reason text not null,
  evidence jsonb not null,
  due_on date,
  at timestamptz not null,
  foreign key (plugin, version) references release
);
revoke update, delete, truncate on release_transition from {{app}};
create index release_transition_release on release_transition (plugin, version, id);
create index release_transition_at on release_transition (at);

create table check_report (
  plugin text not null,
  version text not null,
  at timestamptz not null,
  results jsonb not null,
  primary key (plugin, version, at),
  foreign key (plugin, version) references release
);

-- Monotonic ids: a client that has seen one never accepts a smaller one.
create table revocation (
  id bigint primary key,
  plugin text not null,
  version text not null,
  strength text not null check (strength in ('warn', 'no-new-enable', 'kill')),
  reason text not null,
  actor text not null,
  at timestamptz not null,
  foreign key (plugin, version) references release
);
revoke update, delete, truncate on revocation from {{app}};
