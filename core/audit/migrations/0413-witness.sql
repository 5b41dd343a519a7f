-- What this node has cosigned of other nodes' logs: a log that ever shows another history than this is refused.
create table witnessed_log (
  origin text primary key,
  size   bigint not null,
  root   bytea not null check (octet_length(root) = 32),
  at     timestamptz not null
);
revoke delete, truncate on witnessed_log from {{app}};

-- What witnesses have cosigned of ours.
create table audit_cosignature (
  municipality_id uuid not null references municipality (id),
  witness text not null,
  size    bigint not null,
  -- Signature line of a C2SP cosignature/v1, to be added to the checkpoint of this size.
  line    text not null,
  at      timestamptz not null,
  primary key (municipality_id, witness, size)
);
call protect('audit_cosignature');
revoke update, delete, truncate on audit_cosignature from {{app}};
