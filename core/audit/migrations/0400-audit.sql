-- One row per read or act, written in the transaction that reads or acts: no row, no data.
-- Bits of `masks` are those of core/audit/element-bits.ts; subjects[i] was shown exactly the elements of masks[i].
create table audit_event (
  municipality_id uuid not null,
  position    bigint not null generated always as identity,
  at          timestamptz not null,
  action      text not null,
  decision    text not null check (decision in ('allow', 'deny')),
  reason      text,
  school_id   uuid,
  plugin      text,
  version     text,
  purpose     text,
  actor_id    uuid,
  actor_role  text not null,
  elements    text[] not null,
  subjects    uuid[] not null,
  masks       int[] not null,
  -- Revision of what the decision rested on (enablement or consent).
  revision    bigint,
  primary key (municipality_id, position),
  check (cardinality(subjects) = cardinality(masks))
);
call protect('audit_event');
revoke update, delete, truncate on audit_event from {{app}};

-- The Merkle tree of a municipality's events (RFC 6962): how far it reaches and where the next leaf goes.
-- Every event up to `settled` is in the tree or was never committed.
create table audit_head (
  municipality_id uuid primary key references municipality (id),
  size    bigint not null default 0,
  settled bigint not null default 0
);
call protect('audit_head');

-- Which events a run of the sequencer put into the tree, in order: positions[1] is leaf number first_leaf.
create table audit_batch (
  municipality_id uuid not null references municipality (id),
  first_leaf   bigint not null,
  positions    bigint[] not null check (cardinality(positions) > 0),
  min_position bigint not null,
  max_position bigint not null,
  primary key (municipality_id, first_leaf)
);
create index audit_batch_reach on audit_batch (municipality_id, max_position);
call protect('audit_batch');
revoke update, delete, truncate on audit_batch from {{app}};

-- 256-wide tiles of hashes (C2SP tlog-tiles). The last tile of each level grows; its earlier hashes never change.
create table audit_tile (
  municipality_id uuid not null references municipality (id),
  level  smallint not null,
  number bigint not null,
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (municipality_id, level, number)
);
call protect('audit_tile');
revoke delete, truncate on audit_tile from {{app}};

create table audit_checkpoint (
  municipality_id uuid not null references municipality (id),
  size bigint not null,
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  at   timestamptz not null,
  primary key (municipality_id, size)
);
call protect('audit_checkpoint');
revoke update, delete, truncate on audit_checkpoint from {{app}};

-- The salt of a person's sub-leaves. Destroying it makes what the tree says about the person unreadable, and nothing else.
create table audit_subject_key (
  municipality_id uuid not null references municipality (id),
  person_id uuid not null,
  salt      bytea not null check (octet_length(salt) = 32),
  primary key (municipality_id, person_id)
);
call protect('audit_subject_key');

-- What concerned a person, one row per event, written by the sequencer. Each audience has its own numbering without gaps,
-- so that "these are all of them" can be shown; null: not for that audience.
create table audit_subject (
  municipality_id uuid not null references municipality (id),
  person_id  uuid not null,
  position   bigint not null,
  leaf       bigint not null,
  -- Place and hash of the person's sub-leaf among the event's subjects.
  place      smallint not null,
  sub_leaf   bytea not null check (octet_length(sub_leaf) = 32),
  -- Links of the chains before this event, for each audience that has a number here, in the order of the columns.
  previous   bytea not null check (octet_length(previous) % 32 = 0),
  guardian_n bigint,
  learner_n  bigint,
  officer_n  bigint not null,
  primary key (municipality_id, person_id, position)
);
call protect('audit_subject');
revoke update, delete, truncate on audit_subject from {{app}};

-- End of each (person, audience) chain.
create table audit_chain (
  municipality_id uuid not null references municipality (id),
  person_id uuid not null,
  audience  text not null check (audience in ('guardian', 'learner', 'officer')),
  count     bigint not null,
  link      bytea not null check (octet_length(link) = 32),
  primary key (municipality_id, person_id, audience)
);
call protect('audit_chain');
