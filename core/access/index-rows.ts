import { elementBits } from '../audit/index.ts';
import type { Id } from '../kernel/index.ts';
import { covers, obligationsOf } from './obligations.ts';
import { type Day, holds, type Span, type World } from './world.ts';

/** What a purpose of an enabled plugin rests on, elements as bits of this purpose. */
export interface Terms {
  consentMajor: number;
  bits: Map<string, number>;
  law: number;
  task: number;
  consent: number;
  /** What may be held while the user is signed in, and by jobs. */
  online: number;
  background: number;
}

/** A learner, all that decides about the learner in one place. */
export interface LearnerRow {
  active: boolean;
  birthDate: Day | undefined;
  classes: { class: Id; school: Id }[];
  overlay: Overlay | undefined;
}

export interface Overlay {
  restricted: boolean;
  objected: boolean;
  withheld: boolean;
  privateFrom: readonly Id[] | 'all';
  barred: readonly Id[];
}

const firstCollectionBit = 20;
const lastBit = 30;

export function live<R extends { span: Span }>(rows: readonly R[], today: Day): R[] {
  return rows.filter(({ span }) => holds(span, today));
}

/** By `school plugin purpose`; only what may be used at all now. */
export function termsByPurpose(world: World): Map<string, Terms> {
  const terms = new Map<string, Terms>();
  for (const { school, plugin, agreement, status } of world.enablements) {
    const agreed = world.agreements.find(({ id }) => id === agreement);
    if (status !== 'enabled' || !agreed || agreed.status === 'terminated') continue;
    const rows = world.agreed.filter((row) => row.agreement === agreement);
    for (const [purpose, elements] of Map.groupBy(rows, (row) => row.purpose))
      terms.set(`${school} ${plugin} ${purpose}`, termsOf(elements, agreed.consentMajor));
  }
  return terms;
}

function termsOf(rows: World['agreed'], consentMajor: number): Terms {
  const of: Terms = { consentMajor, bits: new Map(), law: 0, task: 0, consent: 0, online: 0, background: 0 };
  let next = firstCollectionBit;
  for (const row of rows) {
    const { element, basis } = row;
    const { lease } = obligationsOf(row);
    const bit = elementBits[element as keyof typeof elementBits] ?? 1 << next++;
    if (next > lastBit) throw new RangeError('A purpose has more collections than the index can number.');
    of.bits.set(element, bit);
    if (basis === 'statutory') of.law |= bit;
    else if (basis === 'public-task') of.task |= bit;
    else of.consent |= bit;
    if (covers(lease, 'while-user-online')) of.online |= bit;
    if (lease === 'background') of.background |= bit;
  }
  return of;
}

export function learnerRows(world: World, today: Day): Map<Id, LearnerRow> {
  const overlays = Map.groupBy(live(world.protections, today), ({ person }) => person);
  const learners = new Map<Id, LearnerRow>();
  for (const { id, active, birthDate } of world.persons) {
    const protections = overlays.get(id);
    learners.set(id, { active, birthDate, classes: [], overlay: protections && overlayOf(protections) });
  }
  const open = new Map(world.classes.filter(({ active }) => active).map(({ id, school }) => [id, school]));
  for (const { person, role, class: id, school } of live(world.enrollments, today))
    if (role === 'student' && open.get(id) === school) learners.get(person)?.classes.push({ class: id, school });
  return learners;
}

function overlayOf(rows: World['protections']): Overlay {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const kept = of('learner-private').map(({ against }) => against);
  return {
    restricted: of('restriction').length > 0,
    objected: of('objection').length > 0,
    withheld: of('non-disclosure').length > 0,
    privateFrom: kept.includes(undefined) ? 'all' : kept.filter((against) => against !== undefined),
    barred: of('custody').flatMap(({ against }) => against ?? []),
  };
}
