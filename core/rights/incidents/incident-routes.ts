import { Type } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { byId, Done, done, id, isOfficer, orNull, strict, text, texts } from '../schemas.ts';
import {
  assess,
  closeIncident,
  concernedPersons,
  listIncidents,
  notifyAuthority,
  openIncident,
  readIncident,
} from './incidents.ts';
import { letters } from './letters.ts';

const route = defineRoute<Actor>();
const instant = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$' });
const words = orNull(Type.String());
const IncidentOut = Type.Object({
  id: Type.String(),
  title: Type.String(),
  plugin: Type.String(),
  from: Type.String(),
  to: Type.String(),
  knownAt: Type.String(),
  dueAt: Type.String(),
  hoursLeft: Type.Integer(),
  state: Type.String(),
  risk: words,
  findings: words,
  measures: words,
  authorityAt: words,
  authorityReference: words,
  delayReason: words,
  lettersAt: words,
  closing: words,
  closedAt: words,
  persons: Type.Integer(),
});

export function incidentRoutes(deps: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/officer/incidents',
      summary: 'Personal data breaches, open ones first, with the hours that are left (Art. 33)',
      access: isOfficer,
      responses: { 200: Type.Array(IncidentOut) },
      handle: async ({ actor }) => ({ body: await listIncidents(deps, actor) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/incidents',
      summary:
        'Open an incident about what a plugin was given between two instants; 72 hours run from when it was known',
      access: isOfficer,
      body: Type.Object(
        {
          title: text(3, 200),
          plugin: Type.String({ minLength: 3, maxLength: 80 }),
          from: instant,
          to: instant,
          knownAt: instant,
        },
        strict,
      ),
      responses: { 201: Type.Object({ id: Type.String(), dueAt: Type.String() }) },
      errors: ['invalid'],
      handle: async ({ actor, body }) => ({ status: 201, body: await openIncident(deps, actor, body) }),
    }),
    route({
      method: 'GET',
      path: '/api/officer/incidents/:id',
      summary: 'One incident',
      access: isOfficer,
      params: byId,
      responses: { 200: IncidentOut },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await readIncident(deps, actor, params.id) }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/incidents/:id/assess',
      summary: 'Ask the log whom it concerns, and write down risk, findings and measures',
      access: isOfficer,
      params: byId,
      body: Type.Object(
        { risk: Type.Enum(['none', 'risk', 'high-risk']), findings: text(3, 4000), measures: text(3, 4000) },
        strict,
      ),
      responses: { 200: Type.Object({ persons: Type.Integer() }) },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params, body }) => ({ body: await assess(deps, actor, { ...body, id: params.id }) }),
    }),
    route({
      method: 'GET',
      path: '/api/officer/incidents/:id/persons',
      summary: 'Whom it concerns and which fields. Reading is logged.',
      access: isOfficer,
      params: byId,
      query: Type.Object({
        cursor: Type.Optional(id),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      }),
      responses: {
        200: Type.Object({
          persons: Type.Array(
            Type.Object({
              id: Type.String(),
              name: words,
              reads: Type.Integer(),
              first: Type.String(),
              last: Type.String(),
              fields: Type.Array(Type.Object({ element: Type.String(), text: texts })),
            }),
          ),
          next: words,
        }),
      },
      errors: ['not-found'],
      handle: async ({ actor, params, query }) => ({
        body: await concernedPersons(deps, actor, { ...query, id: params.id }),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/officer/incidents/:id/authority',
      summary: 'Note the notification to the supervisory authority; after 72 hours with the reason of the delay',
      access: isOfficer,
      params: byId,
      body: Type.Object({ reference: text(1, 200), delayReason: Type.Optional(text(3, 2000)) }, strict),
      responses: { 200: Done },
      errors: ['not-found', 'conflict', 'invalid'],
      handle: async ({ actor, params, body }) => {
        await notifyAuthority(deps, actor, { ...body, id: params.id });
        return done;
      },
    }),
    route({
      method: 'GET',
      path: '/api/officer/incidents/:id/letters',
      summary:
        'Letters to those whom it concerns, as a zip; none for an unsafe guardian, none by post to a protected address',
      access: isOfficer,
      freshSignIn: true,
      params: byId,
      responses: {},
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        const disposition = `attachment; filename="letters-${params.id.slice(-8)}.zip"`;
        const headers = { 'content-type': 'application/zip', 'content-disposition': disposition };
        return { stream: await letters(deps, actor, params.id), headers };
      },
    }),
    route({
      method: 'POST',
      path: '/api/officer/incidents/:id/close',
      summary: 'Close an incident once what its risk asks for is done',
      access: isOfficer,
      params: byId,
      body: Type.Object({ closing: text(3, 2000) }, strict),
      responses: { 200: Done },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params, body }) => {
        await closeIncident(deps, actor, { ...body, id: params.id });
        return done;
      },
    }),
  ];
}
