import type { Counts, Import, MergePlan } from './merge-plan.ts';
import { countOf, goneFrom, mergeIntoStanding, rejectDuplicates } from './merge-table.ts';
import { loadFresh } from './load-fresh.ts';
import { mergeIdentifiers } from './merge-identifiers.ts';
import { keepUniqueValues } from './unique-values.ts';

const users: MergePlan = {
  file: 'users',
  table: 'person',
  references: [],
  columns: {
    given_name: `left(concat_ws(' ', s.given_name, s.middle_name), 200)`,
    family_name: 's.family_name',
    preferred_name: 's.preferred_name',
    email: 's.email',
    phone: 'coalesce(s.phone, s.sms)',
    address: 's.address',
    oid: 's.master',
    language: `coalesce(case when s.language ~ '^[a-z]{2,3}$' then s.language end, t.language, 'fi')`,
    status: `case when s.enabled is false then 'disabled' else 'active' end`,
  },
};

/** Persons, their identifiers, and the end of everything for those whom the roster has dropped. */
export async function mergeUsers(work: Import): Promise<{ users: Counts; leavingLearners: number }> {
  await followLearnerNumbers(work);
  const plan = await withBirthDates(work);
  const fresh = await loadFresh(work, plan);
  if (!fresh?.complete) return mergeIntoRoster(work, plan);
  work.fresh.add('users');
  await mergeIdentifiers(work);
  return { users: { added: fresh.added, changed: 0, removed: 0, before: 0 }, leavingLearners: 0 };
}

async function mergeIntoRoster(work: Import, plan: MergePlan): Promise<{ users: Counts; leavingLearners: number }> {
  const leavingLearners = await noteLeaving(work);
  await keepUniqueValues(work, {
    file: 'users',
    staged: 'master',
    column: 'userMasterIdentifier',
    table: 'person',
    target: 'oid',
  });
  const counts = await mergeIntoStanding(work, plan);
  await mergeIdentifiers(work);
  await endRelationsOfTheLeaving(work);
  return { users: counts, leavingLearners };
}

/**
 * A learner who comes back under a new sourcedId (a move, a change of system) is found by the learner number, also by one
 * that was merged away; the old sourcedId must not be in the same bundle.
 */
async function followLearnerNumbers({ tx, municipality }: Import): Promise<void> {
  await tx.query({
    text: `with known as (
        select distinct on (i.person_id) i.person_id, s.sourced_id from staged_users s
        join person_identifier i on i.municipality_id = $1 and i.scheme = 'learner-number' and i.value = s.master
        where not s.bad and s.status is distinct from 'tobedeleted'
          and not exists (select from person p where p.municipality_id = $1 and p.source_id = s.sourced_id)
        order by i.person_id, s.line)
      update person p set source_id = known.sourced_id from known
      where p.municipality_id = $1 and p.id = known.person_id
        and not exists (select from staged_users o where o.sourced_id = p.source_id)
        and not exists (select from staged_users o where o.sourced_id = p.id::text)`,
    values: [municipality],
  });
}

/** One write for each person: birth dates come along when the bundle has them. */
async function withBirthDates(work: Import): Promise<MergePlan> {
  if (!work.staged.has('demographics')) return users;
  await rejectDuplicates(work, 'demographics');
  return {
    ...users,
    columns: { ...users.columns, birth_date: 'coalesce(b.birth_date, t.birth_date)' },
    joins: `left join staged_demographics b on b.sourced_id = s.sourced_id and not b.bad and b.status is distinct from 'tobedeleted'`,
  };
}

/** Who is about to leave, noted before anything is marked. */
async function noteLeaving(work: Import): Promise<number> {
  const { tx, municipality, today } = work;
  await tx.query({
    text: `create temporary table leaving_person on commit drop as select t.id from person t
      where t.municipality_id = $1 and t.source_id is not null and t.status <> 'tobedeleted' and ${goneFrom(work, 'users')}`,
    values: [municipality],
  });
  return countOf(tx, {
    text: `select distinct r.person_id from role r join leaving_person l on l.id = r.person_id
      where r.municipality_id = $1 and r.role = 'student' and (r.valid_to is null or r.valid_to > $2::date)`,
    values: [municipality, today],
  });
}

/** Whoever left keeps no role, class or child, whatever the other files say. */
async function endRelationsOfTheLeaving({ tx, municipality, today }: Import): Promise<void> {
  const values = [municipality, today];
  for (const [table, column] of relations) {
    const where = `r.municipality_id = $1 and r.${column} in (select id from leaving_person)`;
    await tx.query({ text: `delete from ${table} r where ${where} and r.valid_from >= $2::date`, values });
    await tx.query({
      text: `update ${table} r set valid_to = $2::date where ${where} and (r.valid_to is null or r.valid_to > $2::date)`,
      values,
    });
  }
}

const relations = [
  ['role', 'person_id'],
  ['enrollment', 'person_id'],
  ['guardianship', 'guardian_id'],
  ['guardianship', 'child_id'],
] as const;

/** To be asked when roles are known. */
export function countNewLearners({ tx, municipality, fresh }: Import): Promise<number> {
  const newcomers = fresh.has('users')
    ? `select p.id from person p where p.municipality_id = $1 and p.source_id is not null`
    : 'select m.id from merge_person m where m.is_new';
  return countOf(tx, {
    text: `select distinct n.id from (${newcomers}) n join role r on r.municipality_id = $1 and r.person_id = n.id where r.role = 'student'`,
    values: [municipality],
  });
}

/** Birth dates of persons whom the bundle's users.csv does not name. */
export async function mergeDemographics({ tx, municipality, problems }: Import): Promise<Counts> {
  const changed = await tx.write({
    text: `update person p set birth_date = s.birth_date from staged_demographics s
      where p.municipality_id = $1 and p.source_id = s.sourced_id and not s.bad and s.birth_date is not null
        and s.status is distinct from 'tobedeleted' and p.birth_date is distinct from s.birth_date`,
    values: [municipality],
  });
  const unknown = await tx.query<{ line: number; value: string }>({
    text: `select s.line, s.sourced_id as value from staged_demographics s
      where not s.bad and not exists (select from person p where p.municipality_id = $1 and p.source_id = s.sourced_id)`,
    values: [municipality],
  });
  for (const row of unknown) {
    const at = { file: 'demographics.csv', column: 'sourcedId', ...row };
    problems.add({ ...at, reason: 'unknown-reference', action: 'row-left-out' });
  }
  return { added: 0, changed, removed: 0, before: 0 };
}
