import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

const live = (alias: string) =>
  `${alias}.valid_from <= $2::date and (${alias}.valid_to is null or ${alias}.valid_to > $2::date)`;

/**
 * Whether guardian and child stand so that the guardian is told of the child today ($2): every link between them says so, and
 * nothing of the child is kept from the guardian. Where an order of non-disclosure lies on the child, only the named list is told.
 */
const told = (guardian: string, child: string) => `
  exists (select from guardianship l where l.municipality_id = $1 and l.guardian_id = ${guardian} and l.child_id = ${child} and ${live('l')}
    having count(*) > 0 and bool_and(l.can_see and l.notify))
  and not exists (select from protection x where x.municipality_id = $1 and x.person_id = ${child} and ${live('x')}
    and (x.kind = 'custody' and x.against_person_id = ${guardian} or x.kind = 'restriction'
      or x.kind = 'learner-private' and (x.against_person_id is null or x.against_person_id = ${guardian})
      or x.kind = 'non-disclosure' and (x.against_person_id = ${guardian} or not exists (
        select from disclosure_permit z where z.municipality_id = $1 and z.person_id = ${child} and z.permitted_id = ${guardian}
          and (z.valid_to is null or z.valid_to > $2::date)))))`;

/** Guardians who are told of the child today. */
export async function guardiansTold(
  tx: Tx,
  municipality: Id,
  { child, today }: { child: Id; today: string },
): Promise<Id[]> {
  const text = `select distinct g.guardian_id as id from guardianship g
    where g.municipality_id = $1 and g.child_id = $3 and ${told('g.guardian_id', 'g.child_id')} order by 1 limit 20`;
  return (await tx.query<{ id: Id }>({ text, values: [municipality, today, child] })).map(({ id }) => id);
}

export interface NewMessage {
  municipality: Id;
  id: Id;
  subject: Id;
  plugin: string;
  school: Id;
  title: string;
  body: string;
  sentBy: Id;
  sentAt: Date;
}

export async function insertMessage(tx: Tx, message: NewMessage, recipients: readonly Id[]): Promise<void> {
  const { municipality, id, subject, plugin, school, title, body, sentBy, sentAt } = message;
  const text = `insert into inbox_message (municipality_id, id, recipient_id, subject_id, plugin, school_id, title, body, sent_by, sent_at)
    select $1, $2, r, $4, $5, $6, $7, $8, $9, $10 from unnest($3::uuid[]) r`;
  await tx.query({
    text,
    values: [municipality, id, recipients, subject, plugin, school, title, body, sentBy, sentAt],
  });
}

export async function sentSince(
  tx: Tx,
  { municipality, plugin, school }: Pick<NewMessage, 'municipality' | 'plugin' | 'school'>,
  since: Date,
): Promise<number> {
  const text = `select count(*)::int as n from inbox_message where municipality_id = $1 and plugin = $2 and school_id = $3 and sent_at > $4`;
  const [row] = await tx.query<{ n: number }>({ text, values: [municipality, plugin, school, since] });
  return row?.n ?? 0;
}

export interface InboxRow {
  id: Id;
  plugin: string;
  title: string;
  body: string;
  sentAt: Date;
  read: boolean;
}

/** The newest messages that the person may still see: a guardian who is barred since then finds the old ones gone too. */
export function inboxOf(
  tx: Tx,
  { municipality, person, today }: { municipality: Id; person: Id; today: string },
): Promise<InboxRow[]> {
  const text = `select m.id, m.plugin, m.title, m.body, m.sent_at as "sentAt", m.read_at is not null as read from inbox_message m
    where m.municipality_id = $1 and m.recipient_id = $3 and (m.subject_id = $3 or ${told('m.recipient_id', 'm.subject_id')})
    order by m.sent_at desc, m.id desc limit 200`;
  return tx.query({ text, values: [municipality, today, person] });
}

export async function markRead(
  tx: Tx,
  { municipality, person, id, at }: { municipality: Id; person: Id; id: Id; at: Date },
): Promise<boolean> {
  const text = `update inbox_message set read_at = coalesce(read_at, $4) where municipality_id = $1 and recipient_id = $2 and id = $3 returning 1`;
  return (await tx.query({ text, values: [municipality, person, id, at] })).length > 0;
}
