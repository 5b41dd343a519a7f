import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Officer } from './officer.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const fields = Type.Array(Type.Object({ element: Type.String(), text: texts }));
const instant = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?Z$' });
const isOfficer = ({ role }: Actor): boolean => role === 'dataProtectionOfficer';

const IncidentShown = Type.Object({
  totals: Type.Object({
    events: Type.Integer(),
    refused: Type.Integer(),
    persons: Type.Integer(),
    rows: Type.Integer(),
  }),
  persons: Type.Array(
    Type.Object({
      id: Type.String(),
      name: orNull(Type.String()),
      reads: Type.Integer(),
      first: Type.String(),
      last: Type.String(),
      fields,
    }),
  ),
  next: orNull(Type.String()),
});

const ProcessingShown = Type.Array(
  Type.Object({
    plugin: Type.String(),
    name: orNull(texts),
    purpose: Type.String(),
    purposeText: orNull(texts),
    legalBases: Type.Array(Type.String()),
    fields,
    retentionDays: Type.Integer(),
    processor: orNull(Type.Object({ name: Type.String(), country: Type.String() })),
    recipients: Type.Array(Type.String()),
    schools: Type.Integer(),
    agreedAt: Type.String(),
    expiresOn: Type.String(),
  }),
);

export function officerRoutes({ officer }: { officer: Officer }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/officer/incident',
      summary: 'What a plugin was given between two instants: whose data, which fields. Asking is logged.',
      access: isOfficer,
      query: Type.Object({
        plugin: Type.String({ maxLength: 80 }),
        from: instant,
        to: instant,
        cursor: Type.Optional(Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
      }),
      responses: { 200: IncidentShown },
      errors: ['invalid'],
      handle: async ({ actor, query }) => ({ body: await officer.incident(actor, query) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/officer/processing',
      summary: 'Record of processing activities (GDPR Art. 30), from the agreements as they are now.',
      access: isOfficer,
      responses: { 200: ProcessingShown },
      handle: async ({ actor }) => ({ body: await officer.processing(actor) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/officer/log',
      summary: 'The whole log as lines of JSON, for "digione audit verify". Taking it is logged.',
      access: isOfficer,
      freshSignIn: true,
      responses: { 200: Type.String() },
      handle: async ({ actor }) => ({
        stream: await officer.takeLog(actor),
        headers: {
          'content-type': 'application/x-ndjson',
          'content-disposition': 'attachment; filename="digione-log.ndjson"',
        },
      }),
    }),
  ];
}
