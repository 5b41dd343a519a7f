import { elementBits } from '../audit/index.ts';
import { dayOfAge } from '../consent/index.ts';
import type { RoleName } from '../identity/index.ts';
import type { Id } from '../kernel/index.ts';
import { type Day, holds, type Span, type World } from './world.ts';

/** One person, asked about without reading any data of the person. */
export interface IndexQuestion {
  school: Id;
  plugin: string;
  purpose: string;
  actor: Id;
  role: RoleName;
  person: Id;
  background?: boolean;
}

/**
 * Decisions from memory, for filters and forecasts where no data is read: the rows of one municipality as of one day, ids
 * interned to small numbers. Agrees with `decide` (a property test compares them); it is never the last word before a read.
 */
export interface DecisionIndex {
  /** Bits of the elements that may be shown, in the numbering of `bit`; 0 when nothing may. */
  allowed(question: IndexQuestion): number;
  /** The bit of an element in the masks of this purpose; 0 when it was not agreed. */
  bit(question: { school: Id; plugin: string; purpose: string }, element: string): number;
  setConsent(consent: World['consents'][number]): void;
}

interface Terms {
  consentMajor: number;
  bits: Map<string, number>;
  law: number;
  task: number;
  consent: number;
  background: number;
}

interface Overlay {
  restricted: boolean;
  objected: boolean;
  withheld: boolean;
  privateFrom: Id[] | 'all' | undefined;
  barred: Id[];
}

const firstCollectionBit = 14;
const lastBit = 30;
const withheldBits =
  elementBits['students.email'] |
  elementBits['students.phone'] |
  elementBits['students.address'] |
  elementBits['students.photo'] |
  elementBits['guardians.phone'] |
  elementBits['guardians.email'];
/** More persons or purposes than a municipality can have; keeps pair keys below 2^53. */
const pairBase = 2 ** 26;

export function createDecisionIndex(world: World, today: Day): DecisionIndex {
  const numbers = new Map<string, number>();
  const number = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const pair = (one: number, other: number): number => one * pairBase + other;
  const live = <R extends { span: Span }>(rows: readonly R[]): R[] => rows.filter(({ span }) => holds(span, today));

  const terms = new Map<string, Terms>();
  for (const { school, plugin, agreement, status } of world.enablements) {
    const agreed = world.agreements.find(({ id }) => id === agreement);
    if (status !== 'enabled' || agreed?.status !== 'valid' || agreed.expiresOn <= today) continue;
    for (const [purpose, rows] of Map.groupBy(
      world.agreed.filter((row) => row.agreement === agreement),
      (row) => row.purpose,
    ))
      terms.set(`${school} ${plugin} ${purpose}`, termsOf(rows, agreed.consentMajor));
  }

  const active = new Map(world.persons.filter((row) => row.active).map((row) => [row.id, row]));
  const open = new Map(world.classes.filter((row) => row.active).map((row) => [row.id, row.school]));
  const roles = new Set(live(world.roles).map(({ person, role, org }) => `${person} ${role} ${org}`));
  const attends = new Map<Id, { class: number; school: Id }[]>();
  const teaches = new Set<number>();
  for (const row of live(world.enrollments)) {
    if (open.get(row.class) !== row.school) continue;
    if (row.role === 'teacher') teaches.add(pair(number(row.person), number(row.class)));
    else
      attends.set(row.person, [...(attends.get(row.person) ?? []), { class: number(row.class), school: row.school }]);
  }
  const sees = new Map<number, boolean>();
  for (const { guardian, child, canSee } of live(world.guardianships)) {
    const key = pair(number(guardian), number(child));
    sees.set(key, canSee && (sees.get(key) ?? true));
  }
  const overlays = new Map(
    [...Map.groupBy(live(world.protections), ({ person }) => person)].map(([id, rows]) => [id, overlayOf(rows)]),
  );
  const permits = new Set(
    world.permits
      .filter(({ to }) => to === undefined || to > today)
      .map(({ person, permitted }) => `${person} ${permitted}`),
  );

  /** Consents by (person, plugin and purpose): the elements as bits are fixed when asked for, so only rows are kept. */
  const consents = new Map<number, { major: number; elements: readonly string[] }>();
  const setConsent = (row: World['consents'][number]): void => {
    const key = pair(number(row.person), number(`${row.plugin} ${row.purpose}`));
    const isInForce = row.valid && (row.expiresOn === undefined || row.expiresOn > today);
    if (isInForce) consents.set(key, { major: row.consentMajor, elements: row.elements });
    else consents.delete(key);
  };
  for (const row of world.consents) setConsent(row);

  function isRelated({ role, actor, person, school }: IndexQuestion): boolean {
    const classes = attends.get(person);
    if (!classes?.some((one) => one.school === school)) return false;
    if (role === 'student') return actor === person;
    if (role === 'guardian') {
      const birthDate = active.get(person)?.birthDate;
      const isChild = birthDate !== undefined && today < dayOfAge(birthDate, 18);
      return isChild && sees.get(pair(number(actor), number(person))) === true;
    }
    if (!roles.has(`${actor} ${role} ${school}`)) return false;
    if (role === 'principal') return true;
    return (
      role === 'teacher' && classes.some((one) => one.school === school && teaches.has(pair(number(actor), one.class)))
    );
  }

  function consented({ person, plugin, purpose }: IndexQuestion, of: Terms): number {
    const given = consents.get(pair(number(person), number(`${plugin} ${purpose}`)));
    if (given === undefined || given.major !== of.consentMajor) return 0;
    let bits = 0;
    for (const element of given.elements) bits |= of.bits.get(element) ?? 0;
    return bits;
  }

  return {
    setConsent,
    bit: ({ school, plugin, purpose }, element) => terms.get(`${school} ${plugin} ${purpose}`)?.bits.get(element) ?? 0,
    allowed(question) {
      const { school, plugin, purpose, actor, role, person } = question;
      const of = terms.get(`${school} ${plugin} ${purpose}`);
      if (!of || !active.has(person) || !isRelated(question)) return 0;
      const overlay = overlays.get(person);
      if (overlay && isHidden(overlay, { actor, role })) return 0;
      const based =
        of.law | (overlay?.objected ? 0 : of.task) | (of.consent === 0 ? 0 : of.consent & consented(question, of));
      const agreed = question.background ? based & of.background : based;
      const isOffList = overlay?.withheld && actor !== person && !permits.has(`${person} ${actor}`);
      return isOffList ? agreed & ~withheldBits : agreed;
    },
  };
}

function termsOf(rows: World['agreed'], consentMajor: number): Terms {
  const of: Terms = { consentMajor, bits: new Map(), law: 0, task: 0, consent: 0, background: 0 };
  let next = firstCollectionBit;
  for (const { element, basis, background } of rows) {
    const bit = elementBits[element as keyof typeof elementBits] ?? 1 << next++;
    if (next > lastBit) throw new RangeError('A purpose has more collections than the index can number.');
    of.bits.set(element, bit);
    if (basis === 'statutory') of.law |= bit;
    else if (basis === 'public-task') of.task |= bit;
    else of.consent |= bit;
    if (background) of.background |= bit;
  }
  return of;
}

function overlayOf(rows: World['protections']): Overlay {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const kept = of('learner-private').map(({ against }) => against);
  return {
    restricted: of('restriction').length > 0,
    objected: of('objection').length > 0,
    withheld: of('non-disclosure').length > 0,
    privateFrom: kept.includes(undefined) ? 'all' : (kept as Id[]),
    barred: of('custody').flatMap(({ against }) => against ?? []),
  };
}

function isHidden(
  { restricted, barred, privateFrom }: Overlay,
  { actor, role }: { actor: Id; role: RoleName },
): boolean {
  if (restricted || barred.includes(actor)) return true;
  return role === 'guardian' && (privateFrom === 'all' || (privateFrom?.includes(actor) ?? false));
}
