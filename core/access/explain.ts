import { appendEvent } from '../audit/index.ts';
import { elementText } from '../consent/index.ts';
import type { Database } from '../db/index.ts';
import type { Actor, RoleName } from '../identity/index.ts';
import { type Clock, type Id, refuse, type Texts } from '../kernel/index.ts';
import { decide, decideSubject, type FieldDecision } from './decide.ts';
import { reasons } from './reasons.ts';
import { readWorld } from './world-store.ts';

/** "Why can't this teacher see this learner in this plugin?" */
export interface ExplainQuestion {
  school: Id;
  plugin: string;
  /** Who tries to see, and in which role. */
  viewer: Id;
  role: RoleName;
  person: Id;
}

export interface Explanation {
  visible: boolean;
  /** Why the plugin may read nobody here at all. */
  refused: { because: string; say: Texts } | null;
  fields: {
    purpose: string;
    element: string;
    text: Texts;
    allow: boolean;
    /** Legal basis of what is allowed, code of what is not. */
    because: string;
    say: Texts | null;
  }[];
}

/** Answers from the same rows and the same rules as every read; asking is itself an act that the log keeps. */
export function explain(
  { database, clock }: { database: Database; clock: Clock },
  actor: Actor,
  question: ExplainQuestion,
): Promise<Explanation> {
  const { school, plugin, viewer, role, person } = question;
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => {
      const world = await readWorld(tx, { municipality, school, plugin, actor: viewer, person });
      if (!world.persons.some(({ id }) => id === person)) refuse('not-found', 'There is no such learner here.');
      const act = {
        municipality,
        action: 'access.explain',
        school,
        plugin,
        actor: actor.person,
        actorRole: actor.role,
      };
      await appendEvent(tx, { ...act, subjects: [{ person, mask: 0 }] }, clock);
      const byPurpose = Map.groupBy(world.agreed, ({ purpose }) => purpose);
      const decided = [...byPurpose].map(([purpose, agreed]) => {
        const elements = agreed.map(({ element }) => element).sort();
        const asked = { school, plugin, purpose, actor: viewer, role, today: clock.today(), elements };
        return { purpose, ...decideSubject(world, asked, person) };
      });
      const { verdict } = decide(world, {
        school,
        plugin,
        purpose: '',
        actor: viewer,
        role,
        today: clock.today(),
        elements: [],
      });
      return {
        refused: verdict ? { because: verdict, say: reasons[verdict] } : null,
        visible: decided.some(({ visible }) => visible),
        fields: decided.flatMap(({ purpose, fields }) =>
          Object.entries(fields).map(([element, field]) => ({ purpose, element, ...lineOf(element, field) })),
        ),
      };
    },
    { isolation: 'repeatable read' },
  );
}

function lineOf(element: string, field: FieldDecision): Omit<Explanation['fields'][number], 'purpose' | 'element'> {
  const text = elementText(element);
  return field.allow
    ? { text, allow: true, because: field.basis, say: null }
    : { text, allow: false, because: field.code, say: reasons[field.code] };
}
