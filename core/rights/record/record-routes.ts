import { Type } from 'typebox';
import { appendEvent } from '../../audit/index.ts';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { RightsDeps } from '../exercising.ts';
import { isOfficer, orNull, texts } from '../schemas.ts';
import { processingRecord } from './record.ts';
import { recordCsv, recordHtml } from './record-document.ts';

const route = defineRoute<Actor>();
const RecordShown = Type.Object({
  controller: Type.Object({ name: texts, code: Type.String() }),
  officers: Type.Array(
    Type.Object({ name: Type.String(), email: orNull(Type.String()), phone: orNull(Type.String()) }),
  ),
  madeAt: Type.String(),
  activities: Type.Array(
    Type.Object({
      source: Type.String(),
      name: texts,
      purpose: texts,
      bases: Type.Array(Type.String()),
      law: orNull(Type.String()),
      subjects: Type.Array(Type.String()),
      categories: Type.Array(Type.String()),
      fields: Type.Array(Type.Object({ element: Type.String(), text: texts })),
      recipients: Type.Array(Type.Object({ name: Type.String(), country: Type.String(), as: Type.String() })),
      transfers: Type.Array(Type.String()),
      retention: texts,
      schools: orNull(Type.Integer()),
      assessment: Type.String(),
    }),
  ),
  measures: Type.Array(texts),
});

export function recordRoutes(deps: RightsDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/officer/record',
      summary: 'Record of processing activities with every field of GDPR Art. 30(1), as things are now',
      access: isOfficer,
      responses: { 200: RecordShown },
      handle: async ({ actor }) => ({ body: await processingRecord(deps, actor) }),
    }),
    route({
      method: 'GET',
      path: '/api/officer/record/document',
      summary: 'The same as a document to keep or hand over',
      access: isOfficer,
      query: Type.Object({
        format: Type.Enum(['html', 'csv', 'json']),
        language: Type.Optional(Type.Enum(['fi', 'sv', 'en'])),
      }),
      responses: {},
      handle: async ({ actor, query: { format }, language }) => {
        const record = await processingRecord(deps, actor);
        const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role };
        await deps.database.inTenant(by.municipality, (tx) =>
          appendEvent(tx, { ...by, action: 'record.download' }, deps.clock),
        );
        const made = { html: recordHtml, csv: recordCsv, json: (all: object) => JSON.stringify(all, null, 2) }[format];
        const types = { html: 'text/html; charset=utf-8', csv: 'text/csv; charset=utf-8', json: 'application/json' };
        const disposition = `attachment; filename="record-${deps.clock.today()}.${format}"`;
        const headers = { 'content-type': types[format], 'content-disposition': disposition };
        return { stream: Buffer.from(made(record, language)), headers };
      },
    }),
  ];
}
