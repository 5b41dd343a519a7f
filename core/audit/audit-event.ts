import type { Clock, Id } from '../kernel/index.ts';
import type { Tx } from '../db/index.ts';

/** One person whom an event concerns, and the elements that were shown of the person (see element-bits). */
export interface AuditSubject {
  person: Id;
  mask: number;
}

/** A read of personal data or an act about it. */
export interface AuditEvent {
  municipality: Id;
  /** `<noun>.<verb>`: students.read, storage.write, consent.withdraw, enablement.stop … */
  action: string;
  decision?: 'allow' | 'deny';
  /** Refusal code of a denied read, or the reason a person gave. */
  reason?: string;
  school?: Id;
  plugin?: string;
  version?: string;
  purpose?: string;
  /** Absent when the platform itself acts. */
  actor?: Id;
  actorRole: string;
  elements?: readonly string[];
  subjects?: readonly AuditSubject[];
  revision?: number;
}

/** Columns in the order in which every statement that writes an event names them. */
export const eventColumns =
  'municipality_id, at, action, decision, reason, school_id, plugin, version, purpose, actor_id, actor_role, elements, subjects, masks, revision';

const append = `insert into audit_event (${eventColumns})
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning position`;

/** Writes the event in the caller's transaction: what the transaction does is durable only together with its event. */
export async function appendEvent(tx: Pick<Tx, 'query'>, event: AuditEvent, clock: Clock): Promise<void> {
  await appendNumbered(tx, event, clock);
}

/** The same; returns the event's position. */
export async function appendNumbered(tx: Pick<Tx, 'query'>, event: AuditEvent, clock: Clock): Promise<number> {
  const { municipality, action, decision = 'allow', actorRole, elements = [], subjects = [] } = event;
  const [row] = await tx.query<{ position: number }>({
    name: 'audit-append',
    text: append,
    values: [
      municipality,
      clock.now(),
      action,
      decision,
      event.reason,
      event.school,
      event.plugin,
      event.version,
      event.purpose,
      event.actor,
      actorRole,
      elements,
      subjects.map(({ person }) => person),
      subjects.map(({ mask }) => mask),
      event.revision,
    ],
  });
  return row!.position;
}
