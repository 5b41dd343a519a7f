import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import { contactsOfGuardians } from '../../education/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { learnerOf, openElements, openScope, type SchoolDeps } from './school-deps.ts';

type Guardians = Capabilities['education.guardians'];

/** `education.guardians`: what is open of the learner decides what is told of the guardians. */
export async function guardians(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Guardians>,
): Promise<ResultOf<Guardians>> {
  const request = openScope(deps, caller, { scope: 'education.guardians', purpose: argument.purpose });
  const { actor, grant } = caller;
  if (actor.role === 'student') refuse('not-allowed', 'A learner is not told of guardians here.');
  return deps.database.inTenant(grant.municipality, async (tx) => {
    const child = await learnerOf(tx, caller, request, argument.student);
    const asked = { action: 'guardians.read' as const, subjects: [child], elements: request.elements };
    const may = (await openElements(deps, tx, caller, { request, asked })).get(child);
    if (!may) return refuse('not-allowed', 'Nothing may be read about this learner now.');
    const all = await contactsOfGuardians(tx, grant.municipality, { child, today: deps.clock.today() });
    // What one parent may know of the other is not ours to say.
    const told = actor.role === 'guardian' ? all.filter(({ id }) => id === actor.person) : all;
    return {
      guardians: told.map(({ id, name, phone, email, withheld }) => ({
        id: request.pairwise(id),
        ...(may.has('guardians.name') && { name }),
        ...(may.has('guardians.phone') && phone !== null && !withheld && { phone }),
        ...(may.has('guardians.email') && email !== null && !withheld && { email }),
      })),
    };
  });
}
