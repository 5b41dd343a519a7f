-- How many rows of persons a plugin was given in each minute, over all nodes: what is usual for it, and how much is left.
create table read_minute (
  municipality_id uuid not null,
  plugin text not null,
  minute timestamptz not null,
  rows bigint not null,
  primary key (municipality_id, plugin, minute)
);
call protect('read_minute');

-- What a municipality chose for a plugin; no row: the platform's limit, and an alarm stops nothing.
create table read_budget (
  municipality_id uuid not null,
  plugin text not null,
  rows_per_minute int check (rows_per_minute between 1 and 1000000000),
  stop_on_alarm boolean not null default false,
  primary key (municipality_id, plugin)
);
call protect('read_budget');

-- At most one of a kind in an hour.
create table read_alarm (
  municipality_id uuid not null,
  plugin text not null,
  kind text not null check (kind in ('tenfold', 'limit')),
  hour timestamptz not null,
  at timestamptz not null,
  rows bigint not null,
  usual bigint not null,
  stopped boolean not null,
  primary key (municipality_id, plugin, kind, hour)
);
call protect('read_alarm');
