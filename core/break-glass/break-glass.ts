import type { Access, StudentRow } from '../access/index.ts';
import type { Audit } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../kernel/index.ts';
import { answerOpening, insertOpening, lockOpening, type Opening, openingsOf, stampOpening } from './opening-store.ts';
import { stateOf } from './opening-state.ts';

export interface BreakGlassDeps {
  database: Database;
  clock: Clock;
  access: Access;
  audit: Pick<Audit, 'append'>;
}

/** Emergency access to what a non-disclosure order withholds: a reason, a second person, an hour, nothing but looking. */
export interface BreakGlass {
  /** The same for every learner of one's own: who is under an order is not told. */
  ask(actor: Actor, asked: { learner: Id; reason: string }): Promise<{ id: Id }>;
  /** One's own; for those who answer, those of their school or municipality. */
  list(actor: Actor): Promise<Opening[]>;
  open(actor: Actor, id: Id): Promise<void>;
  refuse(actor: Actor, id: Id): Promise<void>;
  /** Before its time: by who asked, or who may answer. */
  close(actor: Actor, id: Id): Promise<void>;
  /** The contacts, to who asked, while it is open. Each look is an event. */
  look(actor: Actor, id: Id): Promise<{ learner: StudentRow; until: Date }>;
  /** The data protection officer has taken note. */
  note(actor: Actor, id: Id): Promise<void>;
}

const minutes = 60;
const purpose = 'break-glass';
const contacts = [
  'students.givenName',
  'students.familyName',
  'students.email',
  'students.phone',
  'students.address',
] as const;

export function createBreakGlass(deps: BreakGlassDeps): BreakGlass {
  const { database, clock, access } = deps;
  const within = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => database.inTenant(actor.municipality.id, work);
  return {
    ask: (actor, asked) => within(actor, (tx) => ask(tx, actor, { ...asked, deps })),
    list: (actor) =>
      within(actor, (tx) =>
        openingsOf(tx, {
          municipality: actor.municipality.id,
          ...(actor.role === 'teacher' && { asker: actor.person }),
          ...(actor.role === 'principal' && actor.school && { school: actor.school.id }),
        }),
      ),
    open: (actor, id) => within(actor, (tx) => answer(tx, actor, { id, answer: 'opened', deps })),
    refuse: (actor, id) => within(actor, (tx) => answer(tx, actor, { id, answer: 'refused', deps })),
    close: (actor, id) =>
      within(actor, async (tx) => {
        const opening = await found(tx, actor, id);
        if (opening.asker.id !== actor.person && !mayAnswer(actor, opening)) refuseUnknown();
        if (stateOf(opening, clock.now()) !== 'open') refuse('conflict', 'It is not open any more.');
        await stampOpening(tx, at(actor, id), { column: 'closed_at', at: clock.now() });
        await log(tx, actor, { action: 'break-glass.close', opening, deps });
      }),
    async look(actor, id) {
      const opening = await within(actor, (tx) => found(tx, actor, id));
      if (opening.asker.id !== actor.person) refuseUnknown();
      if (stateOf(opening, clock.now()) !== 'open')
        refuse('not-allowed', 'This is not open, or not any more. Ask again if it is still needed.');
      const grant = { kind: 'portal', municipality: actor.municipality.id, purpose } as const;
      const question = { grant, actor, purpose, elements: [...contacts], school: opening.school.id };
      const learner = await access.student({ ...question, person: opening.learner.id });
      return { learner, until: opening.endsAt! };
    },
    note: (actor, id) =>
      within(actor, async (tx) => {
        const opening = await found(tx, actor, id);
        await stampOpening(tx, at(actor, id), { column: 'noted_at', at: clock.now() });
        await log(tx, actor, { action: 'break-glass.note', opening, deps });
      }),
  };
}

async function ask(
  tx: Tx,
  actor: Actor,
  { learner, reason, deps }: { learner: Id; reason: string; deps: BreakGlassDeps },
): Promise<{ id: Id }> {
  const { access, clock } = deps;
  const municipality = actor.municipality.id;
  const school = actor.school?.id ?? refuse('not-allowed', 'Choose your role in a school first.');
  const grant = { kind: 'portal', municipality, purpose } as const;
  // Only for learners to whom the actor has a relation today; the question itself is the event.
  const question = {
    grant,
    actor,
    purpose,
    elements: ['students.givenName'],
    school,
    action: 'break-glass.ask',
  } as const;
  await access.mayTouchSubject(tx, { ...question, subject: learner });
  const askedAt = deps.clock.now();
  const opening = {
    municipality,
    id: newId(),
    learner,
    school,
    asker: { person: actor.person, account: actor.account, role: actor.role },
    reason,
    askedAt,
    lapsesAt: new Date(clock.now().getTime() + minutes * 60_000),
  };
  await insertOpening(tx, opening);
  return { id: opening.id };
}

async function answer(
  tx: Tx,
  actor: Actor,
  { id, answer: said, deps }: { id: Id; answer: 'opened' | 'refused'; deps: BreakGlassDeps },
): Promise<void> {
  const now = deps.clock.now();
  const opening = await found(tx, actor, id);
  if (opening.asker.id === actor.person || opening.asker.account === actor.account)
    refuse('not-allowed', 'You asked for it yourself. It takes a second person.');
  if (!mayAnswer(actor, opening)) refuseUnknown();
  if (stateOf(opening, now) !== 'waiting') refuse('conflict', 'It was answered already, or it has lapsed.');
  const endsAt = said === 'opened' ? new Date(now.getTime() + minutes * 60_000) : null;
  await answerOpening(tx, at(actor, id), { answer: said, by: actor.person, role: actor.role, at: now, endsAt });
  await log(tx, actor, { action: said === 'opened' ? 'break-glass.open' : 'break-glass.refuse', opening, deps });
}

/** The principal of that school; the administrator and the data protection officer of the municipality. */
function mayAnswer({ role, school }: Actor, opening: Opening): boolean {
  if (role === 'principal') return school?.id === opening.school.id;
  return role === 'siteAdministrator' || role === 'dataProtectionOfficer';
}

async function found(tx: Tx, actor: Actor, id: Id): Promise<Opening> {
  return (await lockOpening(tx, actor.municipality.id, id)) ?? refuseUnknown();
}

function refuseUnknown(): never {
  return refuse('not-found', 'There is no such request here.');
}

function at(actor: Actor, id: Id) {
  return { municipality: actor.municipality.id, id };
}

interface Act {
  action: string;
  opening: Opening;
  deps: BreakGlassDeps;
}

function log(tx: Tx, actor: Actor, { action, opening, deps }: Act): Promise<void> {
  return deps.audit.append(tx, {
    municipality: actor.municipality.id,
    action,
    purpose,
    school: opening.school.id,
    actor: actor.person,
    actorRole: actor.role,
    subjects: [{ person: opening.learner.id, mask: 0 }],
  });
}
