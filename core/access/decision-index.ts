import { dayOfAge } from '../consent/index.ts';
import type { Id } from '../kernel/index.ts';
import { learnerRows, type LearnerRow, live, type Overlay, type Terms, termsByPurpose } from './index-rows.ts';
import { withheldBits } from './overlay-sql.ts';
import type { Lease } from './obligations.ts';
import type { Day, ViewerRole, World } from './world.ts';

/** Who asks, through what, for what. */
export interface Viewpoint {
  school: Id;
  plugin: string;
  purpose: string;
  actor: Id;
  role: ViewerRole;
  lease?: Lease;
}

/** One viewpoint over all learners of the municipality. */
export interface Lens {
  /** Bits of the elements that may be shown of the person, in the numbering of `bit`; 0 when nothing may. */
  allowed(person: Id): number;
  /** The bit of an element; 0 when it was not agreed for the purpose. */
  bit(element: string): number;
}

/**
 * Decisions from memory, for filters and forecasts where no data is read: the rows of one municipality as of one day. Agrees
 * with `decide` (a property test compares them); it is never the last word before a read.
 */
export interface DecisionIndex {
  lens(viewpoint: Viewpoint): Lens;
  setConsent(consent: World['consents'][number]): void;
}

interface Tables {
  today: Day;
  terms: Map<string, Terms>;
  learners: Map<Id, LearnerRow>;
  roles: Set<string>;
  taught: Map<Id, { class: Id; school: Id }[]>;
  guarded: Map<Id, { child: Id; canSee: boolean }[]>;
  permits: Set<string>;
  /** By `plugin purpose`, then by person. */
  consents: Map<string, Map<Id, { major: number; elements: readonly string[] }>>;
}

export function createDecisionIndex(world: World, today: Day): DecisionIndex {
  const tables: Tables = {
    today,
    terms: termsByPurpose(world),
    learners: learnerRows(world, today),
    roles: new Set(live(world.roles, today).map(({ person, role, org }) => `${person} ${role} ${org}`)),
    taught: Map.groupBy(
      live(world.enrollments, today).filter(({ role }) => role === 'teacher'),
      ({ person }) => person,
    ),
    guarded: Map.groupBy(live(world.guardianships, today), ({ guardian }) => guardian),
    permits: new Set(
      world.permits
        .filter(({ to }) => to === undefined || to > today)
        .map(({ person, permitted }) => `${person} ${permitted}`),
    ),
    consents: new Map(),
  };
  for (const consent of world.consents) keepConsent(tables, consent);
  return {
    lens: (viewpoint) => lensOf(tables, viewpoint),
    setConsent: (consent) => keepConsent(tables, consent),
  };
}

function keepConsent({ consents, today }: Tables, row: World['consents'][number]): void {
  const key = `${row.plugin} ${row.purpose}`;
  const given = consents.get(key) ?? new Map<Id, { major: number; elements: readonly string[] }>();
  consents.set(key, given);
  const isInForce = row.valid && (row.expiresOn === undefined || row.expiresOn > today);
  if (isInForce) given.set(row.person, { major: row.consentMajor, elements: row.elements });
  else given.delete(row.person);
}

function lensOf(tables: Tables, viewpoint: Viewpoint): Lens {
  const { school, plugin, purpose, actor, role, lease } = viewpoint;
  const terms = tables.terms.get(`${school} ${plugin} ${purpose}`);
  if (!terms) return { allowed: () => 0, bit: () => 0 };
  const held = lease === 'background' ? terms.background : lease === 'while-user-online' ? terms.online : ~0;
  const isRelated = relation(tables, viewpoint);
  const consents = () => tables.consents.get(`${plugin} ${purpose}`);

  function consented(person: Id, of: Terms): number {
    const given = consents()?.get(person);
    if (given === undefined || given.major !== of.consentMajor) return 0;
    let bits = 0;
    for (const element of given.elements) bits |= of.bits.get(element) ?? 0;
    return bits;
  }

  return {
    bit: (element) => terms.bits.get(element) ?? 0,
    allowed(person) {
      const learner = tables.learners.get(person);
      if (!learner?.active || !isRelated(person, learner)) return 0;
      const { overlay } = learner;
      if (overlay && isHidden(overlay, { actor, role })) return 0;
      const task = overlay?.objected ? 0 : terms.task;
      const based = terms.law | task | (terms.consent === 0 ? 0 : terms.consent & consented(person, terms));
      const agreed = based & held;
      const isOffList = overlay?.withheld && actor !== person && !tables.permits.has(`${person} ${actor}`);
      return isOffList ? agreed & ~withheldBits : agreed;
    },
  };
}

/** The relation of the viewpoint's role, with all that does not depend on the learner looked up once. */
function relation(
  tables: Tables,
  { school, actor, role, lease }: Viewpoint,
): (person: Id, learner: LearnerRow) => boolean {
  const attends = ({ classes }: LearnerRow): boolean => classes.some((one) => one.school === school);
  if (role === 'student') return (person, learner) => person === actor && attends(learner);
  if (role === 'guardian') {
    const links = Map.groupBy(tables.guarded.get(actor) ?? [], ({ child }) => child);
    return (person, learner) =>
      (links.get(person)?.every(({ canSee }) => canSee) ?? false) &&
      learner.birthDate !== undefined &&
      tables.today < dayOfAge(learner.birthDate, 18) &&
      attends(learner);
  }
  if (role === 'platform') return (_, learner) => lease === 'background' && attends(learner);
  if (!tables.roles.has(`${actor} ${role} ${school}`)) return () => false;
  if (role === 'principal') return (_, learner) => attends(learner);
  const own = (tables.taught.get(actor) ?? []).filter((row) => row.school === school).map((row) => row.class);
  const taught = new Set(own);
  return (_, { classes }) =>
    role === 'teacher' && classes.some((one) => one.school === school && taught.has(one.class));
}

function isHidden(
  { restricted, barred, privateFrom }: Overlay,
  { actor, role }: { actor: Id; role: ViewerRole },
): boolean {
  if (restricted || barred.includes(actor)) return true;
  return role === 'guardian' && (privateFrom === 'all' || privateFrom.includes(actor));
}
