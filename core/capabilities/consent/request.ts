import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import { appendEvent } from '../../audit/index.ts';
import { requestConsent } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { learnerOf, type SchoolDeps, wordsOf } from '../school/school-deps.ts';

type Request = Capabilities['consent.request'];

/** `consent.request`: about a learner whom the user and the plugin may see for any purpose. It tells nothing of the answer. */
export async function request(
  deps: SchoolDeps,
  caller: Caller,
  { subject, purpose }: ArgumentOf<Request>,
): Promise<ResultOf<Request>> {
  const { grant, actor } = caller;
  const { municipality, plugin, version, school } = grant;
  if (actor.role !== 'teacher' && actor.role !== 'principal')
    refuse('not-allowed', 'Families are asked on behalf of the school’s staff.');
  await deps.database.inTenant(municipality, async (tx) => {
    const child = await learnerOf(tx, caller, wordsOf(deps, caller), subject);
    if (!(await isSeen(deps, tx, caller, child)))
      refuse('not-allowed', 'No family may be asked about this learner now.');
    const at = deps.clock.now();
    const key = { municipality, child, plugin, purpose };
    const put = await requestConsent(tx, { ...key, at, today: deps.clock.today() });
    if (!put) refuse('not-allowed', `Nothing of "${purpose}" rests on consent in this school.`);
    const act = { municipality, action: 'consent.request', plugin, version, school, purpose };
    const who = { actor: actor.person, actorRole: actor.role, subjects: [{ person: child, mask: 0 }] };
    if (put.asked) await appendEvent(tx, { ...act, ...who }, deps.clock);
  });
  return { passedOn: true };
}

/** The purpose itself shows nobody yet: any other one of the agreement will do. */
async function isSeen({ access }: SchoolDeps, tx: Tx, { grant, actor, lease }: Caller, child: Id): Promise<boolean> {
  for (const [purpose, rows] of Map.groupBy(grant.elements, (row) => row.purpose)) {
    const elements = rows.map(({ element }) => element);
    const question = { grant, actor, purpose, elements, action: 'consent.request' as const, subjects: [child] };
    if ((await access.visibleSubjects(tx, { ...question, ...(lease ? { lease } : {}) })).has(child)) return true;
  }
  return false;
}
