-- A load writes each row into every index of its table. Links between people are looked for by whom they link, never by their
-- own id: the index by person becomes the key, and the one by id alone goes. What a key holds beside its columns stays.
alter table role drop constraint role_pkey;
drop index role_of_person;
alter table role add primary key (municipality_id, person_id, id) include (role, org_id, valid_from, valid_to);

alter table enrollment drop constraint enrollment_pkey;
drop index enrollment_of_person;
alter table enrollment add primary key (municipality_id, person_id, role, id) include (class_id, school_id, valid_from, valid_to);

alter table guardianship drop constraint guardianship_pkey;
drop index guardianship_of_guardian;
alter table guardianship add primary key (municipality_id, guardian_id, child_id, source, valid_from)
  include (legal, can_see, can_decide, notify, valid_to);

-- The references of a statement, each in one pass over its new rows.
create or replace function check_references() returns trigger language plpgsql as $$
declare
  missing text;
begin
  perform lock_references(array(select distinct municipality_id from fresh), false);
  for n in 0 .. tg_nargs - 1 by 2 loop
    execute format(
      'select min(f.%1$I::text) from fresh f left join %2$I.%3$I p on p.id = f.%1$I %4$s where f.%1$I is not null and p.id is null',
      tg_argv[n], tg_table_schema, tg_argv[n + 1],
      case when tg_argv[n + 1] <> 'municipality' then 'and p.municipality_id = f.municipality_id' end) into missing;
    if missing is not null then
      perform refuse_reference(tg_table_name, tg_argv[n], tg_argv[n + 1], missing);
    end if;
  end loop;
  return null;
end $$;

-- Ids of a load's rows, as UUIDs of version 7 (RFC 9562) in the order of the lines: the server's own function asks for
-- random bytes for each row, which costs as much as writing the row. Head: milliseconds, version and 12 random bits of the
-- statement; tail: variant, 31 bits of the line, 29 bits of a hash under a random seed.
create function line_id(head bigint, line bigint, seed bigint) returns uuid language sql immutable strict parallel safe as
  $$ select encode(int8send(head) || int8send((-9223372036854775808 + line * 536870912) | (hashint8extended(line, seed) & 536870911)), 'hex')::uuid $$;
