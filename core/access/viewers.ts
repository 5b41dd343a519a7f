import { appendEvent, familyVisit } from '../audit/index.ts';
import { elementText, familyTie } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse, type Texts } from '../kernel/index.ts';
import { decideSubject, type FieldDecision } from './decide.ts';
import { listedAtPortal } from './portal-door.ts';
import { reasons } from './reasons.ts';
import { type PastWorld, readPastWorld } from './viewers-store.ts';
import type { Day, Question } from './world.ts';

/** Somebody who can see something of the learner. */
export interface Viewer {
  role: 'teacher' | 'principal' | 'guardian' | 'student';
  /** Null where the asker may not know it. */
  name: string | null;
  /** Null: the service's own pages. */
  plugin: string | null;
  pluginName: Texts | null;
  purpose: Texts | null;
  fields: { element: string; text: Texts; coarse: boolean }[];
}

export interface Viewers {
  on: Day;
  viewers: Viewer[];
  /** What plugins ask for and nobody sees, and why. */
  hidden: { plugin: string; pluginName: Texts | null; element: string; text: Texts; because: string; say: Texts }[];
}

export interface ViewersQuestion {
  /** Default: today. Not in the future. */
  on?: Day;
  element?: string;
}

/** "Who can see this field of my child now, and on what date in the past": the reads' own decision, asked for everybody. */
export interface ViewerPages {
  ofChild(actor: Actor, child: string, question: ViewersQuestion): Promise<Viewers>;
  /** For the data protection officer, about any learner of the municipality. */
  ofLearner(actor: Actor, person: Id, question: ViewersQuestion): Promise<Viewers>;
}

export function createViewerPages({ database, clock }: { database: Database; clock: Clock }): ViewerPages {
  const dayOf = ({ on = clock.today() }: ViewersQuestion): Day =>
    on <= clock.today() ? on : refuse('invalid', 'Choose today or an earlier day.');
  const snapshot = { isolation: 'repeatable read' } as const;
  return {
    ofChild: (actor, child, question) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const tie = await familyTie(tx, actor, { child, today: clock.today() });
          await appendEvent(tx, familyVisit(actor, tie.child), clock);
          const about = { municipality: actor.municipality.id, person: tie.child, on: dayOf(question) };
          const isNamed = (viewer: Named) =>
            viewer.id === actor.person || (!tie.withheld && (viewer.role === 'teacher' || viewer.role === 'principal'));
          return viewersOf(tx, about, { isNamed, ...question });
        },
        snapshot,
      ),
    ofLearner: (actor, person, question) =>
      database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const municipality = actor.municipality.id;
          const by = { actor: actor.person, actorRole: actor.role, subjects: [{ person, mask: 0 }] };
          await appendEvent(tx, { municipality, action: 'access.explain', ...by }, clock);
          const about = { municipality, person, on: dayOf(question) };
          return viewersOf(tx, about, { isNamed: () => true, ...question });
        },
        snapshot,
      ),
  };
}

interface Named {
  id: Id;
  role: Viewer['role'];
}

async function viewersOf(
  tx: Tx,
  about: { municipality: Id; person: Id; on: Day },
  { isNamed, element }: ViewersQuestion & { isNamed: (viewer: Named) => boolean },
): Promise<Viewers> {
  const past = await readPastWorld(tx, about);
  if (past.world.persons.length === 0) refuse('not-found', 'There is no such learner here.');
  const everybody = candidates(past, about.person);
  const asked = questionsOf(past, about.on).filter(
    ({ elements }) => element === undefined || elements.includes(element),
  );
  const decided = asked.flatMap((question) =>
    everybody.map((viewer) => ({
      question,
      viewer,
      fields: decideSubject(past.world, { ...question, actor: viewer.id, role: viewer.role }, about.person).fields,
    })),
  );
  const wanted = ([id]: [string, FieldDecision]) => element === undefined || id === element;
  const viewers = decided.flatMap(({ question, viewer, fields }) => {
    const shown = Object.entries(fields)
      .filter(wanted)
      .flatMap(([id, field]) => (field.allow ? [shownField(id, field)] : []));
    const name = isNamed(viewer) ? (past.people.find(({ id }) => id === viewer.id)?.name ?? null) : null;
    return shown.length === 0 ? [] : [{ role: viewer.role, name, ...wordsOf(past, question), fields: shown }];
  });
  return {
    on: about.on,
    viewers,
    hidden: hiddenOf(
      past,
      decided.map(({ question, fields }) => ({ question, fields })),
      wanted,
    ),
  };
}

function candidates({ world, people }: PastWorld, person: Id): Named[] {
  const known = new Set(people.map(({ id }) => id));
  const staff = world.roles.map(({ person: id, role }) => ({ id, role: role as Viewer['role'] }));
  const guardians = world.guardianships.map(({ guardian }) => ({ id: guardian, role: 'guardian' as const }));
  const all = [...staff, ...guardians, { id: person, role: 'student' as const }];
  const once = new Map(all.map((one) => [`${one.id} ${one.role}`, one]));
  return [...once.values()].filter(({ id }) => known.has(id));
}

type Asked = Omit<Question, 'actor' | 'role'>;

/** What the portal's own lists and each plugin's purposes ask for. */
function questionsOf({ world }: PastWorld, on: Day): Asked[] {
  const schools = [...new Set(world.enrollments.filter(({ role }) => role === 'student').map(({ school }) => school))];
  const own = schools.map((school) => ({ school, purpose: 'class-list', today: on, elements: [...listedAtPortal] }));
  const ofPlugins = world.enablements.flatMap(({ school, plugin, agreement }) => {
    const terms = Map.groupBy(
      world.agreed.filter((row) => row.agreement === agreement),
      ({ purpose }) => purpose,
    );
    return [...terms].map(([purpose, rows]) => ({
      school,
      plugin,
      purpose,
      today: on,
      elements: rows.map(({ element }) => element).sort(),
    }));
  });
  return [...own, ...ofPlugins];
}

function shownField(element: string, field: Extract<FieldDecision, { allow: true }>): Viewer['fields'][number] {
  return { element, text: elementText(element), coarse: field.obligations.coarse };
}

function wordsOf(
  { plugins }: PastWorld,
  { plugin, purpose }: Asked,
): Pick<Viewer, 'plugin' | 'pluginName' | 'purpose'> {
  const known = plugins.find((one) => one.plugin === plugin);
  const text = known?.purposes.find(({ id }) => id === purpose)?.text ?? null;
  return { plugin: plugin ?? null, pluginName: known?.name ?? null, purpose: text };
}

/** A relation that nobody has says little; the reason that is told is the one of somebody who has it. */
function hiddenOf(
  past: PastWorld,
  decided: { question: Asked; fields: Record<string, FieldDecision> }[],
  wanted: (entry: [string, FieldDecision]) => boolean,
): Viewers['hidden'] {
  const found = new Map<string, Viewers['hidden'][number]>();
  const seen = new Set<string>();
  for (const { question, fields } of decided.filter(({ question: { plugin } }) => plugin !== undefined))
    for (const [element, field] of Object.entries(fields).filter(wanted)) {
      const key = `${question.plugin} ${question.purpose} ${element}`;
      if (field.allow) seen.add(key);
      else if (field.code !== 'not-related' && field.code !== 'custody' && field.code !== 'learner-private') {
        const { plugin, pluginName } = wordsOf(past, question);
        const line = { plugin: plugin!, pluginName, element, text: elementText(element) };
        found.set(key, { ...line, because: field.code, say: reasons[field.code] });
      }
    }
  return [...found].filter(([key]) => !seen.has(key)).map(([, line]) => line);
}
