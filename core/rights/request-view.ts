import type { ErasureRow, ReceiptRow } from './erasure/erasure-store.ts';
import { sourceTexts } from './export/source-words.ts';
import type { Texts } from '../kernel/index.ts';
import type { RecipientRow } from './recipients/recipient-store.ts';
import type { RequestRow } from './request-store.ts';
import { ruleText } from './erasure/retention-rules.ts';

export interface RequestFate {
  erasures: ErasureRow[];
  recipients: RecipientRow[];
  receipts: ReceiptRow[];
}

export interface OwnRequest {
  id: string;
  kind: string;
  askedAt: string;
  wish: string;
  element: string | null;
  value: string | null;
  dueOn: string;
  extension: string | null;
  state: string;
  outcome: string | null;
  reasons: string | null;
  decidedAt: string | null;
  liftedAt: string | null;
  inForce: boolean;
  erasures: ErasureShown[];
  recipients: { kind: string; name: string; state: string; acknowledgedAt: string | null }[];
  receipts: { id: string; at: string }[];
}

export interface ErasureShown {
  source: string;
  text: Texts;
  plugin: string | null;
  purpose: string | null;
  choice: string;
  rule: string;
  ruleText: Texts;
  reason: string | null;
  dueOn: string | null;
  doneAt: string | null;
  rows: number | null;
}

export function ownRequest(row: RequestRow, { erasures, recipients, receipts }: RequestFate): OwnRequest {
  const { id, kind, wish, element, value, dueOn, extension, state, outcome, reasons, inForce } = row;
  return {
    ...{ id, kind, wish, element, value, dueOn, extension, state, outcome, reasons, inForce },
    askedAt: row.askedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    liftedAt: row.liftedAt?.toISOString() ?? null,
    erasures: erasures.map(erasureShown),
    recipients: recipients.map(({ kind: of, name, state: told, acknowledgedAt }) => ({
      kind: of,
      name,
      state: told,
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
    })),
    receipts: receipts.map((receipt) => ({ id: receipt.id, at: receipt.at.toISOString() })),
  };
}

export function erasureShown(row: ErasureRow): ErasureShown {
  return {
    source: row.source,
    text: sourceTexts(row.source),
    plugin: row.plugin || null,
    purpose: row.purpose || null,
    choice: row.choice,
    rule: row.rule,
    ruleText: ruleText(row.rule),
    reason: row.reason,
    dueOn: row.dueOn,
    doneAt: row.doneAt?.toISOString() ?? null,
    rows: row.rows,
  };
}
