-- When a schedule of an enabled plugin comes next in a school, and who is at it now.
create table schedule_run (
  municipality_id uuid not null,
  plugin text not null,
  school_id uuid not null,
  schedule text not null,
  cron text not null,
  -- Null until the next time has been worked out.
  due_at timestamptz,
  lease_until timestamptz,
  last_at timestamptz,
  last_code text,
  primary key (municipality_id, plugin, school_id, schedule),
  foreign key (municipality_id, school_id) references org (municipality_id, id)
);
create index schedule_run_due on schedule_run (municipality_id, due_at);
call protect('schedule_run');
