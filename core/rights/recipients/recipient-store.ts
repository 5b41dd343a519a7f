import { disclosuresOf, elementBits } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface RecipientRow {
  kind: 'plugin' | 'processor';
  name: string;
  elements: string[];
  lastReadAt: Date;
  state: 'to-tell' | 'told' | 'acknowledged';
  toldAt: Date | null;
  acknowledgedAt: Date | null;
  note: string | null;
}

export function recipientsOf(tx: Tx, municipality: Id, request: Id): Promise<RecipientRow[]> {
  return tx.query({
    name: 'rights-recipients',
    text: `select kind, name, elements, last_read_at as "lastReadAt", state, told_at as "toldAt", acknowledged_at as "acknowledgedAt", note
      from rights_recipient where municipality_id = $1 and request_id = $2 order by kind, name`,
    values: [municipality, request],
  });
}

export interface FoundRecipient {
  kind: RecipientRow['kind'];
  name: string;
  elements: string[];
  lastReadAt: Date;
}

/** Recipients of one data element, or of any. */
export async function findRecipients(
  tx: Tx,
  municipality: Id,
  { person, element }: { person: Id; element: string | null },
): Promise<FoundRecipient[]> {
  const found = new Map<string, FoundRecipient>();
  for (const { kind, name, elements: given, at } of await disclosuresOf(tx, municipality, person)) {
    if (element !== null && element in elementBits && !given.includes(element)) continue;
    const before = found.get(`${kind} ${name}`);
    const all = [...new Set([...(before?.elements ?? []), ...given])].sort();
    const lastReadAt = before && before.lastReadAt > at ? before.lastReadAt : at;
    found.set(`${kind} ${name}`, { kind, name, elements: all, lastReadAt });
  }
  return [...found.values()];
}

export async function keepRecipients(
  tx: Tx,
  at: { municipality: Id; request: Id },
  found: readonly FoundRecipient[],
): Promise<void> {
  for (const { kind, name, elements, lastReadAt } of found)
    await tx.query({
      name: 'rights-recipient-keep',
      text: `insert into rights_recipient (municipality_id, request_id, kind, name, elements, last_read_at)
        values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      values: [at.municipality, at.request, kind, name, elements, lastReadAt],
    });
}

/** One step on: told, then acknowledged. False when there is no such recipient that waits for it. */
export async function markRecipient(
  tx: Tx,
  at: { municipality: Id; request: Id },
  step: { kind: string; name: string; state: 'told' | 'acknowledged'; now: Date; note: string | null },
): Promise<boolean> {
  const { kind, name, state, now, note } = step;
  const from = state === 'told' ? 'to-tell' : 'told';
  const rows = await tx.query({
    name: 'rights-recipient-mark',
    text: `update rights_recipient set state = $5, told_at = coalesce(told_at, $6),
        acknowledged_at = case when $5 = 'acknowledged' then $6::timestamptz end, note = coalesce($7, note)
      where municipality_id = $1 and request_id = $2 and kind = $3 and name = $4 and state = $8 returning 1`,
    values: [at.municipality, at.request, kind, name, state, now, note, from],
  });
  return rows.length > 0;
}
