import { defineRoute, type Route } from '../../http/index.ts';
import { refuse, type Id } from '../../kernel/index.ts';
import { decidePendingAccess, listPendingAccess } from '../import/pending-access-store.ts';
import type { Follower } from '../merge/merge-order.ts';
import { mergePersons } from '../merge/merge-persons.ts';
import { previewMerge } from '../merge/merge-preview.ts';
import { findPersonByIdentifier } from '../persons-store.ts';
import { isAdministrator, type RosterActor } from './roster-actor.ts';
import * as schemas from './roster-schemas.ts';
import type { RosterDeps } from './roster-order.ts';

const route = defineRoute<RosterActor>();

/** What an import leaves to people: who gains access, and which two rows are one learner. */
export function accessDecisionRoutes(deps: RosterDeps & { followers: readonly Follower[] }): Route<RosterActor>[] {
  const { database, clock, recordAct, followers } = deps;
  return [
    route({
      method: 'GET',
      path: '/api/municipality/pending-access',
      summary: 'Access that imports would have given and that waits for a decision',
      access: isAdministrator,
      responses: { 200: schemas.PendingOut },
      handle: async ({ actor: { municipality } }) => {
        const waiting = await database.inTenant(municipality.id, (tx) => listPendingAccess(tx, municipality.id));
        return { body: { items: waiting.map((one) => ({ ...one, since: one.since.toISOString() })) } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/municipality/pending-access/:id',
      summary: 'Give the access, or decline it: then later imports do not ask again',
      access: isAdministrator,
      freshSignIn: true,
      params: schemas.IdParams,
      body: schemas.DecisionBody,
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor: { municipality, person: by, role }, params: { id }, body: { decision } }) => {
        const act = {
          municipality: municipality.id,
          action: `access.${decision}`,
          actor: by,
          actorRole: role,
        } as const;
        await database.inTenant(municipality.id, async (tx) => {
          const waiting = await listPendingAccess(tx, municipality.id, 1_000);
          const { person, child } = waiting.find((one) => one.id === id) ?? notWaiting();
          await recordAct(tx, { ...act, persons: [person.id, ...(child ? [child.id] : [])] });
        });
        await decidePendingAccess(database, clock, { municipality: municipality.id, pending: id, decision, by });
        return {};
      },
    }),
    route({
      method: 'POST',
      path: '/api/municipality/persons/merge-preview',
      summary: 'Who the two are, and what a merge would move; nothing changes, and the look is logged',
      access: isAdministrator,
      freshSignIn: true,
      body: schemas.MergePairBody,
      responses: { 200: schemas.MergePreviewOut },
      errors: ['not-found', 'conflict', 'invalid'],
      handle: async ({ actor: { municipality, person: by, role }, body: numbers }) => {
        const [kept, merged] = await bothOf(deps, municipality.id, numbers);
        const pair = { municipality: municipality.id, kept, merged, by };
        const preview = await previewMerge({ database, clock, followers }, pair);
        const act = { municipality: municipality.id, action: 'person.compare', actor: by, actorRole: role } as const;
        await database.inTenant(municipality.id, (tx) => recordAct(tx, { ...act, persons: [kept, merged] }));
        return { body: preview };
      },
    }),
    route({
      method: 'POST',
      path: '/api/municipality/persons/merge',
      summary: 'Make one learner of two rows whose learner numbers were merged',
      access: isAdministrator,
      freshSignIn: true,
      body: schemas.MergeBody,
      responses: {},
      errors: ['not-found', 'conflict', 'invalid'],
      handle: async ({ actor: { municipality, person: by, role }, body: { reason, ...numbers } }) => {
        const [kept, merged] = await bothOf(deps, municipality.id, numbers);
        const act = {
          municipality: municipality.id,
          action: 'person.merge',
          actor: by,
          actorRole: role,
          reason,
        } as const;
        const logged: Follower = (tx) => recordAct(tx, { ...act, persons: [kept, merged] });
        const order = { municipality: municipality.id, kept, merged, reason, by };
        await mergePersons({ database, clock, followers: [...followers, logged] }, order);
        return {};
      },
    }),
  ];
}

function notWaiting(): never {
  return refuse('not-found', 'This access does not wait for a decision, or not any more.');
}

async function bothOf(
  deps: RosterDeps,
  municipality: Id,
  { kept, merged }: { kept: string; merged: string },
): Promise<[Id, Id]> {
  const both: [Id, Id] = [await learnerOf(deps, municipality, kept), await learnerOf(deps, municipality, merged)];
  if (both[0] === both[1]) refuse('invalid', 'Both numbers are already one learner’s.');
  return both;
}

async function learnerOf({ database }: RosterDeps, municipality: Id, value: string): Promise<Id> {
  const identifier = { scheme: 'learner-number', value } as const;
  const found = await database.inTenant(municipality, (tx) => findPersonByIdentifier(tx, municipality, identifier));
  return found?.id ?? refuse('not-found', 'Nobody here has one of these learner numbers.');
}
