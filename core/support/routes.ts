import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { PlacedVisit, Support } from './support.ts';
import { stateOf } from './visit-state.ts';

const route = defineRoute<Actor>();
const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const IdParams = Type.Object({ id });
const strict = { additionalProperties: false };
const orNull = <S extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Object>>(schema: S) =>
  Type.Union([schema, Type.Null()]);
const AskBody = Type.Object(
  {
    municipality: Type.String({ pattern: '^[0-9]{3}$' }),
    reason: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S[\\s\\S]{8,}\\S' }),
    minutes: Type.Integer({ minimum: 15, maximum: 240 }),
  },
  strict,
);
const VisitList = Type.Object({
  items: Type.Array(
    Type.Object({
      id,
      municipality: id,
      asker: Type.String(),
      isMine: Type.Boolean(),
      reason: Type.String(),
      minutes: Type.Integer(),
      state: Type.Enum(['waiting', 'lapsed', 'refused', 'open', 'ended']),
      askedAt: Type.String(),
      answeredBy: orNull(Type.String()),
      answeredAt: orNull(Type.String()),
      school: orNull(Type.Object({ id, name: Type.String() })),
      endsAt: orNull(Type.String()),
    }),
  ),
});
const done = { 204: Type.Null() };

const asks = ({ role, visit, municipality }: Actor): boolean =>
  role === 'support' && !visit && municipality.kind === 'coordinator';
const answers = ({ role, municipality }: Actor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';
const watches = (actor: Actor): boolean =>
  answers(actor) || (actor.role === 'dataProtectionOfficer' && actor.municipality.kind === 'municipality');
const either = (actor: Actor): boolean => actor.role === 'support' || watches(actor);

export function supportRoutes({ support, clock }: { support: Support; clock: Clock }): Route<Actor>[] {
  return [...visitorRoutes(support, clock), ...answerRoutes(support)];
}

function visitorRoutes(support: Support, clock: Clock): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/support/visits',
      summary: 'Support staff ask a municipality to look into one of its schools for a while',
      access: asks,
      freshSignIn: true,
      body: AskBody,
      responses: { 201: Type.Object({ id }) },
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, body }) => ({ status: 201, body: await support.ask(actor, body) }),
    }),
    route({
      method: 'GET',
      path: '/api/support/visits',
      summary: 'Visits of support staff: one’s own, or those to the municipality',
      access: either,
      responses: { 200: VisitList },
      handle: async ({ actor }) => ({
        body: { items: (await support.list(actor)).map((visit) => viewOf(visit, { actor, now: clock.now() })) },
      }),
    }),
    route({
      method: 'POST',
      path: '/api/support/visits/:id/end',
      summary: 'Ends a visit before its time: the municipality, or the visitor',
      access: either,
      whileReadOnly: true,
      params: IdParams,
      responses: done,
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        await support.end(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}

function answerRoutes(support: Support): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/support/visits/:id/open',
      summary: 'The municipality opens one school to support staff for the time that was asked',
      access: answers,
      freshSignIn: true,
      params: IdParams,
      body: Type.Object({ school: id }, strict),
      responses: done,
      errors: ['not-found', 'not-allowed', 'conflict'],
      handle: async ({ actor, params, body }) => {
        await support.open(actor, params.id, body.school);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/support/visits/:id/refuse',
      summary: 'The municipality does not let support staff in',
      access: answers,
      params: IdParams,
      responses: done,
      errors: ['not-found', 'not-allowed', 'conflict'],
      handle: async ({ actor, params }) => {
        await support.refuse(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}

function viewOf(visit: PlacedVisit, { actor, now }: { actor: Actor; now: Date }) {
  const { asker, askedAt, answeredAt, endsAt, lapsesAt: _, closedAt: __, answer: ___, ...shown } = visit;
  return {
    ...shown,
    asker: asker.name,
    isMine: asker.id === actor.person,
    state: stateOf(visit, now),
    askedAt: askedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
  };
}
