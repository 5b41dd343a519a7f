import type { Audit } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { type Actor, visitsOf } from '../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../kernel/index.ts';
import * as store from './visit-store.ts';
import { stateOf } from './visit-state.ts';

export interface SupportDeps {
  database: Database;
  clock: Clock;
  audit: Pick<Audit, 'append'>;
}

export interface AskedVisit {
  /** Code of the municipality. */
  municipality: string;
  reason: string;
  minutes: number;
}

export interface PlacedVisit extends store.Visit {
  municipality: Id;
}

/** Support staff of the operator look into a municipality: a reason, its leave for one school, a while, nothing but looking. */
export interface Support {
  ask(actor: Actor, asked: AskedVisit): Promise<{ id: Id }>;
  /** Of support staff their own, in all municipalities; of a municipality all that were ever asked there, the newest 200. */
  list(actor: Actor): Promise<PlacedVisit[]>;
  open(actor: Actor, id: Id, school: Id): Promise<void>;
  refuse(actor: Actor, id: Id): Promise<void>;
  /** Before its time: by the visitor or the municipality. Effective for every read that starts afterwards, on every node. */
  end(actor: Actor, id: Id): Promise<void>;
}

const lapsesAfterMs = 24 * 3_600_000;
const mostWaiting = 3;

export function createSupport(deps: SupportDeps): Support {
  const { database } = deps;
  const within = <T>(municipality: Id, work: (tx: Tx) => Promise<T>) => database.inTenant(municipality, work);
  return {
    ask: (actor, asked) => ask(actor, asked, deps),
    async list(actor) {
      if (actor.role !== 'support') {
        const here = actor.municipality.id;
        return placed(here, await within(here, (tx) => store.visitsIn(tx, here)));
      }
      const places = new Set((await visitsOf(database, actor.person)).map(({ municipality }) => municipality));
      const found: PlacedVisit[] = [];
      for (const place of places)
        found.push(...placed(place, await within(place, (tx) => store.visitsIn(tx, place, actor.person))));
      return found.sort((one, other) => other.askedAt.getTime() - one.askedAt.getTime());
    },
    open: (actor, id, school) =>
      within(actor.municipality.id, (tx) => answer(tx, actor, { id, answer: 'opened', school, deps })),
    refuse: (actor, id) =>
      within(actor.municipality.id, (tx) => answer(tx, actor, { id, answer: 'refused', school: null, deps })),
    async end(actor, id) {
      const municipality = await placeOf(actor, id, database);
      await within(municipality, (tx) => end(tx, actor, { municipality, id, deps }));
    },
  };
}

async function ask(actor: Actor, { municipality: code, reason, minutes }: AskedVisit, deps: SupportDeps) {
  const { database, clock } = deps;
  const municipality =
    (await database.global((tx) => store.municipalityByCode(tx, code))) ??
    refuse('not-found', 'There is no such municipality.');
  const now = clock.now();
  const id = newId();
  await database.inTenant(municipality, async (tx) => {
    if ((await store.waitingOf(tx, municipality, { asker: actor.person, now })) >= mostWaiting)
      refuse('conflict', `${mostWaiting} of your requests wait there already. Ask the municipality to answer them.`);
    const asker = { person: actor.person, account: actor.account, name: actor.name };
    const lapsesAt = new Date(now.getTime() + lapsesAfterMs);
    await store.insertVisit(tx, { municipality, id, asker, reason, minutes, askedAt: now, lapsesAt });
    await log(tx, actor, { municipality, action: 'support.ask', deps });
  });
  return { id };
}

interface Answering {
  id: Id;
  answer: 'opened' | 'refused';
  school: Id | null;
  deps: SupportDeps;
}

async function answer(tx: Tx, actor: Actor, { id, answer: said, school, deps }: Answering): Promise<void> {
  const municipality = actor.municipality.id;
  const now = deps.clock.now();
  const visit = (await store.lockVisit(tx, { municipality, id })) ?? refuseUnknown();
  if (visit.asker.account === actor.account || visit.asker.id === actor.person)
    refuse('not-allowed', 'You asked for it yourself. It takes a second person.');
  if (stateOf(visit, now) !== 'waiting') refuse('conflict', 'It was answered already, or it has lapsed.');
  if (school && !(await store.isSchool(tx, municipality, school))) refuse('not-found', 'There is no such school here.');
  const endsAt = school ? new Date(now.getTime() + visit.minutes * 60_000) : null;
  const by = { person: actor.person, account: actor.account };
  await store.answerVisit(tx, { municipality, id }, { answer: said, by, at: now, school, endsAt });
  const action = said === 'opened' ? 'support.open' : 'support.refuse';
  await log(tx, actor, { municipality, action, ...(school && { school }), deps });
}

interface Ending {
  municipality: Id;
  id: Id;
  deps: SupportDeps;
}

async function end(tx: Tx, actor: Actor, { municipality, id, deps }: Ending): Promise<void> {
  const now = deps.clock.now();
  const visit = (await store.lockVisit(tx, { municipality, id })) ?? refuseUnknown();
  if (actor.role === 'support' && visit.asker.id !== actor.person) refuseUnknown();
  if (stateOf(visit, now) !== 'open') refuse('conflict', 'It is not open any more.');
  await store.closeVisit(tx, { municipality, id }, now);
  await log(tx, actor, { municipality, action: 'support.end', school: visit.school!.id, deps });
}

/** A municipality ends what is its own; a visitor may be at home or on the visit. */
async function placeOf(actor: Actor, id: Id, database: Database): Promise<Id> {
  if (actor.role !== 'support') return actor.municipality.id;
  const own = await visitsOf(database, actor.person);
  return own.find((visit) => visit.id === id)?.municipality ?? refuseUnknown();
}

function placed(municipality: Id, visits: store.Visit[]): PlacedVisit[] {
  return visits.map((visit) => ({ ...visit, municipality }));
}

function refuseUnknown(): never {
  return refuse('not-found', 'There is no such request here.');
}

interface Act {
  municipality: Id;
  action: string;
  school?: Id;
  deps: SupportDeps;
}

function log(tx: Tx, actor: Actor, { municipality, action, school, deps }: Act): Promise<void> {
  return deps.audit.append(tx, {
    municipality,
    action,
    purpose: 'support',
    actor: actor.person,
    actorRole: actor.role,
    ...(school && { school }),
  });
}
