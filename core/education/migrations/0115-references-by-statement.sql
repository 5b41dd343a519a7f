-- A roster brings hundreds of thousands of rows, and a declared foreign key looks at each by itself: two thirds of the time
-- of a load. On the tables below the same promise is kept for a whole statement at a time, by one anti-join for each reference.
--
-- What a declared key promises, and how it holds here:
--   nothing is written that refers to nobody       insert: check_references; update of the column: check_changed_reference
--   nobody goes while something refers to them     delete: check_no_references; an id never changes: refuse_new_id
--   the same when both happen at once              writers share a lock of the municipality, a deletion takes it alone and
--                                                  looks afterwards; each look is a fresh one, so only READ COMMITTED may write
create function lock_references(municipalities uuid[], alone boolean) returns void language plpgsql as $$
declare
  one uuid;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'rows with references are written and deleted at isolation level READ COMMITTED only' using errcode = 'feature_not_supported';
  end if;
  for one in select distinct m from unnest(municipalities) m order by 1 loop
    if alone then
      perform pg_advisory_xact_lock(hashtext('education references'), hashtext(one::text));
    else
      perform pg_advisory_xact_lock_shared(hashtext('education references'), hashtext(one::text));
    end if;
  end loop;
end $$;

create function refuse_reference(child name, reference text, parent text, key text) returns void language plpgsql as $$
begin
  raise foreign_key_violation using
    message = format('a row of "%s" refers to a row of "%s" that does not exist', child, parent),
    detail = format('Key (%s)=(%s) is not present in table "%s".', reference, key, parent),
    table = child, column = reference;
end $$;

/* Arguments, in pairs: column, table that it refers to. */
create function check_references() returns trigger language plpgsql as $$
declare
  missing text;
begin
  perform lock_references(array(select distinct municipality_id from fresh), false);
  for n in 0 .. tg_nargs - 1 by 2 loop
    execute format(
      'select min(f.key::text) from (select distinct municipality_id, %1$I as key from fresh where %1$I is not null) f
         where not exists (select from %2$I.%3$I p where p.id = f.key %4$s)',
      tg_argv[n], tg_table_schema, tg_argv[n + 1],
      case when tg_argv[n + 1] <> 'municipality' then 'and p.municipality_id = f.municipality_id' end) into missing;
    if missing is not null then
      perform refuse_reference(tg_table_name, tg_argv[n], tg_argv[n + 1], missing);
    end if;
  end loop;
  return null;
end $$;

create function check_changed_reference() returns trigger language plpgsql as $$
declare
  missing text;
begin
  perform lock_references(array[new.municipality_id], false);
  execute format(
    'select ($1).%1$I::text where ($1).%1$I is not null and not exists (select from %2$I.%3$I p where p.id = ($1).%1$I %4$s)',
    tg_argv[0], tg_table_schema, tg_argv[1],
    case when tg_argv[1] <> 'municipality' then 'and p.municipality_id = ($1).municipality_id' end) into missing using new;
  if missing is not null then
    perform refuse_reference(tg_table_name, tg_argv[0], tg_argv[1], missing);
  end if;
  return null;
end $$;

/* Arguments: table, its column that refers to this one. */
create function check_no_references() returns trigger language plpgsql as $$
declare
  own name := case when tg_table_name = 'municipality' then 'id' else 'municipality_id' end;
  before text := current_setting('digione.municipality', true);
  places uuid[];
  place uuid;
  referred text;
begin
  execute format('select array_agg(distinct %I) from gone', own) into places;
  perform lock_references(places, true);
  foreach place in array coalesce(places, '{}') loop
    -- Row-level security would hide the rows that refer to a municipality from whoever deletes it.
    perform set_config('digione.municipality', place::text, true);
    execute format(
      'select min(c.%1$I::text) from %2$I.%3$I c join gone on gone.id = c.%1$I where c.municipality_id = $1 and gone.%4$I = $1',
      tg_argv[1], tg_table_schema, tg_argv[0], own) into referred using place;
    if referred is not null then
      raise foreign_key_violation using
        message = format('a row of "%s" is still referred to by "%s"', tg_table_name, tg_argv[0]),
        detail = format('Key (id)=(%s) is still referenced from table "%s".', referred, tg_argv[0]),
        table = tg_argv[0], column = tg_argv[1];
    end if;
  end loop;
  perform set_config('digione.municipality', coalesce(before, ''), true);
  return null;
end $$;

create function refuse_new_id() returns trigger language plpgsql as $$
begin
  raise foreign_key_violation using message = format('the id of a row of "%s" never changes', tg_table_name), table = tg_table_name;
end $$;

/* refer('role', 'person_id', 'person', 'org_id', 'org'): takes the place of the declared foreign keys of these columns. */
create procedure refer(child text, variadic links text[]) language plpgsql as $$
declare
  reference text;
  parent text;
  declared name;
begin
  for n in 1 .. cardinality(links) by 2 loop
    reference := links[n];
    parent := links[n + 1];
    for declared in
      select k.conname from pg_constraint k
      where k.contype = 'f' and k.conrelid = child::regclass and k.confrelid = parent::regclass and k.conkey[cardinality(k.conkey)] =
        (select attnum from pg_attribute where attrelid = child::regclass and attname = reference)
    loop
      execute format('alter table %I drop constraint %I', child, declared);
    end loop;
    execute format(
      'create trigger %1$I after update on %2$I for each row
         when (old.%3$I is distinct from new.%3$I or old.municipality_id <> new.municipality_id)
         execute function check_changed_reference(%3$L, %4$L)',
      child || '_changes_' || reference, child, reference, parent);
    execute format(
      'create trigger %1$I after delete on %2$I referencing old table as gone for each statement
         execute function check_no_references(%3$L, %4$L)',
      child || '_keeps_' || reference, parent, child, reference);
  end loop;
  execute format(
    'create trigger %1$I after insert on %2$I referencing new table as fresh for each statement execute function check_references(%3$s)',
    child || '_refers', child, (select string_agg(quote_literal(link), ', ' order by n) from unnest(links) with ordinality l(link, n)));
end $$;

call refer('person', 'municipality_id', 'municipality');
call refer('person_identifier', 'person_id', 'person');
call refer('role', 'person_id', 'person', 'org_id', 'org');
call refer('enrollment', 'person_id', 'person', 'class_id', 'class', 'school_id', 'org');
call refer('guardianship', 'guardian_id', 'person', 'child_id', 'person');

create trigger id_stays before update on municipality for each row when (old.id <> new.id) execute function refuse_new_id();
create trigger id_stays before update on org for each row
  when (old.id <> new.id or old.municipality_id <> new.municipality_id) execute function refuse_new_id();
create trigger id_stays before update on class for each row
  when (old.id <> new.id or old.municipality_id <> new.municipality_id) execute function refuse_new_id();
create trigger id_stays before update on person for each row
  when (old.id <> new.id or old.municipality_id <> new.municipality_id) execute function refuse_new_id();

-- Fewer and smaller indexes: the unique key of a link begins with the guardian anyway; most persons have no learner number.
alter table guardianship drop constraint guardianship_municipality_id_guardian_id_child_id_source_va_key;
drop index guardianship_of_guardian;
create unique index guardianship_of_guardian on guardianship (municipality_id, guardian_id, child_id, source, valid_from)
  include (legal, can_see, can_decide, notify, valid_to);
alter table person drop constraint person_municipality_id_oid_key;
create unique index person_by_oid on person (municipality_id, oid) where oid is not null;

-- Rows of a load come in order, and so should their ids: an index that grows at its end is the cheapest.
do $$ begin
  if current_setting('server_version_num')::int >= 180000 then
    create function new_id() returns uuid language sql volatile parallel safe as 'select uuidv7()';
  else
    create function new_id() returns uuid language sql volatile parallel safe as 'select gen_random_uuid()';
  end if;
end $$;
