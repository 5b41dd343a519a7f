create table agreement (
  municipality_id uuid not null references municipality (id),
  id uuid not null,
  plugin text not null,
  consent_major int not null,
  version text not null,
  terms_hash text not null,
  document jsonb not null,
  accepted_by uuid not null,
  accepted_at timestamptz not null,
  expires_on date not null,
  status text not null default 'valid' check (status in ('valid', 'terminated', 'expired')),
  primary key (municipality_id, id)
);
create unique index agreement_in_force on agreement (municipality_id, plugin, consent_major) where status = 'valid';
call protect('agreement');

create table agreement_element (
  municipality_id uuid not null,
  agreement_id uuid not null,
  purpose text not null,
  element text not null,
  legal_basis text not null check (legal_basis in ('statutory', 'public-task', 'consent')),
  necessity text not null,
  retention_days int not null check (retention_days >= 0),
  background boolean not null default false,
  primary key (municipality_id, agreement_id, purpose, element),
  foreign key (municipality_id, agreement_id) references agreement (municipality_id, id)
);
call protect('agreement_element');

create table enablement (
  municipality_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  plugin text not null,
  agreement_id uuid not null,
  version text not null,
  digest text not null,
  status text not null check (status in ('enabled', 'stopped', 'disabled')),
  revision bigint not null default 1,
  reason text,
  changed_at timestamptz not null,
  primary key (municipality_id, id),
  unique (municipality_id, school_id, plugin),
  foreign key (municipality_id, agreement_id) references agreement (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
call protect('enablement');

-- An accepted agreement is what was accepted: afterwards only its standing may change.
revoke update, delete, truncate on agreement, agreement_element from {{app}};
grant update (status) on agreement to {{app}};
