import { lineIds } from './line-ids.ts';
import { insertNew } from './insert-new.ts';
import type { Counts, Import } from './merge-plan.ts';
import { countOf } from './merge-table.ts';

export interface GuardianshipCounts extends Counts {
  /** Links that would give somebody access and wait for a person's word. */
  waiting: number;
}

/** Who may be asked to widen access at once; without it everything new waits. */
export interface AccessConfirmation {
  confirmed: boolean;
}

/**
 * Links between children and guardians, from agentSourcedIds. What the roster no longer names ends at once. What it newly
 * names waits for confirmation, and a pair about which the municipality has made an entry of its own is left to people.
 */
export async function mergeGuardianships(work: Import, { confirmed }: AccessConfirmation): Promise<GuardianshipCounts> {
  const { tx, municipality, today } = work;
  const values = [municipality, today];
  const before = await countOf(tx, { text: `select 1 from guardianship g where ${openRegister}`, values });
  await collectPairs(work);
  const removed = await endUnnamed(work);
  await collectGains(work);
  const added = confirmed ? await addConfirmed(work) : 0;
  const waiting = await addWaiting(work);
  return { added, changed: 0, removed, before, waiting };
}

const openRegister = `g.municipality_id = $1 and g.source = 'register' and (g.valid_to is null or g.valid_to > $2::date)`;

/** One of the two must be a guardian by role; which side listed the other does not matter. */
async function collectPairs({ tx, municipality, problems }: Import): Promise<void> {
  await tx.query({
    text: `create temporary table staged_agent on commit drop as
      select line, sourced_id, unnest(string_to_array(agents, ',')) as agent from staged_users
      where not bad and status is distinct from 'tobedeleted'`,
  });
  await tx.query({
    text: `create temporary table staged_pair on commit drop as
      with listed as (
        select s.line, u.id as one, a.id as other, a.source_id as other_source from staged_agent s
        join person u on u.municipality_id = $1 and u.source_id = s.sourced_id and u.status <> 'tobedeleted'
        join person a on a.municipality_id = $1 and a.source_id = s.agent and a.status <> 'tobedeleted'
        where a.id <> u.id),
      adult as (select distinct person_id from role where municipality_id = $1 and role in ('guardian', 'parent'))
      select line, other_source, case when theirs.person_id is not null then other when ours.person_id is not null then one end as guardian,
        case when theirs.person_id is not null then one else other end as child
      from listed left join adult theirs on theirs.person_id = other left join adult ours on ours.person_id = one`,
    values: [municipality],
  });
  await tx.query({ text: 'analyze staged_pair' });
  const nobody = await tx.query<{ line: number; value: string }>({
    text: `select line, other_source as value from staged_pair where guardian is null
      union all
      select s.line, s.agent from staged_agent s
      where not exists (select from person a where a.municipality_id = $1 and a.source_id = s.agent)`,
    values: [municipality],
  });
  for (const row of nobody) {
    const at = { file: 'users.csv', column: 'agentSourcedIds', ...row };
    problems.add({ ...at, reason: 'not-a-guardian', action: 'value-left-out' });
  }
}

/** Only children whose own row was read are judged; a file without the column says nothing. */
async function endUnnamed({ tx, municipality, today, staged }: Import): Promise<number> {
  if (!staged.get('users')!.columns.has('agentsourcedids')) return 0;
  const unnamed = `${openRegister}
    and g.child_id in (select p.id from staged_users s join person p on p.municipality_id = $1 and p.source_id = s.sourced_id where not s.bad)
    and not exists (select from staged_pair n where n.guardian = g.guardian_id and n.child = g.child_id)`;
  const values = [municipality, today];
  const unbegun = await tx.write({
    text: `delete from guardianship g where ${unnamed} and g.valid_from >= $2::date`,
    values,
  });
  const ended = await tx.write({ text: `update guardianship g set valid_to = $2::date where ${unnamed}`, values });
  return unbegun + ended;
}

/** A pair that is open already, or that the municipality decides itself (court, manual), is no gain. */
async function collectGains({ tx, municipality, today }: Import): Promise<void> {
  await tx.query({
    text: `create temporary table gained_pair on commit drop as
      select distinct n.guardian, n.child,
        exists (select from protection c where c.municipality_id = $1 and c.kind = 'custody' and c.person_id = n.child
          and c.against_person_id = n.guardian and (c.valid_to is null or c.valid_to > $2::date)) as barred
      from staged_pair n
      where n.guardian is not null and not exists (
        select from guardianship g where g.municipality_id = $1 and g.guardian_id = n.guardian and g.child_id = n.child
          and (g.valid_to is null or g.valid_to > $2::date))`,
    values: [municipality, today],
  });
}

/** Even a confirmed load does not pass a custody entry: those pairs wait to be looked at one by one. */
async function addConfirmed({ tx, municipality, today, clock }: Import): Promise<number> {
  return insertNew(tx, {
    text: `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
      select $1, ${lineIds(clock)('row_number() over (order by child, guardian)')}, guardian, child, true, true, true, true,
        'register', $2::date from gained_pair p where not barred
        and not exists (select from guardianship g where g.municipality_id = $1 and g.guardian_id = p.guardian
          and g.child_id = p.child and g.source = 'register' and g.valid_from = $2::date)
      order by child, guardian`,
    values: [municipality, today],
  });
}

async function addWaiting({ tx, municipality, today }: Import): Promise<number> {
  return tx.write({
    text: `insert into pending_access (municipality_id, id, kind, person_id, child_id, valid_from, created_at)
      select $1, new_id(), 'guardianship', guardian, child, $2::date, now() from gained_pair p
      where not exists (select from guardianship g where g.municipality_id = $1 and g.guardian_id = p.guardian
        and g.child_id = p.child and g.source = 'register' and (g.valid_to is null or g.valid_to > $2::date))
      on conflict do nothing`,
    values: [municipality, today],
  });
}

/** SQL: the role of row `alias` opens a whole school or municipality. */
export const isPrivileged = (alias: string): string =>
  `${alias}.role in ('principal', 'siteAdministrator', 'districtAdministrator', 'systemAdministrator')`;

/** Roles that open a whole school or municipality wait for confirmation; taking such a role away, or shortening it, does not. */
export async function holdPrivilegedRoles({ tx, municipality, today }: Import): Promise<number> {
  const widens = `${isPrivileged('m')} and (m.is_new or exists (
    select from role t where t.municipality_id = $1 and t.id = m.id
      and (t.valid_from > greatest(m.valid_from, $2::date) or (t.valid_to is not null and (m.valid_to is null or m.valid_to > t.valid_to)))))`;
  const waiting = await tx.write({
    text: `insert into pending_access (municipality_id, id, kind, person_id, role, org_id, valid_from, valid_to, source_id, created_at)
      select $1, new_id(), 'role', m.person_id, m.role, m.org_id, m.valid_from, m.valid_to, m.source_id, now()
      from merge_role m where ${widens} on conflict do nothing`,
    values: [municipality, today],
  });
  await tx.query({ text: `delete from merge_role m where ${widens}`, values: [municipality, today] });
  return waiting;
}
