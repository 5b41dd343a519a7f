-- Events of the core and of plugins, kept in the transaction that made them true (transactional outbox).
create table plugin_event (
  municipality_id uuid not null,
  id uuid not null,
  school_id uuid not null,
  name text not null,
  -- Null when the core itself speaks.
  plugin text,
  event_key text,
  subject_id uuid,
  body jsonb not null,
  -- The person in whose call it was published: what is decided at delivery is decided for this person.
  person_id uuid,
  person_role text,
  language text not null,
  published_at timestamptz not null,
  primary key (municipality_id, id),
  foreign key (municipality_id, school_id) references org (municipality_id, id),
  check (subject_id is null or (person_id is not null and person_role is not null))
);
create index plugin_event_pace on plugin_event (municipality_id, plugin, school_id, published_at);
create index plugin_event_old on plugin_event (municipality_id, published_at);
call protect('plugin_event');

-- One row for each plugin that is to be told. `next_at` in the future also means: somebody is at it (a lease).
create table event_delivery (
  municipality_id uuid not null,
  event_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  -- Events of one key go in order; without a key, each event is a key of its own.
  order_key text not null,
  sequence bigint generated always as identity,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'withheld', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null,
  code text,
  done_at timestamptz,
  primary key (municipality_id, event_id, plugin),
  foreign key (municipality_id, event_id) references plugin_event (municipality_id, id) on delete cascade
);
create index event_delivery_waiting on event_delivery (municipality_id, next_at) where status = 'waiting';
create index event_delivery_order on event_delivery (municipality_id, plugin, school_id, order_key, sequence) where status = 'waiting';
create index event_delivery_dead on event_delivery (municipality_id, plugin, sequence) where status = 'dead';
call protect('event_delivery');
