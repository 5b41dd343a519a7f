import { Type } from 'typebox';
import { jobsChannel } from '../capabilities/index.ts';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { erasureReceiptOf } from './own-receipt.ts';
import type { RightsDeps } from './exercising.ts';
import { askExport, discard, download, ownExports } from './export/exports.ts';
import { ask, ownRequests, withdraw } from './requests.ts';
import * as schemas from './schemas.ts';

const route = defineRoute<Actor>();

/** What whoever the data is about, or answers for them, may ask and see. `me` is anybody's own data. */
export function familyRightsRoutes(deps: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/family/children/:child/exports',
      summary: 'Ask for everything about the person; it is collected in the background',
      access: 'session',
      freshSignIn: true,
      params: schemas.ofPerson,
      responses: { 201: Type.Object({ id: Type.String() }) },
      errors: ['not-found', 'not-allowed', 'mandate-denied', 'mandate-unknown', 'conflict'],
      handle: async ({ actor, params, language }) => {
        const asked = await askExport(deps, actor, { person: params.child, language });
        await deps.database.notify(jobsChannel, { municipality: actor.municipality.id });
        return { status: 201, body: asked };
      },
    }),
    route({
      method: 'GET',
      path: '/api/family/children/:child/exports',
      summary: "One's own downloads of everything about the person, and how far they are",
      access: 'session',
      params: schemas.ofPerson,
      responses: { 200: schemas.ExportsShown },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await ownExports(deps, actor, params.child) }),
    }),
    route({
      method: 'GET',
      path: '/api/rights/exports/:id/archive',
      summary: 'The archive: pages to read, JSON, and a manifest with completeness marks',
      access: 'session',
      freshSignIn: true,
      params: schemas.byId,
      responses: {},
      errors: ['not-found', 'not-allowed', 'export-gone', 'conflict'],
      handle: async ({ actor, params }) => {
        const { stream, name } = await download(deps, actor, params.id);
        const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` };
        return { stream, headers };
      },
    }),
    route({
      method: 'POST',
      path: '/api/rights/exports/:id/discard',
      summary: 'Delete a download before its time',
      access: 'session',
      params: schemas.byId,
      responses: { 200: schemas.Done },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        await discard(deps, actor, params.id);
        return schemas.done;
      },
    }),
    route({
      method: 'POST',
      path: '/api/family/children/:child/requests',
      summary: 'Ask for erasure, correction or restriction, or object (GDPR Art. 16–18, 21)',
      access: 'session',
      freshSignIn: true,
      params: schemas.ofPerson,
      body: schemas.WishBody,
      responses: { 201: schemas.Asked },
      errors: ['not-found', 'not-allowed', 'mandate-denied', 'mandate-unknown', 'too-many-requests'],
      handle: async ({ actor, params, body }) => ({
        status: 201,
        body: await ask(deps, actor, { person: params.child, wish: body }),
      }),
    }),
    route({
      method: 'GET',
      path: '/api/family/children/:child/requests',
      summary: "One's own requests about the person, what became of them, and what is in force",
      access: 'session',
      params: schemas.ofPerson,
      responses: { 200: schemas.OwnRequestsShown },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await ownRequests(deps, actor, params.child) }),
    }),
    route({
      method: 'POST',
      path: '/api/rights/requests/:id/withdraw',
      summary: 'Take back a request that is not decided yet',
      access: 'session',
      params: schemas.byId,
      responses: { 200: schemas.Done },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        await withdraw(deps, actor, params.id);
        return schemas.done;
      },
    }),
    route({
      method: 'GET',
      path: '/api/rights/receipts/:id',
      summary: 'Signed receipt of destruction, of a request of one’s own',
      access: 'session',
      params: schemas.byId,
      responses: { 200: Type.Object({ receipt: Type.String() }) },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await erasureReceiptOf(deps, actor, params.id) }),
    }),
  ];
}
