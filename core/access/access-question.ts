import { bitsOf } from '../audit/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import { checkDeclared, type Grant } from './grant.ts';
import type { Lease } from './obligations.ts';
import { platformActor } from './platform-actor.ts';
import { isRelatedRole, type RelatedRole } from './relation-sql.ts';

/** Who asks, through which door, for what and why. */
export interface AccessQuestion {
  grant: Grant;
  actor: Actor;
  purpose: string;
  elements: readonly string[];
  /** Default: the grant's school; the portal's door names it. */
  school?: Id;
  lease?: Lease;
}

const mostElements = 40;

/** The role of the actor, if it is one that has a relation to learners. Everything else is refused before any read. */
export function checkQuestion(question: AccessQuestion): RelatedRole {
  const { grant, actor, purpose, elements } = question;
  if (grant.municipality !== actor.municipality.id) refuse('not-allowed', 'You act in another municipality.');
  const role = roleOf(question);
  if (role === undefined)
    refuse('not-allowed', 'Your role has no relation to learners. Change the role, or ask the school.');
  if (elements.length === 0 || elements.length > mostElements || bitsOf(elements).includes(0))
    refuse('invalid-argument', `Ask for 1–${mostElements} known data elements.`);
  checkDeclared(grant, purpose, elements);
  return role;
}

/** The platform itself has a relation only to a plugin's background work; a person keeps the relation of the role. */
export function roleOf({ grant, actor, lease }: AccessQuestion): RelatedRole | undefined {
  if (actor.person === platformActor) return lease === 'background' && grant.kind !== 'portal' ? 'platform' : undefined;
  if (actor.role === 'support') return actor.visit && grant.kind === 'portal' ? 'support' : undefined;
  return isRelatedRole(actor.role) ? actor.role : undefined;
}

/** Parameters $1–$17 of the decision statement (decision-sql.ts). */
export function parametersOf(
  question: AccessQuestion,
  more: { action: string; clock: Clock; class?: Id; only?: readonly Id[]; limit: number; after?: Id },
): unknown[] {
  const { grant, actor, purpose, elements, lease = 'during-request' } = question;
  const plugin = grant.kind === 'portal' ? undefined : grant;
  return [
    grant.municipality,
    schoolOf(question),
    actor.person,
    more.clock.today(),
    plugin?.plugin,
    purpose,
    elements,
    bitsOf(elements),
    more.class,
    more.clock.now(),
    more.action,
    roleOf(question),
    plugin?.version,
    lease,
    more.only,
    more.limit,
    more.after,
  ];
}

export function schoolOf({ grant, school, actor }: AccessQuestion): Id {
  const named = school ?? (grant.kind === 'portal' ? actor.school?.id : grant.school);
  if (named === undefined) refuse('invalid', 'No school is chosen.');
  if (grant.kind !== 'portal' && named !== grant.school)
    refuse('not-allowed', 'The plugin was enabled in another school.');
  return named;
}
