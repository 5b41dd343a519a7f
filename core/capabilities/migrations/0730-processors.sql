-- What an outside processor must be told: a consent under which it was sent a person's data has ended, or the data is erased.
-- One open notice for each person, plugin, host and purpose: a later end takes the place of one that was not acknowledged.
create table processor_notice (
  municipality_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  plugin text not null,
  host text not null,
  -- '' when everything is erased.
  purpose text not null,
  reason text not null check (reason in ('withdrawn', 'refused', 'expired', 'terminated', 'invalidated', 'erased')),
  elements text[] not null,
  -- What the plugin, and so whoever it sent the data to, calls the person.
  subject uuid not null,
  asked_at timestamptz not null,
  -- From here on the host is suspended while this is not acknowledged.
  due_at timestamptz not null,
  attempts int not null default 0,
  -- Null: it is not sent any more, or the host has no address for it.
  next_at timestamptz,
  delivered_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text check (acknowledged_by in ('processor', 'officer')),
  note text,
  suspended_at timestamptz,
  primary key (municipality_id, id),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create unique index processor_notice_open on processor_notice (municipality_id, person_id, plugin, host, purpose) where acknowledged_at is null;
create index processor_notice_waiting on processor_notice (municipality_id, next_at) where acknowledged_at is null and next_at is not null;
create index processor_notice_due on processor_notice (municipality_id, host, due_at) where acknowledged_at is null;
call protect('processor_notice');

-- A request that was on its way when the consent ended is in the log a moment later: the log is read a second time.
create table processor_second_look (
  municipality_id uuid not null,
  person_id uuid not null,
  plugin text not null,
  purpose text not null,
  reason text not null,
  elements text[] not null,
  look_at timestamptz not null,
  primary key (municipality_id, person_id, plugin, purpose)
);
create index processor_second_look_due on processor_second_look (municipality_id, look_at);
call protect('processor_second_look');
