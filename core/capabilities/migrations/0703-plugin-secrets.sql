-- Sealed with AES-256-GCM under a key that is not in this database; key_id names it, so that keys can change.
create table plugin_secret (
  municipality_id uuid not null references municipality (id),
  plugin text not null,
  name text not null,
  key_id text not null,
  sealed bytea not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (municipality_id, plugin, name)
);
call protect('plugin_secret');
