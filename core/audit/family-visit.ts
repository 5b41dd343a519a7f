import type { Actor } from '../identity/index.ts';
import type { Id } from '../kernel/index.ts';
import type { AuditEvent } from './audit-event.ts';

/** A guardian or a learner opened a page about the learner that shows no data element, only what is used and who looked. */
export function familyVisit(actor: Actor, child: Id): AuditEvent {
  return {
    municipality: actor.municipality.id,
    action: 'family.read',
    purpose: 'own-pages',
    actor: actor.person,
    actorRole: actor.role,
    subjects: [{ person: child, mask: 0 }],
  };
}
