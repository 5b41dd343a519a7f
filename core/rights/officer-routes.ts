import { Type } from 'typebox';
import { jobsChannel } from '../capabilities/index.ts';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { decide, extend, lift } from './deciding.ts';
import type { RightsDeps } from './exercising.ts';
import { askExport, ownExports } from './export/exports.ts';
import { listRequests, personOf, requestDetail } from './officer-requests.ts';
import { noteRecipient } from './recipients/passing-on.ts';
import { ask } from './requests.ts';
import * as schemas from './schemas.ts';

const route = defineRoute<Actor>();
const { isOfficer } = schemas;

/** Requests as the data protection officer works on them. */
export function officerRequestRoutes(deps: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/officer/requests',
      summary: 'Requests of the municipality, open ones by their due date. Reading is logged.',
      access: isOfficer,
      responses: { 200: schemas.RequestLines },
      handle: async ({ actor }) => ({ body: await listRequests(deps, actor) }),
    }),
    route({
      method: 'GET',
      path: '/api/officer/requests/:id',
      summary: 'One request, what the rules propose, and to whom it is passed on. Reading is logged.',
      access: isOfficer,
      params: schemas.byId,
      responses: { 200: schemas.RequestDetailShown },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await requestDetail(deps, actor, params.id) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/requests',
      summary: 'Write down a request that came on paper or by telephone',
      access: isOfficer,
      freshSignIn: true,
      body: schemas.OnBehalfBody,
      responses: { 201: schemas.Asked },
      errors: ['not-found'],
      handle: async ({ actor, body: { learnerNumber, onBehalf, ...wish } }) => {
        const person = await personOf(deps, actor, learnerNumber);
        return { status: 201, body: await ask(deps, actor, { person, wish, onBehalf }) };
      },
    }),
    route({
      method: 'POST',
      path: '/api/officer/exports',
      summary: 'Collect everything about a person on their behalf',
      access: isOfficer,
      freshSignIn: true,
      body: schemas.ExportOnBehalfBody,
      responses: { 201: Type.Object({ id: Type.String(), person: Type.String() }) },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, body: { learnerNumber, onBehalf }, language }) => {
        const person = await personOf(deps, actor, learnerNumber);
        const asked = await askExport(deps, actor, { person, language, onBehalf });
        await deps.database.notify(jobsChannel, { municipality: actor.municipality.id });
        return { status: 201, body: { ...asked, person } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/officer/persons/:id/exports',
      summary: 'What the officer has collected on behalf of a person',
      access: isOfficer,
      params: schemas.byId,
      responses: { 200: schemas.ExportsShown },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await ownExports(deps, actor, params.id) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/requests/:id/decide',
      summary: 'Decide a request, with reasons; what follows takes effect at once',
      access: isOfficer,
      params: schemas.byId,
      body: schemas.DecisionBody,
      responses: { 200: Type.Object({ outcome: Type.String() }) },
      errors: ['not-found', 'conflict', 'retention-required'],
      handle: async ({ actor, params, body }) => ({ body: await decide(deps, actor, { ...body, id: params.id }) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/requests/:id/extend',
      summary: 'Two further months, with the reason (Art. 12(3))',
      access: isOfficer,
      params: schemas.byId,
      body: schemas.ReasonBody,
      responses: { 200: Type.Object({ dueOn: schemas.day }) },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params, body }) => ({ body: await extend(deps, actor, { ...body, id: params.id }) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/requests/:id/lift',
      summary: 'End a restriction or an objection that is in force',
      access: isOfficer,
      params: schemas.byId,
      responses: { 200: schemas.Done },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        await lift(deps, actor, params.id);
        return schemas.done;
      },
    }),
    route({
      method: 'POST',
      path: '/api/officer/requests/:id/recipients',
      summary: 'Note that a recipient was told, or has acknowledged',
      access: isOfficer,
      params: schemas.byId,
      body: schemas.RecipientBody,
      responses: { 200: schemas.Done },
      errors: ['conflict'],
      handle: async ({ actor, params, body: { note = null, ...step } }) => {
        const at = { municipality: actor.municipality.id, request: params.id };
        await deps.database.inTenant(at.municipality, (tx) => noteRecipient(tx, at, { ...step, note }, deps.clock));
        return schemas.done;
      },
    }),
  ];
}
