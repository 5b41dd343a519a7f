import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export type EndReason = 'withdrawn' | 'refused' | 'expired' | 'terminated' | 'invalidated' | 'erased';

/** The end of a consent, or with an empty purpose of everything about a person. */
export interface Ended {
  municipality: Id;
  person: Id;
  plugin: string;
  purpose: string;
  reason: EndReason;
  /** What the consent covered. */
  elements: readonly string[];
}

export interface Notice extends Ended {
  id: Id;
  host: string;
  subject: Id;
  dueAt: Date;
  attempt: number;
}

/** What an open notice of the same kind asked for is asked for anew, under a new id: an older answer does not count for it. */
export async function oweNotice(tx: Tx, notice: Omit<Notice, 'attempt'> & { at: Date }): Promise<void> {
  const { municipality, id, person, plugin, host, purpose, reason, elements, subject, at, dueAt } = notice;
  await tx.query({
    name: 'processor-owe',
    text: `insert into processor_notice (municipality_id, id, person_id, plugin, host, purpose, reason, elements, subject, asked_at, due_at, next_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10)
      on conflict (municipality_id, person_id, plugin, host, purpose) where acknowledged_at is null
      do update set id = excluded.id, reason = excluded.reason, asked_at = excluded.asked_at, next_at = excluded.next_at, attempts = 0,
        delivered_at = null, elements = array(select distinct unnest(processor_notice.elements || excluded.elements) order by 1)`,
    values: [municipality, id, person, plugin, host, purpose, reason, elements, subject, at, dueAt],
  });
}

/** Hosts that have a notice since then: what the second look need not tell again. */
export async function hostsTold(
  tx: Tx,
  { municipality, person, plugin, purpose }: Ended,
  since: Date,
): Promise<string[]> {
  const rows = await tx.query<{ host: string }>({
    text: `select distinct host from processor_notice
      where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4 and asked_at >= $5`,
    values: [municipality, person, plugin, purpose, since],
  });
  return rows.map(({ host }) => host);
}

export async function planLook(tx: Tx, ended: Ended, lookAt: Date): Promise<void> {
  const { municipality, person, plugin, purpose, reason, elements } = ended;
  await tx.query({
    name: 'processor-look',
    text: `insert into processor_second_look (municipality_id, person_id, plugin, purpose, reason, elements, look_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (municipality_id, person_id, plugin, purpose) do update set look_at = excluded.look_at, reason = excluded.reason`,
    values: [municipality, person, plugin, purpose, reason, elements, lookAt],
  });
}

export function takeLooks(tx: Tx, municipality: Id, { now, most }: { now: Date; most: number }): Promise<Ended[]> {
  return tx.query({
    name: 'processor-looks',
    text: `with due as (select person_id, plugin, purpose from processor_second_look
        where municipality_id = $1 and look_at <= $2 order by look_at limit $3 for update skip locked)
      delete from processor_second_look l using due d where l.municipality_id = $1 and l.person_id = d.person_id and l.plugin = d.plugin
        and l.purpose = d.purpose
      returning l.municipality_id as municipality, l.person_id as person, l.plugin, l.purpose, l.reason, l.elements`,
    values: [municipality, now, most],
  });
}

const columns = `n.municipality_id as municipality, n.id, n.person_id as person, n.plugin, n.host, n.purpose, n.reason, n.elements,
  n.subject, n.due_at as "dueAt", n.attempts as attempt`;

/** Takes what is due for the length of a lease; an attempt that is not reported back by then has been made all the same. */
export function claimNotices(
  tx: Tx,
  municipality: Id,
  { now, leaseEnds, most }: { now: Date; leaseEnds: Date; most: number },
): Promise<Notice[]> {
  return tx.query({
    name: 'processor-claim',
    text: `with due as (select id from processor_notice
        where municipality_id = $1 and acknowledged_at is null and next_at <= $2 order by next_at limit $4 for update skip locked)
      update processor_notice n set attempts = n.attempts + 1, next_at = $3 from due
      where n.municipality_id = $1 and n.id = due.id returning ${columns}`,
    values: [municipality, now, leaseEnds, most],
  });
}

export async function settleNotice(
  tx: Tx,
  { municipality, id, attempt }: Notice,
  { deliveredAt, nextAt }: { deliveredAt: Date | null; nextAt: Date | null },
): Promise<void> {
  await tx.query({
    name: 'processor-settle',
    text: `update processor_notice set next_at = $4, delivered_at = coalesce(delivered_at, $5)
      where municipality_id = $1 and id = $2 and attempts = $3 and acknowledged_at is null`,
    values: [municipality, id, attempt, nextAt, deliveredAt],
  });
}

export async function openNotice(tx: Tx, municipality: Id, id: string): Promise<Notice | undefined> {
  const text = `select ${columns} from processor_notice n where n.municipality_id = $1 and n.id = $2 and n.acknowledged_at is null`;
  const [row] = await tx.query<Notice>({ name: 'processor-open', text, values: [municipality, id] });
  return row;
}

/** False when somebody was faster. */
export async function markAcknowledged(
  tx: Tx,
  { municipality, id }: Pick<Notice, 'municipality' | 'id'>,
  { by, at, note }: { by: 'processor' | 'officer'; at: Date; note: string | null },
): Promise<boolean> {
  const rows = await tx.query({
    name: 'processor-acknowledged',
    text: `update processor_notice set acknowledged_at = $3, acknowledged_by = $4, note = $5, next_at = null
      where municipality_id = $1 and id = $2 and acknowledged_at is null returning 1`,
    values: [municipality, id, at, by, note],
  });
  return rows.length > 0;
}

/** Whether the host owes an acknowledgement since before now: then nothing more is sent to it, by any plugin. */
export async function isSuspended(
  tx: Tx,
  { municipality, host, now }: { municipality: Id; host: string; now: Date },
): Promise<boolean> {
  const [row] = await tx.query<{ suspended: boolean }>({
    name: 'processor-suspended',
    text: `select exists (select from processor_notice
      where municipality_id = $1 and host = $2 and acknowledged_at is null and due_at <= $3) as suspended`,
    values: [municipality, host, now],
  });
  return row!.suspended;
}

/** Hosts that have become overdue since the last time that somebody asked. */
export async function newlySuspended(tx: Tx, municipality: Id, now: Date): Promise<{ host: string; plugin: string }[]> {
  return tx.query({
    name: 'processor-overdue',
    text: `with late as (update processor_notice set suspended_at = $2
        where municipality_id = $1 and acknowledged_at is null and due_at <= $2 and suspended_at is null returning host, plugin)
      select distinct host, plugin from late`,
    values: [municipality, now],
  });
}

export interface NoticeLine {
  id: Id;
  plugin: string;
  host: string;
  purpose: string;
  reason: EndReason;
  elements: string[];
  subject: Id;
  askedAt: Date;
  dueAt: Date;
  deliveredAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: 'processor' | 'officer' | null;
  note: string | null;
}

const mostLines = 200;

/** The open ones, the most urgent first, and behind them what was acknowledged last. */
export function noticeLines(tx: Tx, municipality: Id): Promise<NoticeLine[]> {
  return tx.query({
    name: 'processor-lines',
    text: `select id, plugin, host, purpose, reason, elements, subject, asked_at as "askedAt", due_at as "dueAt", delivered_at as "deliveredAt",
        acknowledged_at as "acknowledgedAt", acknowledged_by as "acknowledgedBy", note
      from processor_notice where municipality_id = $1
      order by acknowledged_at desc nulls first, due_at, id limit ${mostLines}`,
    values: [municipality],
  });
}

/** Whose consent it was and what it covered; undefined when there never was one. */
export async function coveredElements(
  tx: Tx,
  { municipality, person, plugin, purpose }: Omit<Ended, 'elements' | 'reason'>,
): Promise<string[] | undefined> {
  const [row] = await tx.query<{ elements: string[] }>({
    name: 'processor-covered',
    text: `select elements from consent_state where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4`,
    values: [municipality, person, plugin, purpose],
  });
  return row?.elements;
}
