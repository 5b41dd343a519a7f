import type { Database, Tx } from '../../db/index.ts';
import { refuse, type Clock, type Id } from '../../kernel/index.ts';

/** Access that an import would have given, and that waits for somebody of the municipality. */
export interface PendingAccess {
  id: Id;
  kind: 'guardianship' | 'role';
  person: { id: Id; name: string };
  /** Whose data a guardian would see. */
  child: { id: Id; name: string } | null;
  role: string | null;
  org: { id: Id; name: string } | null;
  since: Date;
  /** A custody entry stands against this guardian: look twice. */
  custody: boolean;
}

export interface AccessDecision {
  municipality: Id;
  pending: Id;
  decision: 'confirm' | 'decline';
  /** The person who decides. */
  by: Id;
}

export function listPendingAccess(tx: Tx, municipality: Id, limit = 200): Promise<PendingAccess[]> {
  const named = (alias: string): string =>
    `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, 'name', ${alias}.given_name || ' ' || ${alias}.family_name) end`;
  return tx.query({
    name: 'pending-access',
    text: `select a.id, a.kind, ${named('p')} as person, ${named('c')} as child, a.role,
        case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end as org, a.created_at as since,
        exists (select from protection x where x.municipality_id = a.municipality_id and x.kind = 'custody'
          and x.person_id = a.child_id and x.against_person_id = a.person_id) as custody
      from pending_access a
      join person p on p.municipality_id = a.municipality_id and p.id = a.person_id
      left join person c on c.municipality_id = a.municipality_id and c.id = a.child_id
      left join org o on o.municipality_id = a.municipality_id and o.id = a.org_id
      where a.municipality_id = $1 and a.state = 'waiting' order by a.created_at, a.id limit $2`,
    values: [municipality, Math.min(limit, 1_000)],
  });
}

/** Gives the access, or notes that it was declined: then later imports don't ask again. */
export async function decidePendingAccess(database: Database, clock: Clock, decision: AccessDecision): Promise<void> {
  const { municipality, pending, by } = decision;
  const state = decision.decision === 'confirm' ? 'confirmed' : 'declined';
  await database.inTenant(municipality, async (tx) => {
    const [row] = await tx.query<{ kind: PendingAccess['kind'] }>({
      text: `update pending_access set state = $3, decided_by = $4, decided_at = $5
        where municipality_id = $1 and id = $2 and state = 'waiting' returning kind`,
      values: [municipality, pending, state, by, clock.now()],
    });
    if (!row) refuse('not-found', 'This access does not wait for a decision, or not any more.');
    if (state === 'confirmed') await give(tx, row.kind, [municipality, pending, clock.today()]);
  });
}

async function give(tx: Tx, kind: PendingAccess['kind'], values: unknown[]): Promise<void> {
  const insertion = {
    guardianship: `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
      select municipality_id, id, person_id, child_id, true, true, true, true, 'register', $3::date`,
    role: `insert into role (municipality_id, id, person_id, role, org_id, valid_from, valid_to, source_id)
      select municipality_id, id, person_id, role, org_id, greatest(valid_from, $3::date), valid_to, source_id`,
  }[kind];
  await tx.query({
    text: `${insertion} from pending_access where municipality_id = $1 and id = $2
        and (valid_to is null or valid_to > $3::date) on conflict do nothing`,
    values,
  });
}
