import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { agreementAnswer, pluginAnswer } from './answers.ts';
import { schoolsOf } from './enablement-store.ts';
import type { Marketplace } from './marketplace.ts';
import { municipalityPlugins } from './municipality-plugins.ts';
import * as schemas from './schemas.ts';

const route = defineRoute<Actor>();
const isAdministrator = ({ role, municipality }: Actor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';

export function municipalityRoutes({ database, agreements, enablements }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/municipality/plugins',
      summary: 'What the municipality has agreed on, and where it is in use',
      access: isAdministrator,
      responses: { 200: schemas.MunicipalityPluginsOut },
      handle: async ({ actor }) => ({
        body: (await municipalityPlugins(database, actor.municipality.id)).map(pluginAnswer),
      }),
    }),
    route({
      method: 'GET',
      path: '/api/municipality/schools',
      summary: "The municipality's schools",
      access: isAdministrator,
      responses: { 200: schemas.SchoolsOut },
      handle: async ({ actor: { municipality } }) => ({
        body: await database.inTenant(municipality.id, (tx) => schoolsOf(tx, municipality.id)),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/municipality/agreements',
      summary: 'Accept the agreement about a plugin, with a legal basis for each data element',
      access: isAdministrator,
      body: schemas.AgreementBody,
      responses: { 201: schemas.AgreementOut },
      errors: ['plugin-unknown', 'basis-missing', 'agreement-exists', 'version-not-enabling', 'registry-stale'],
      handle: async ({ actor, body }) => ({ status: 201, body: agreementAnswer(await agreements.accept(actor, body)) }),
    }),
    route({
      method: 'POST',
      path: '/api/municipality/enablements',
      summary: 'Take a plugin into use in one school',
      access: isAdministrator,
      body: schemas.EnablementBody,
      responses: { 201: schemas.EnabledOut },
      errors: [
        'not-found',
        'agreement-missing',
        'assessment-missing',
        'already-enabled',
        'version-not-enabling',
        'registry-stale',
      ],
      handle: async ({ actor, body }) => ({ status: 201, body: await enablements.enable(actor, body) }),
    }),
    route({
      method: 'POST',
      path: '/api/municipality/enablements/:id/stop',
      summary: 'Stop a plugin in a school at once',
      access: isAdministrator,
      params: schemas.IdParams,
      body: schemas.StopBody,
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor, params, body }) => {
        await enablements.stop(actor, params.id, body.reason);
        return {};
      },
    }),
    route({
      method: 'POST',
      path: '/api/municipality/enablements/:id/resume',
      summary: 'Let a stopped plugin go on',
      access: isAdministrator,
      params: schemas.IdParams,
      responses: {},
      errors: ['not-found', 'conflict', 'registry-stale'],
      handle: async ({ actor, params }) => {
        await enablements.resume(actor, params.id);
        return {};
      },
    }),
    route({
      method: 'POST',
      path: '/api/municipality/enablements/:id/update',
      summary: 'Move a school to the newest version that an agreement covers',
      access: isAdministrator,
      params: schemas.IdParams,
      responses: { 200: schemas.VersionOut },
      errors: ['not-found', 'agreement-missing', 'assessment-missing', 'version-not-enabling', 'registry-stale'],
      handle: async ({ actor, params }) => ({ body: await enablements.update(actor, params.id) }),
    }),
  ];
}
