import type { Tx } from '../../db/index.ts';
import type { Id, Language } from '../../kernel/index.ts';

export interface QueuedMail {
  municipality: Id;
  message: Id;
  recipient: Id;
  role: 'guardian' | 'student';
  subject: Id;
  plugin: string;
  school: Id;
  purpose: string;
}

export interface DueMail extends QueuedMail {
  attempt: number;
  address: string | null;
  language: Language;
}

export async function queueMail(tx: Tx, mail: QueuedMail, { at, nextAt }: { at: Date; nextAt: Date }): Promise<void> {
  const { municipality, message, recipient, role, subject, plugin, school, purpose } = mail;
  const text = `insert into mail_outbox (municipality_id, message_id, recipient_id, recipient_role, subject_id, plugin, school_id, purpose, next_at, queued_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`;
  await tx.query({
    text,
    values: [municipality, message, recipient, role, subject, plugin, school, purpose, nextAt, at],
  });
}

/** Takes what is due for the length of a lease; an attempt that is not reported back by then has been made all the same. */
export function claimMail(
  tx: Tx,
  municipality: Id,
  { now, leaseEnds, most }: { now: Date; leaseEnds: Date; most: number },
): Promise<DueMail[]> {
  return tx.query({
    name: 'mail-claim',
    text: `with due as (select message_id, recipient_id from mail_outbox
        where municipality_id = $1 and status = 'waiting' and next_at <= $2 order by next_at limit $4 for update skip locked)
      update mail_outbox m set attempts = m.attempts + 1, next_at = $3 from due, person p
      where m.municipality_id = $1 and m.message_id = due.message_id and m.recipient_id = due.recipient_id
        and p.municipality_id = $1 and p.id = m.recipient_id
      returning m.municipality_id as municipality, m.message_id as message, m.recipient_id as recipient, m.recipient_role as role,
        m.subject_id as subject, m.plugin, m.school_id as school, m.purpose, m.attempts as attempt, p.email as address,
        case when p.language in ('fi', 'sv', 'en') then p.language else 'fi' end as language`,
    values: [municipality, now, leaseEnds, most],
  });
}

export interface MailOutcome {
  status: 'waiting' | 'sent' | 'withheld' | 'dead';
  code: string | null;
  /** When it is tried again, or when it was done. */
  at: Date;
}

export async function settleMail(
  tx: Tx,
  { municipality, message, recipient, attempt }: DueMail,
  { status, code, at }: MailOutcome,
): Promise<void> {
  await tx.query({
    text: `update mail_outbox set status = $5, code = $6, next_at = case when $5 = 'waiting' then $7 else next_at end,
        done_at = case when $5 <> 'waiting' then $7::timestamptz end
      where municipality_id = $1 and message_id = $2 and recipient_id = $3 and attempts = $4 and status = 'waiting'`,
    values: [municipality, message, recipient, attempt, status, code, at],
  });
}

/** Put off without having been tried: the quiet hours changed meanwhile. */
export async function holdMail(tx: Tx, { municipality, message, recipient }: DueMail, until: Date): Promise<void> {
  await tx.query({
    text: `update mail_outbox set next_at = $4, attempts = attempts - 1
      where municipality_id = $1 and message_id = $2 and recipient_id = $3 and status = 'waiting'`,
    values: [municipality, message, recipient, until],
  });
}

export interface UndeliveredMail {
  plugin: string;
  code: string | null;
  count: number;
  latest: Date;
}

/** What could not be sent in the last month, by plugin and reason: never to whom. */
export function undeliveredMail(tx: Tx, municipality: Id, since: Date): Promise<UndeliveredMail[]> {
  const text = `select plugin, code, count(*)::int as count, max(queued_at) as latest from mail_outbox
    where municipality_id = $1 and status = 'dead' and queued_at > $2 group by plugin, code order by 3 desc, 1, 2`;
  return tx.query({ text, values: [municipality, since] });
}

export async function forgetMail(tx: Tx, municipality: Id, before: Date): Promise<void> {
  const text = `delete from mail_outbox where municipality_id = $1 and queued_at < $2 and status <> 'waiting'`;
  await tx.query({ text, values: [municipality, before] });
}
