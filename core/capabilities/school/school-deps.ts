import type { Access, SubjectQuestion } from '../../access/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { beginOfDay, mergedInto } from '../../education/index.ts';
import type { Clock, Id } from '../../kernel/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { ScopeName } from '@digione/sdk/manifest';
import type { Caller } from '../caller.ts';
import { grantedElements, purposeOf } from '../scopes.ts';

/** What the doors of attendance, gradebook, calendar and guardians work with. */
export interface SchoolDeps {
  database: Database;
  access: Access;
  clock: Clock;
}

/** One request of a school door: for which purpose, with what of it granted, and the ids in the plugin's words. */
export interface SchoolRequest extends PluginWords {
  purpose: string;
  elements: string[];
}

/** Ids as the plugin writes them. */
export interface PluginWords {
  /** The real id; an invented one names nobody. */
  real(pseudonym: string): Id;
  pairwise(id: Id): Id;
}

const nobody = '00000000-0000-0000-0000-000000000000';

export function openScope(
  deps: Pick<SchoolDeps, 'access'>,
  caller: Caller,
  { scope, purpose: asked }: { scope: ScopeName; purpose: string | undefined },
): SchoolRequest {
  const purpose = purposeOf(caller.grant, scope, asked);
  return { purpose, elements: grantedElements(caller.grant, scope, purpose), ...wordsOf(deps, caller) };
}

export function wordsOf({ access }: Pick<SchoolDeps, 'access'>, { grant }: Caller): PluginWords {
  const { municipality, plugin } = grant;
  return {
    real: (pseudonym) => access.person(municipality, plugin, pseudonym) ?? nobody,
    pairwise: (id) => access.pseudonym(municipality, plugin, id),
  };
}

/** Refuses when the agreement does not give the element for the purpose. */
export function needElement({ grant }: Caller, { purpose, elements }: SchoolRequest, element: string): void {
  if (elements.includes(element)) return;
  refuse('scope-missing', `The municipality's agreement does not give "${grant.plugin}" ${element} for "${purpose}".`);
}

/** A learner named by the plugin; one who was merged into another means that one. */
export async function learnerOf(tx: Tx, { grant }: Caller, { real }: PluginWords, pseudonym: string): Promise<Id> {
  const named = real(pseudonym);
  return (await mergedInto(tx, grant.municipality, [named])).get(named) ?? named;
}

export interface LearnersAsked {
  action: SubjectQuestion['action'];
  subjects: readonly Id[];
  elements: string[];
}

/** Which of the elements are open of which learners now; what was let through is remembered as seen. */
export async function openElements(
  { access }: SchoolDeps,
  tx: Tx,
  caller: Caller,
  { request, asked }: { request: SchoolRequest; asked: LearnersAsked },
): Promise<Map<Id, ReadonlySet<string>>> {
  const { grant, actor, lease, seen } = caller;
  const { action, subjects, elements } = asked;
  if (subjects.length === 0) return new Map();
  const question = { grant, actor, purpose: request.purpose, elements, action, subjects: [...new Set(subjects)] };
  const open = await access.visibleElements(tx, { ...question, ...(lease ? { lease } : {}) });
  for (const [person, what] of open) {
    seen.persons.add(request.pairwise(person));
    for (const element of what) seen.elements.add(element);
  }
  return open;
}

/** The same for one learner, who must be open for the element; the same words whether or not there is such a learner. */
export async function needLearner(
  deps: SchoolDeps,
  tx: Tx,
  caller: Caller,
  what: { request: SchoolRequest; asked: Omit<LearnersAsked, 'subjects'>; student: Id; element: string },
): Promise<ReadonlySet<string>> {
  const { request, asked, student, element } = what;
  const open = (await openElements(deps, tx, caller, { request, asked: { ...asked, subjects: [student] } })).get(
    student,
  );
  return open?.has(element) ? open : refuse('not-allowed', 'This may not be read or written about this learner now.');
}

/** The user's own classes by their real ids, decided for the given elements. */
export async function ownClasses(
  { access }: SchoolDeps,
  { grant, actor, lease }: Caller,
  { purpose, real }: SchoolRequest,
  elements: string[],
): Promise<Set<Id>> {
  const { rows } = await access.classes({ grant, actor, purpose, elements, limit: 500, ...(lease ? { lease } : {}) });
  return new Set(rows.map(({ id }) => real(id)));
}

/** The instants of two days; refuses days that do not follow each other or lie too far apart. */
export function spanOf({ from, to }: { from: string; to: string }, mostDays: number): { from: Date; to: Date } {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (!(days > 0)) refuse('invalid-argument', 'The second day comes after the first one.');
  if (days > mostDays) refuse('invalid-argument', `Ask for ${mostDays} days at most.`);
  return { from: beginOfDay(from), to: beginOfDay(to) };
}
