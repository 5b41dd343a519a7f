import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Cases } from './cases.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const ofChild = Type.Object({ child: Type.Union([Type.Literal('me'), id]) });
const Case = Type.Object({
  id: Type.String(),
  child: Type.Object({ id: Type.String(), name: Type.String() }),
  school: orNull(Type.String()),
  askedRole: Type.String(),
  askedAt: Type.String(),
  question: Type.String(),
  about: orNull(
    Type.Object({
      event: Type.String(),
      at: Type.String(),
      action: Type.String(),
      plugin: orNull(Type.String()),
      who: orNull(Type.String()),
    }),
  ),
  answer: orNull(Type.Object({ text: Type.String(), role: Type.String(), at: Type.String() })),
});
const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';
const answers = ({ role }: Actor): boolean => role === 'principal' || role === 'dataProtectionOfficer';

export function caseRoutes({ cases }: { cases: Cases }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/cases',
      summary: "One's own questions about the child, and the school's answers.",
      access: isFamily,
      params: ofChild,
      responses: { 200: Type.Array(Case) },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await cases.ofChild(actor, params.child) }),
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/family/children/:child/cases',
      summary: 'Ask the school about a line of the log.',
      access: isFamily,
      params: ofChild,
      body: Type.Object({
        event: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
        question: Type.String({ minLength: 3, maxLength: 2000, pattern: '\\S' }),
      }),
      responses: { 201: Type.Object({ id: Type.String() }) },
      errors: ['not-found', 'too-many-requests'],
      handle: async ({ actor, params, body }) => ({ status: 201, body: await cases.ask(actor, params.child, body) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/cases',
      summary: 'Questions of families to the school, or to the municipality for its data protection officer.',
      access: answers,
      responses: { 200: Type.Array(Case) },
      handle: async ({ actor }) => ({ body: await cases.inbox(actor) }),
    }),
    defineRoute<Actor>()({
      method: 'POST',
      path: '/api/cases/:id/answer',
      summary: 'Answer a question; the family sees it at once.',
      access: answers,
      params: Type.Object({ id }),
      body: Type.Object({ answer: Type.String({ minLength: 3, maxLength: 4000, pattern: '\\S' }) }),
      responses: { 200: Type.Object({ answered: Type.Literal(true) }) },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params, body }) => {
        await cases.answer(actor, params.id, body.answer);
        return { body: { answered: true as const } };
      },
    }),
  ];
}
