import { familyTie } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../kernel/index.ts';
import { appendEvent } from './audit-event.ts';
import { answerCase, askedOf, casesOf, type CaseView, concerns, inbox, insertCase, openCasesOf } from './case-store.ts';

/** Questions of families about what the log says, and the answers of the school. */
export interface Cases {
  /** Opens a case for the school. `event` is a line of the child's log; without it the question is about none in particular. */
  ask(actor: Actor, child: string, asked: { event?: string; question: string }): Promise<{ id: Id }>;
  /** The actor's own questions about the child: what the other guardian asks is not told. */
  ofChild(actor: Actor, child: string): Promise<CaseView[]>;
  /** Cases of the principal's school; for the data protection officer those of the municipality. Open ones first. */
  inbox(actor: Actor): Promise<CaseView[]>;
  answer(actor: Actor, id: Id, text: string): Promise<void>;
}

const mostOpen = 20;

export function createCases({ database, clock }: { database: Database; clock: Clock }): Cases {
  const within = <T>(actor: Actor, work: (tx: Tx, municipality: Id) => Promise<T>) =>
    database.inTenant(actor.municipality.id, (tx) => work(tx, actor.municipality.id));

  async function log(tx: Tx, actor: Actor, action: string, persons: readonly Id[]): Promise<void> {
    const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role };
    const subjects = persons.map((person) => ({ person, mask: 0 }));
    await appendEvent(tx, { ...by, action, purpose: 'questions', subjects }, clock);
  }

  return {
    ask: (actor, child, { event, question }) =>
      within(actor, async (tx, municipality) => {
        const tie = await familyTie(tx, actor, { child, today: clock.today() });
        const about = { municipality, person: tie.child };
        const position = event === undefined ? undefined : Number(event);
        if (position !== undefined && !(await concerns(tx, about, position)))
          refuse('not-found', 'There is no such event about this child.');
        if ((await openCasesOf(tx, municipality, actor.person)) >= mostOpen)
          refuse('too-many-requests', `You have ${mostOpen} questions without an answer. Wait for the school.`);
        const id = newId();
        const asked = {
          id,
          position,
          question,
          by: actor.person,
          role: actor.role,
          at: clock.now(),
          today: clock.today(),
        };
        await insertCase(tx, about, asked);
        await log(tx, actor, 'question.ask', [tie.child]);
        return { id };
      }),

    ofChild: (actor, child) =>
      within(actor, async (tx, municipality) => {
        const tie = await familyTie(tx, actor, { child, today: clock.today() });
        return casesOf(tx, { municipality, person: tie.child }, actor.person);
      }),

    inbox: (actor) =>
      within(actor, async (tx, municipality) => {
        const found = await inbox(tx, municipality, schoolOf(actor));
        await log(tx, actor, 'question.read', [...new Set(found.map(({ child }) => child.id))]);
        return found;
      }),

    answer: (actor, id, text) =>
      within(actor, async (tx, municipality) => {
        const by = { person: actor.person, role: actor.role, school: schoolOf(actor), at: clock.now() };
        const asked = await askedOf(tx, { municipality, id, school: by.school });
        if (!asked) refuse('not-found', 'There is no such question to your school.');
        if (!(await answerCase(tx, { municipality, id }, { ...by, text })))
          refuse('conflict', 'The question was answered already.');
        await log(tx, actor, 'question.answer', [asked]);
      }),
  };
}

/** Which school's cases the actor answers; null for all. */
function schoolOf({ role, school }: Actor): Id | null {
  if (role === 'dataProtectionOfficer') return null;
  if (role === 'principal' && school) return school.id;
  return refuse('not-allowed', 'Questions go to the principal and to the data protection officer.');
}
