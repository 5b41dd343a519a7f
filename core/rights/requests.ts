import { lookAtSubject, type SubjectAsker } from '../access/index.ts';
import { appendEvent } from '../audit/index.ts';
import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Id, newId, refuse } from '../kernel/index.ts';
import { monthsLater } from './due-dates.ts';
import { effectsOn, type EffectShown, endEffect, pluginsAround, putEffect } from './effect-store.ts';
import { exercise, isOldEnough, type RightsDeps } from './exercising.ts';
import { erasuresOf, receiptsOf } from './erasure/erasure-store.ts';
import { recipientsOf } from './recipients/recipient-store.ts';
import { checkCorrection } from './recipients/correction-store.ts';
import {
  insertRequest,
  lockRequest,
  openRequestsOf,
  type RequestKind,
  type RequestRow,
  requestsOf,
  withdrawRequest,
} from './request-store.ts';
import { type OwnRequest, ownRequest } from './request-view.ts';

export interface Wish {
  kind: RequestKind;
  wish: string;
  /** Of a rectification: the data element and what is right. */
  element?: string;
  value?: string;
}

export interface OwnRequests {
  requests: OwnRequest[];
  /** Restrictions and objections that hold now, whoever asked for them. */
  inForce: EffectShown[];
  /** Whether the asker may exercise the rights, or only see what holds. */
  mayAsk: boolean;
}

const mostOpen = 20;

/** Whoever the data is about, or who answers for them, asks; takes effect at once where the law says so. */
export async function ask(
  deps: RightsDeps,
  asker: SubjectAsker,
  { person, wish, onBehalf = null }: { person: string; wish: Wish; onBehalf?: string | null },
): Promise<{ id: Id; dueOn: string }> {
  const { database, clock } = deps;
  const municipality = asker.municipality.id;
  const narrows = wish.kind === 'restriction' || wish.kind === 'objection';
  if (wish.kind === 'rectification') checkCorrection(wish.element, wish.value);
  const { plugins, ...asked } = await database.inTenant(municipality, async (tx) => {
    const lens = await exercise(deps, tx, asker, { person, action: 'rights.ask', narrows });
    if ((await openRequestsOf(tx, municipality, asker.person)) >= mostOpen && lens.as !== 'officer')
      refuse('too-many-requests', `You have ${mostOpen} requests without an answer. Wait for them, or withdraw some.`);
    const request = {
      municipality,
      id: newId(),
      person: lens.person,
      kind: wish.kind,
      askedBy: asker.person,
      askedRole: asker.role,
      onBehalf,
      askedAt: clock.now(),
      wish: wish.wish,
      element: wish.kind === 'rectification' ? (wish.element ?? null) : null,
      value: wish.kind === 'rectification' ? (wish.value ?? null) : null,
      dueOn: monthsLater(clock.today(), 1),
    };
    await insertRequest(tx, request);
    if (request.kind !== 'objection') return { id: request.id, dueOn: request.dueOn, plugins: [] };
    // Until it is decided whose grounds weigh more, the data is not used (Art. 18(1)(d), 21(1)).
    const effect = { municipality, request: request.id, person: lens.person, kind: 'objection' as const };
    await putEffect(tx, effect, newId(), clock.today());
    return { id: request.id, dueOn: request.dueOn, plugins: await pluginsAround(tx, municipality, lens.person) };
  });
  await deps.onNarrowed({ municipality, plugins });
  return asked;
}

/** One's own requests about the person, with what was decided, where it was passed on to and the receipts. */
export function ownRequests(deps: RightsDeps, actor: Actor, person: string): Promise<OwnRequests> {
  const { database, clock } = deps;
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => {
      const lens = await lookAtSubject(tx, actor, { person, action: 'family.read', elements: [] }, clock);
      const rows = await requestsOf(tx, municipality, { person: lens.person, askedBy: actor.person });
      return {
        requests: await Promise.all(rows.map((row) => withFate(tx, municipality, row))),
        inForce: await effectsOn(tx, municipality, { person: lens.person, today: clock.today() }),
        mayAsk: await mayExercise(deps, tx, { actor, lens }),
      };
    },
    { isolation: 'repeatable read' },
  );
}

async function withFate(tx: Tx, municipality: Id, row: RequestRow): Promise<OwnRequest> {
  const [erasures, recipients, receipts] = [
    await erasuresOf(tx, municipality, row.id),
    await recipientsOf(tx, municipality, row.id),
    await receiptsOf(tx, municipality, row.id),
  ];
  return ownRequest(row, { erasures, recipients, receipts });
}

/** While nothing is decided; what took effect meanwhile ends. */
export async function withdraw({ database, clock }: RightsDeps, actor: Actor, id: Id): Promise<void> {
  const municipality = actor.municipality.id;
  await database.inTenant(municipality, async (tx) => {
    const request = await lockRequest(tx, municipality, id);
    if (!request || request.askedBy !== actor.person) refuse('not-found', 'There is no such request of yours.');
    if (request.state !== 'open') refuse('conflict', 'This request has been decided or withdrawn already.');
    await withdrawRequest(tx, municipality, id);
    await endEffect(tx, { municipality, request: id, person: request.person }, clock.today());
    const by = { municipality, actor: actor.person, actorRole: actor.role, purpose: 'own-data' };
    await appendEvent(tx, { ...by, action: 'rights.withdraw', subjects: [{ person: request.person, mask: 0 }] }, clock);
  });
}

/** The same rule as exercising, asked without exercising. */
async function mayExercise(
  deps: RightsDeps,
  tx: Tx,
  { actor, lens }: { actor: Actor; lens: Awaited<ReturnType<typeof lookAtSubject>> },
): Promise<boolean> {
  if (!isOldEnough(actor, lens, deps.clock.today()) || !lens.canDecide) return false;
  if (lens.as !== 'guardian' || !deps.mandates) return true;
  return (
    (await deps.mandates(tx, { municipality: actor.municipality.id, child: lens.person }))(actor.person) !== 'denied'
  );
}
