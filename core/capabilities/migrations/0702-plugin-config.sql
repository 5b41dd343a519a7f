-- What a municipality set for a plugin; not for secrets.
create table plugin_config (
  municipality_id uuid not null references municipality (id),
  plugin text not null,
  settings jsonb not null default '{}',
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (municipality_id, plugin)
);
call protect('plugin_config');
