import { insertNew } from './insert-new.ts';
import { unlessTaken } from './load-fresh.ts';
import type { Import } from './merge-plan.ts';

/** New identifiers join their person; one that belongs to somebody else stays there. */
export async function mergeIdentifiers(work: Import): Promise<void> {
  if (work.fresh.has('users') && (await loadFreshIdentifiers(work))) return;
  const { tx, municipality, problems } = work;
  const given = work.fresh.has('users')
    ? freshlyGiven
    : 'select m.line, m.id, m.oid, s.username, s.user_ids from merge_person m join staged_users s on s.line = m.line';
  await tx.query({
    text: `create temporary table staged_identifiers on commit drop as
      with given as (${given}),
      split as (select line, id, unnest(string_to_array(user_ids, E'\\n')) as pair from given)
      select line, id as person_id, 'learner-number' as scheme, oid as value from given where oid like '1.2.246.562.%'
      union all select line, id, 'username', username from given where username is not null
      union all select line, id, split_part(pair, '=', 1), substr(pair, strpos(pair, '=') + 1) from split where pair not like '%='`,
    values: work.fresh.has('users') ? [municipality] : [],
  });
  await keepIdentityCodes(work);
  await insertNew(tx, {
    text: `insert into person_identifier (municipality_id, scheme, value, person_id)
      select distinct on (scheme, value) $1::uuid, scheme, value, person_id from staged_identifiers s
      where not exists (select from person_identifier i where i.municipality_id = $1 and i.scheme = s.scheme and i.value = s.value)
      order by scheme, value, line`,
    values: [municipality],
  });
  const foreign = await tx.query<{ line: number; scheme: string }>({
    text: `select s.line, s.scheme from staged_identifiers s
      join person_identifier i on i.municipality_id = $1 and i.scheme = s.scheme and i.value = s.value and i.person_id <> s.person_id`,
    values: [municipality],
  });
  for (const { line, scheme } of foreign) {
    const at = { file: 'users.csv', line, column: scheme === 'username' ? 'username' : 'userIds', value: scheme };
    problems.add({ ...at, reason: 'foreign-identifier', action: 'value-left-out' });
  }
}

/** In a municipality that had no roster, every person of a roster is new. */
const freshlyGiven = `select s.line, p.id, p.oid, s.username, s.user_ids from staged_users s
  join person p on p.municipality_id = $1 and p.source_id = s.sourced_id where not s.bad and s.status is distinct from 'tobedeleted'`;

/** All by one statement, in the order of their index; false when some identifier is not one person's alone. */
async function loadFreshIdentifiers(work: Import): Promise<boolean> {
  const { tx, municipality } = work;
  const [two] = await tx.query<{ codes: boolean }>({
    text: `select exists (select from staged_users where user_ids like '%hetu-hash=%hetu-hash=%') as codes`,
  });
  if (two!.codes) return false;
  const written = await unlessTaken(work, {
    text: `insert into person_identifier (municipality_id, scheme, value, person_id)
      with given as materialized (${freshlyGiven}),
      pairs as (select id, unnest(string_to_array(user_ids, E'\\n')) as pair from given where user_ids is not null)
      select $1, 'learner-number', oid, id from given where oid like '1.2.246.562.%'
      union all select $1, 'username', username, id from given where username is not null
      union all (select $1, split_part(pair, '=', 1), substr(pair, strpos(pair, '=') + 1), id from pairs where pair not like '%=' order by pair)`,
    values: [municipality],
  });
  return written !== undefined;
}

/** One identity code for each person: a second one would let somebody else sign in as them. */
async function keepIdentityCodes({ tx, municipality, problems }: Import): Promise<void> {
  const second = await tx.query<{ line: number }>({
    text: `with known as (
        select person_id, value from person_identifier where municipality_id = $1 and scheme = 'hetu-hash'
        union all select person_id, min(value) from staged_identifiers s where scheme = 'hetu-hash' and not exists (
          select from person_identifier i where i.municipality_id = $1 and i.scheme = 'hetu-hash' and i.person_id = s.person_id)
        group by person_id)
      delete from staged_identifiers s where s.scheme = 'hetu-hash'
        and exists (select from known k where k.person_id = s.person_id and k.value <> s.value)
        and not exists (select from known k where k.person_id = s.person_id and k.value = s.value) returning s.line`,
    values: [municipality],
  });
  for (const { line } of second) {
    const at = { file: 'users.csv', line, column: 'userIds', value: 'hetu' };
    problems.add({ ...at, reason: 'foreign-identifier', action: 'kept-old-value' });
  }
}
