import { defineRoute, type Route } from '@digione/core/http';
import { Type } from 'typebox';
import { isAdministrator, isReviewer, type Caller } from '../caller.ts';
import {
  ReleaseAnswer,
  ReleaseParams,
  RevocationSchema,
  revocationsAfter,
  strengths,
  type Publishing,
} from '../publish/index.ts';
import { revoke } from './revoke.ts';

const route = defineRoute<Caller>();
const reasonCode = Type.String({ pattern: '^[a-z][a-z-]{2,60}$', description: 'A short code such as data-leak' });

export function advisoryRoutes(publishing: Publishing): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/advisories',
      summary: 'Revocations in the order of their ids',
      access: 'public',
      query: Type.Object({
        after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      }),
      responses: {
        200: Type.Object({
          items: Type.Array(
            Type.Object({ ...RevocationSchema.properties, plugin: Type.String(), version: Type.String() }),
          ),
        }),
      },
      handle: async ({ query }) => ({
        body: {
          items: await publishing.database.global((tx) => revocationsAfter(tx, query.after ?? 0, query.limit ?? 100)),
        },
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/plugins/:vendor/:name/:version/revocations',
      summary: 'Revoke an approved version: warn, no-new-enable or kill',
      access: (caller) => isReviewer(caller) || isAdministrator(caller),
      params: ReleaseParams,
      body: Type.Object({ strength: Type.Enum([...strengths]), reason: reasonCode }, { additionalProperties: false }),
      responses: { 200: ReleaseAnswer },
      errors: ['not-found', 'transition-not-allowed'],
      handle: async ({ params: { vendor, name, version }, body, actor }) => ({
        body: await revoke(publishing, { plugin: `${vendor}/${name}`, version, caller: actor, ...body }),
      }),
    }),
  ];
}
