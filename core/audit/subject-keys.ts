import type { Tx } from '../db/index.ts';
import type { Clock, Id } from '../kernel/index.ts';

export interface KeyOf {
  municipality: Id;
  person: Id;
}

/**
 * Destroys the key of a person's sub-leaves, in the caller's transaction. From then on nobody can show or tell from the tree
 * which of its salted hashes are about the person; the hashes stay, so everybody else's proofs do too. For good: what is
 * logged about the person later is salted with keys that nobody keeps. Returns false when it was destroyed before.
 */
export async function destroySubjectKey(tx: Tx, { municipality, person }: KeyOf, clock: Clock): Promise<boolean> {
  const rows = await tx.query({
    name: 'audit-key-destroy',
    text: `insert into audit_subject_key as k (municipality_id, person_id, salt, destroyed_at) values ($1, $2, null, $3)
      on conflict (municipality_id, person_id) do update set salt = null, destroyed_at = excluded.destroyed_at
      where k.salt is not null returning 1`,
    values: [municipality, person, clock.now()],
  });
  return rows.length > 0;
}
