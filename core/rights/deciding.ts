import { appendEvent, bitsOf } from '../audit/index.ts';
import { jobsChannel } from '../capabilities/index.ts';
import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Id, newId, refuse } from '../kernel/index.ts';
import { monthsLater } from './due-dates.ts';
import { endEffect, pluginsAround, putEffect } from './effect-store.ts';
import { decideLines, type OfficerChoice, planErasure } from './erasure/erasure-plan.ts';
import { keepErasures } from './erasure/erasure-store.ts';
import type { RightsDeps } from './exercising.ts';
import { correct } from './recipients/correction-store.ts';
import { passOn } from './recipients/passing-on.ts';
import {
  decideRequest,
  extendRequest,
  lockRequest,
  markLifted,
  type Outcome,
  type RequestRow,
} from './request-store.ts';

export interface Decision {
  outcome: 'accepted' | 'declined';
  reasons: string;
  /** Of an erasure: where the officer decides otherwise than the rules propose. */
  choices?: OfficerChoice[];
}

/** The data protection officer's word on a request; what follows from it is the same transaction. */
export async function decide(
  deps: RightsDeps,
  actor: Actor,
  { id, ...decision }: Decision & { id: Id },
): Promise<{ outcome: Outcome }> {
  const { database, clock } = deps;
  const municipality = actor.municipality.id;
  const { outcome, plugins } = await database.inTenant(municipality, async (tx) => {
    const request = await openRequest(tx, municipality, id);
    const made = await effectOf(deps, tx, { actor, request, decision });
    await decideRequest(
      tx,
      { municipality, id },
      { outcome: made, reasons: decision.reasons, by: actor.person, at: clock.now() },
    );
    await logAct(deps, tx, { actor, action: 'rights.decide', person: request.person });
    if (made !== 'declined') await passOn(tx, actor, request, clock);
    return { outcome: made, plugins: await pluginsAround(tx, municipality, request.person) };
  });
  await deps.onNarrowed({ municipality, plugins });
  await database.notify(jobsChannel, { municipality });
  return { outcome };
}

interface Deciding {
  actor: Actor;
  request: RequestRow;
  decision: Decision;
}

async function effectOf(deps: RightsDeps, tx: Tx, { actor, request, decision }: Deciding): Promise<Outcome> {
  const today = deps.clock.today();
  const at = { municipality: actor.municipality.id, request: request.id, person: request.person };
  const isAccepted = decision.outcome === 'accepted';
  if (decision.choices && request.kind !== 'erasure') refuse('invalid', 'Only an erasure is decided source by source.');
  if (request.kind === 'erasure' && isAccepted) return eraseAs(deps, tx, { actor, request, decision });
  if (request.kind === 'restriction' && isAccepted) await putEffect(tx, { ...at, kind: 'restriction' }, newId(), today);
  // An objection took effect when it was made; only grounds that weigh more end it.
  if (request.kind === 'objection' && !isAccepted) await endEffect(tx, at, today);
  if (request.kind === 'rectification' && isAccepted) await rectify(deps, tx, { actor, request });
  return decision.outcome;
}

async function eraseAs({ clock }: RightsDeps, tx: Tx, { actor, request, decision }: Deciding): Promise<Outcome> {
  const municipality = actor.municipality.id;
  const plan = await planErasure(tx, municipality, { person: request.person, today: clock.today() });
  const lines = decideLines(plan, decision.choices ?? []);
  await keepErasures(tx, { municipality, request: request.id, person: request.person }, lines);
  return lines.every(({ choice }) => choice === 'erase') ? 'accepted' : 'partly';
}

async function rectify(
  deps: RightsDeps,
  tx: Tx,
  { actor, request }: Pick<Deciding, 'actor' | 'request'>,
): Promise<void> {
  const { person, element, value } = request;
  if (element === null || value === null) return;
  await correct(tx, actor.municipality.id, { person, element, value });
  await logAct(deps, tx, { actor, action: 'rights.rectify', person, elements: [element] });
}

/** Two further months where the request is hard, with the reason (Art. 12(3)); once. */
export async function extend(
  deps: RightsDeps,
  actor: Actor,
  { id, reason }: { id: Id; reason: string },
): Promise<{ dueOn: string }> {
  const municipality = actor.municipality.id;
  return deps.database.inTenant(municipality, async (tx) => {
    const request = await openRequest(tx, municipality, id);
    if (request.extension !== null) refuse('conflict', 'The time was extended already; it can be once.');
    if (request.dueOn < deps.clock.today())
      refuse('conflict', 'The time is over; it can be extended only before its end.');
    const dueOn = monthsLater(request.dueOn, 2);
    await extendRequest(tx, { municipality, id }, { dueOn, reason });
    await logAct(deps, tx, { actor, action: 'rights.extend', person: request.person });
    return { dueOn };
  });
}

/** Ends a restriction or an objection that is in force; the family sees it (Art. 18(3)). */
export async function lift(deps: RightsDeps, actor: Actor, id: Id): Promise<void> {
  const { database, clock } = deps;
  const municipality = actor.municipality.id;
  await database.inTenant(municipality, async (tx) => {
    const request = await lockRequest(tx, municipality, id);
    if (!request) refuse('not-found', 'There is no such request in your municipality.');
    const ended = await endEffect(tx, { municipality, request: id, person: request.person }, clock.today());
    if (!ended || request.state !== 'decided') refuse('conflict', 'Nothing that came of this request is in force.');
    await markLifted(tx, { municipality, id }, clock.now());
    await logAct(deps, tx, { actor, action: 'rights.lift', person: request.person });
  });
}

async function openRequest(tx: Tx, municipality: Id, id: Id): Promise<RequestRow> {
  const request = await lockRequest(tx, municipality, id);
  if (!request) refuse('not-found', 'There is no such request in your municipality.');
  if (request.state !== 'open') refuse('conflict', 'This request has been decided or withdrawn already.');
  return request;
}

interface Act {
  actor: Actor;
  action: string;
  person: Id;
  elements?: readonly string[];
}

export async function logAct(
  { clock }: Pick<RightsDeps, 'clock'>,
  tx: Tx,
  { actor, action, person, elements = [] }: Act,
): Promise<void> {
  const mask = bitsOf(elements).reduce((bits, bit) => bits | bit, 0);
  const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role, purpose: 'own-data' };
  await appendEvent(tx, { ...by, action, elements, subjects: [{ person, mask }] }, clock);
}
