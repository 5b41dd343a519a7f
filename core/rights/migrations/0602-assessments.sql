-- Data protection impact assessment (GDPR Art. 35) of one plugin under one set of data terms. A new consent-major asks again.
create table impact_assessment (
  municipality_id uuid not null,
  id           uuid not null,
  plugin       text not null check (char_length(plugin) <= 80),
  consent_major int not null,
  agreement_id uuid not null,
  terms_hash   text not null,
  -- Written by the officer: risks with their weight and what is done about them, and the conclusion.
  risks        jsonb not null,
  necessity    text not null check (char_length(necessity) <= 4000),
  conclusion   text not null check (char_length(conclusion) <= 4000),
  revision     int not null default 1,
  changed_by   uuid not null,
  changed_at   timestamptz not null,
  signed_by    uuid,
  signed_at    timestamptz,
  -- SHA-256 over what was signed, the generated part included.
  signed_hash  text check (signed_hash ~ '^[0-9a-f]{64}$'),
  primary key (municipality_id, id),
  unique (municipality_id, plugin, consent_major),
  foreign key (municipality_id, agreement_id) references agreement (municipality_id, id),
  check ((signed_by is null) = (signed_at is null) and (signed_by is null) = (signed_hash is null))
);
call protect('impact_assessment');
revoke delete, truncate on impact_assessment from {{app}};
