import { appendEvent } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Clock, Refusal } from '../kernel/index.ts';
import { type AccessQuestion, roleOf, schoolOf } from './access-question.ts';

/** Keeps that something was asked and refused. It names no learner: nothing was shown of anybody. */
export async function logRefused(
  tx: Pick<Tx, 'query'>,
  question: AccessQuestion,
  { action, refusal, clock }: { action: string; refusal: Refusal; clock: Clock },
): Promise<void> {
  const { grant, actor, purpose, elements } = question;
  const plugin = grant.kind === 'portal' ? {} : { plugin: grant.plugin, version: grant.version };
  const isPlatform = roleOf(question) === 'platform';
  const event = {
    municipality: grant.municipality,
    action,
    decision: 'deny' as const,
    reason: refusal.code,
    school: schoolOf(question),
    purpose,
    ...(isPlatform ? {} : { actor: actor.person }),
    actorRole: isPlatform ? 'platform' : actor.role,
    elements,
    ...plugin,
  };
  await appendEvent(tx, event, clock);
}
