-- Leaves of the transparency log (RFC 6962). Append only, also for the application.
create table log_entry (
  index bigint primary key check (index >= 0),
  kind text not null,
  body text not null,
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  at timestamptz not null
);
revoke update, delete, truncate on log_entry from {{app}};
