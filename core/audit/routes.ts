import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Audit } from './audit.ts';

const texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });
const orNull = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

const FamilyReads = Type.Object({
  items: Type.Array(
    Type.Object({
      event: Type.String(),
      at: Type.String(),
      action: Type.String(),
      who: Type.Object({ role: Type.String(), name: orNull(Type.String()) }),
      plugin: orNull(Type.String()),
      pluginName: orNull(texts),
      purpose: orNull(Type.String()),
      purposeText: orNull(texts),
      fields: Type.Array(Type.Object({ element: Type.String(), text: texts })),
      reason: orNull(Type.String()),
    }),
  ),
  next: orNull(Type.String()),
});

export function auditRoutes({ audit }: { audit: Audit }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/reads',
      summary: 'Who read what about the child and why, newest first.',
      access: ({ role }) => role === 'guardian' || role === 'student',
      params: Type.Object({ child: Type.String({ pattern: '^(me|[0-9a-f-]{36})$' }) }),
      query: Type.Object({
        plugin: Type.Optional(Type.String({ maxLength: 80 })),
        cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}$' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      }),
      responses: { 200: FamilyReads },
      errors: ['not-found'],
      handle: async ({ actor, params, query }) => ({ body: await audit.familyReads(actor, params.child, query) }),
    }),
  ];
}
