import type { Day } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export type Choice = 'erase' | 'retain' | 'decline';

export interface ErasureRow {
  source: string;
  plugin: string;
  purpose: string;
  choice: Choice;
  rule: string;
  reason: string | null;
  dueOn: Day | null;
  doneAt: Date | null;
  rows: number | null;
  digest: string | null;
}

const columns = `source, plugin, purpose, choice, rule, reason, due_on as "dueOn", done_at as "doneAt", rows, digest`;

export function erasuresOf(tx: Tx, municipality: Id, request: Id): Promise<ErasureRow[]> {
  return tx.query({
    name: 'rights-erasures',
    text: `select ${columns} from rights_erasure where municipality_id = $1 and request_id = $2 order by source, plugin, purpose`,
    values: [municipality, request],
  });
}

export type NewErasure = Pick<ErasureRow, 'source' | 'plugin' | 'purpose' | 'choice' | 'rule' | 'reason' | 'dueOn'>;

export async function keepErasures(
  tx: Tx,
  at: { municipality: Id; request: Id; person: Id },
  lines: readonly NewErasure[],
): Promise<void> {
  for (const { source, plugin, purpose, choice, rule, reason, dueOn } of lines)
    await tx.query({
      name: 'rights-erasure-keep',
      text: `insert into rights_erasure (municipality_id, request_id, person_id, source, plugin, purpose, choice, rule, reason, due_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [at.municipality, at.request, at.person, source, plugin, purpose, choice, rule, reason, dueOn],
    });
}

export interface DueErasure extends ErasureRow {
  request: Id;
  person: Id;
  decidedAt: Date;
}

/** One that is due, held until the transaction ends; another node takes another one. */
export async function claimDue(tx: Tx, municipality: Id, today: Day): Promise<DueErasure | undefined> {
  const [row] = await tx.query<DueErasure>({
    name: 'rights-erasure-due',
    text: `select ${columns.replaceAll(/(^|, )/g, '$1e.')}, e.request_id as request, e.person_id as person, r.decided_at as "decidedAt"
      from rights_erasure e join rights_request r on r.municipality_id = $1 and r.id = e.request_id
      where e.municipality_id = $1 and e.done_at is null and e.due_on <= $2::date
      order by e.source = 'audit', e.due_on, e.source limit 1 for update of e skip locked`,
    values: [municipality, today],
  });
  return row;
}

type At = Pick<DueErasure, 'request' | 'source' | 'plugin' | 'purpose'> & { municipality: Id };

export async function markDone(tx: Tx, at: At, done: { at: Date; rows: number; digest: string }): Promise<void> {
  await tx.query({
    name: 'rights-erasure-done',
    text: `update rights_erasure set done_at = $6, rows = $7, digest = $8
      where municipality_id = $1 and request_id = $2 and source = $3 and plugin = $4 and purpose = $5`,
    values: [at.municipality, at.request, at.source, at.plugin, at.purpose, done.at, done.rows, done.digest],
  });
}

export async function putOff(tx: Tx, at: At, dueOn: Day): Promise<void> {
  await tx.query({
    name: 'rights-erasure-put-off',
    text: `update rights_erasure set due_on = $6 where municipality_id = $1 and request_id = $2 and source = $3 and plugin = $4 and purpose = $5`,
    values: [at.municipality, at.request, at.source, at.plugin, at.purpose, dueOn],
  });
}

export interface ReceiptRow {
  id: Id;
  at: Date;
  receipt: string;
}

export function receiptsOf(tx: Tx, municipality: Id, request: Id): Promise<ReceiptRow[]> {
  return tx.query({
    name: 'rights-receipts',
    text: 'select id, at, receipt from rights_receipt where municipality_id = $1 and request_id = $2 order by at, id',
    values: [municipality, request],
  });
}

export async function keepReceipt(tx: Tx, at: { municipality: Id; request: Id }, receipt: ReceiptRow): Promise<void> {
  await tx.query({
    name: 'rights-receipt-keep',
    text: 'insert into rights_receipt (municipality_id, id, request_id, at, receipt) values ($1, $2, $3, $4, $5)',
    values: [at.municipality, receipt.id, at.request, receipt.at, receipt.receipt],
  });
}

export async function findReceipt(
  tx: Tx,
  municipality: Id,
  id: Id,
): Promise<{ receipt: string; person: Id; askedBy: Id } | undefined> {
  const [row] = await tx.query<{ receipt: string; person: Id; askedBy: Id }>({
    name: 'rights-receipt-one',
    text: `select c.receipt, r.person_id as person, r.asked_by as "askedBy" from rights_receipt c
      join rights_request r on r.municipality_id = $1 and r.id = c.request_id where c.municipality_id = $1 and c.id = $2`,
    values: [municipality, id],
  });
  return row;
}
