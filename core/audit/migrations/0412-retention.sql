-- How long the log is kept: only the owner of the schema changes it, never the application.
create table audit_retention (
  one    boolean primary key default true check (one),
  months int not null check (months >= 12)
);
insert into audit_retention (months) values (60);
revoke insert, update, delete, truncate on audit_retention from {{app}};

-- Makes the month's parts of the log, and moves in what was written before they were there.
create function audit_add_month(month date) returns void language plpgsql security definer set search_path from current as $$
declare
  first date := date_trunc('month', month)::date;
  beginning timestamptz := first::timestamp at time zone 'UTC';
  ending timestamptz := (first + interval '1 month')::timestamp at time zone 'UTC';
  whole text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('digione audit months'));
  foreach whole in array array['audit_event', 'audit_batch', 'audit_subject'] loop
    part := whole || '_' || to_char(first, 'YYYY_MM');
    continue when to_regclass(part) is not null;
    execute format('create table %I (like %I including all)', part, whole);
    execute format('revoke all on %I from {{app}}', part);
    -- Rows of all municipalities move, in one step that nobody sees half done.
    execute format('alter table %I no force row level security', whole || '_rest');
    execute format('with moved as (delete from %I where at >= $1 and at < $2 returning *) insert into %I select * from moved',
      whole || '_rest', part) using beginning, ending;
    execute format('alter table %I force row level security', whole || '_rest');
    execute format('call protect(%L)', part);
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', whole, part, beginning, ending);
  end loop;
end $$;

-- Drops the oldest month when it has been kept long enough. Each municipality's log says in an event of its own which leaves
-- have no row any more; their hashes stay in the tiles, so every other proof still holds.
create function audit_retire_month(month date) returns void language plpgsql security definer set search_path from current as $$
declare
  first date := date_trunc('month', month)::date;
  suffix text := to_char(first, 'YYYY_MM');
  tenant uuid;
  unfiled bigint;
  leaves text;
begin
  perform pg_advisory_xact_lock(hashtext('digione audit months'));
  if to_regclass('audit_event_' || suffix) is null then
    raise exception 'The log has no month %.', suffix using errcode = 'no_data_found';
  end if;
  if first + interval '1 month' + make_interval(months => (select r.months from audit_retention r)) > now() then
    raise exception 'The month % has not been kept long enough.', suffix using errcode = 'insufficient_privilege';
  end if;
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'audit_event'::regclass and c.relname ~ '^audit_event_\d{4}_\d{2}$' and c.relname < 'audit_event_' || suffix) then
    raise exception 'An older month is still there.' using errcode = 'object_not_in_prerequisite_state';
  end if;
  for tenant in select id from municipality loop
    perform set_config('digione.municipality', tenant::text, true);
    execute format(
      'select count(*) from %I e where e.position > coalesce((select h.settled from audit_head h where h.municipality_id = $1), 0)
         and not exists (select from audit_batch b where b.municipality_id = $1 and b.max_position >= e.position
           and b.min_position <= e.position and e.position = any(b.positions))',
      'audit_event_' || suffix) into unfiled using tenant;
    if unfiled > 0 then
      raise exception 'Events of % are not in the tree yet.', suffix using errcode = 'object_not_in_prerequisite_state';
    end if;
    execute format(
      'select string_agg(low || ''-'' || high, '','' order by low) from (
         select min(leaf) as low, max(leaf) as high from (
           select leaf, leaf - row_number() over (order by leaf) as run from (
             select b.first_leaf + o.number - 1 as leaf
             from audit_batch b cross join lateral unnest(b.positions) with ordinality o (position, number)
             where b.municipality_id = $1 and b.max_position >= (select min(e.position) from %1$I e where e.municipality_id = $1)
               and b.min_position <= (select max(e.position) from %1$I e where e.municipality_id = $1)
               and exists (select from %1$I e where e.municipality_id = $1 and e.position = o.position)) filed) runs group by run) ranges',
      'audit_event_' || suffix) into leaves using tenant;
    if leaves is not null then
      insert into audit_event (municipality_id, at, action, decision, reason, actor_role, elements, subjects, masks)
      values (tenant, clock_timestamp(), 'log.retire', 'allow', 'leaves ' || leaves, 'platform', '{}', '{}', '{}');
    end if;
  end loop;
  perform set_config('digione.municipality', '', true);
  execute format('drop table %I, %I, %I', 'audit_event_' || suffix, 'audit_batch_' || suffix, 'audit_subject_' || suffix);
end $$;

-- The months that have been kept long enough, the oldest first.
create function audit_months_to_retire() returns setof date language sql security definer set search_path from current as $$
  select m from (select to_date(right(c.relname, 7), 'YYYY_MM') as m
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit_event'::regclass and c.relname ~ '^audit_event_\d{4}_\d{2}$') months
  where m + interval '1 month' + make_interval(months => (select r.months from audit_retention r)) <= now()
  order by m $$;

revoke all on function audit_add_month(date), audit_retire_month(date), audit_months_to_retire() from public;
grant execute on function audit_add_month(date), audit_retire_month(date), audit_months_to_retire() to {{app}};
