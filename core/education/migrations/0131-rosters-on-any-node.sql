-- The bytes of a received roster, so that any server loads what another one received. Zip does not shrink any further.
create table roster_piece (
  municipality_id uuid not null references municipality (id),
  roster_id   uuid not null,
  number      integer not null check (number between 0 and 8191),
  bytes       bytea not null check (octet_length(bytes) between 1 and 1048576),
  received_at timestamptz not null default now(),
  primary key (municipality_id, roster_id, number)
);
alter table roster_piece alter column bytes set storage external;
call protect('roster_piece');

-- What was ordered, so that another server goes on when this one dies; a roster on which servers die is left to people.
alter table roster_load add column ordered jsonb;
alter table roster_load add column attempts smallint not null default 0;

create function abandoned_rosters() returns table (municipality uuid, roster uuid) language plpgsql volatile as $$
declare
  place uuid;
  before text := coalesce(current_setting('digione.municipality', true), '');
begin
  for place in select m.id from municipality m order by m.code loop
    perform set_config('digione.municipality', place::text, true);
    return query select l.municipality_id, l.id from roster_load l
      where l.municipality_id = place and l.state in ('checking', 'loading') and l.beat_at < now() - interval '30 seconds'
        and l.ordered is not null and l.attempts < 3;
  end loop;
  perform set_config('digione.municipality', before, true);
end $$;
