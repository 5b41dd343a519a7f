-- A roster file on its way: received, checked (dry run), loaded. The file lies in the data folder of the server; what the
-- load does, it does in one transaction of its own, so that a load that was killed has changed nothing.
create table roster_load (
  municipality_id uuid not null references municipality (id),
  id          uuid not null,
  source      text not null check (source in ('upload', 'fetch')),
  bytes       bigint not null check (bytes >= 0),
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  received_at timestamptz not null,
  received_by uuid,
  state       text not null default 'received' check (state in
    ('received', 'checking', 'checked', 'loading', 'loaded', 'stopped', 'failed', 'discarded')),
  -- Of the work under way: a server that works beats; one that was killed does not.
  beat_at     timestamptz,
  progress    jsonb,
  -- What the latest check or load told, in numbers; the words are made when they are read.
  report      jsonb,
  run_id      uuid,
  refusal     text check (char_length(refusal) <= 1000),
  primary key (municipality_id, id),
  foreign key (municipality_id, run_id) references import_run (municipality_id, id)
);
create index roster_load_by_time on roster_load (municipality_id, received_at desc);
-- One file at a time: the next one replaces it.
create unique index roster_load_waiting on roster_load (municipality_id)
  where state not in ('loaded', 'discarded');
call protect('roster_load');
