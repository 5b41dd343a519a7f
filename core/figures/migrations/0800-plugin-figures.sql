-- How plugins run, as sums that add up over nodes and restarts. Never about a person: a row is a school's day.
create table plugin_figure (
  municipality_id uuid not null,
  plugin text not null,
  version text not null,
  school_id uuid not null,
  day date not null,
  -- calls, cpuMs, hostCalls, hostRefused, disabled, error:<code>, wall:<upper bound in ms>
  figure text not null,
  amount double precision not null,
  primary key (municipality_id, plugin, version, school_id, day, figure)
);
call protect('plugin_figure');

-- The same over all municipalities, for those who made the plugin.
create table plugin_figure_total (
  plugin text not null,
  version text not null,
  day date not null,
  figure text not null,
  amount double precision not null,
  primary key (plugin, version, day, figure)
);
