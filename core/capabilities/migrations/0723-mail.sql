-- Quiet hours of a municipality, on the clocks of its schools; no row: none.
create table quiet_hours (
  municipality_id uuid primary key references municipality (id),
  quiet_from time not null,
  quiet_to time not null,
  check (quiet_from <> quiet_to)
);
call protect('quiet_hours');

-- What a person wants of notifications; no row: e-mail at any time that the municipality allows.
create table notification_setting (
  municipality_id uuid not null,
  person_id uuid not null,
  email boolean not null default true,
  quiet_from time,
  quiet_to time,
  -- Plugins whose notifications stay in the inbox.
  muted text[] not null default '{}' check (cardinality(muted) <= 200),
  changed_at timestamptz not null,
  primary key (municipality_id, person_id),
  check ((quiet_from is null) = (quiet_to is null) and quiet_from is distinct from quiet_to or quiet_from is null and quiet_to is null)
);
call protect('notification_setting');

-- One e-mail for each recipient of a notification. It holds no words: what is sent says only that there is something to read.
create table mail_outbox (
  municipality_id uuid not null,
  message_id uuid not null,
  recipient_id uuid not null,
  recipient_role text not null,
  subject_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  purpose text not null,
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'withheld', 'dead')),
  attempts int not null default 0,
  -- In the future: held, or tried again then, or somebody is at it.
  next_at timestamptz not null,
  code text,
  queued_at timestamptz not null,
  done_at timestamptz,
  primary key (municipality_id, message_id, recipient_id)
);
create index mail_outbox_waiting on mail_outbox (municipality_id, next_at) where status = 'waiting';
create index mail_outbox_dead on mail_outbox (municipality_id, queued_at) where status = 'dead';
call protect('mail_outbox');
