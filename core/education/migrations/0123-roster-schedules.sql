-- Where a municipality's roster is fetched from, once a day. See docs/decisions/0011-schedules-in-a-table.md.
create table roster_schedule (
  municipality_id uuid not null references municipality (id),
  url         text not null check (char_length(url) between 8 and 2000),
  -- Hour of the day in Europe/Helsinki.
  hour        smallint not null check (hour between 0 and 23),
  header_name text check (char_length(header_name) between 1 and 61),
  -- Sealed under a key that is not in this database.
  header_key  text,
  header_sealed bytea,
  etag        text check (char_length(etag) <= 500),
  -- While a server fetches, this is when another one may try again.
  next_at     timestamptz not null,
  last_at     timestamptz,
  last_outcome text check (last_outcome in ('loaded', 'stopped', 'failed', 'unchanged', 'unreachable', 'refused', 'busy')),
  changed_by  uuid not null,
  primary key (municipality_id),
  check ((header_name is null) = (header_key is null) and (header_name is null) = (header_sealed is null))
);
call protect('roster_schedule');

-- Asks municipality by municipality inside the rules of row-level security, and tells nothing but whose time has come.
create function due_rosters(at timestamptz) returns setof uuid language plpgsql volatile as $$
declare
  place uuid;
  before text := coalesce(current_setting('digione.municipality', true), '');
begin
  for place in select m.id from municipality m order by m.code loop
    perform set_config('digione.municipality', place::text, true);
    return query select s.municipality_id from roster_schedule s where s.municipality_id = place and s.next_at <= at;
  end loop;
  perform set_config('digione.municipality', before, true);
end $$;
