import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { BreakGlass } from './break-glass.ts';
import { stateOf } from './opening-state.ts';
import type { Opening } from './opening-store.ts';
import { AskBody, Asked, Contacts, IdParams, OpeningList } from './schemas.ts';

const route = defineRoute<Actor>();
const asks = ({ role }: Actor): boolean => role === 'teacher' || role === 'principal';
const answers = ({ role }: Actor): boolean =>
  role === 'principal' || role === 'siteAdministrator' || role === 'dataProtectionOfficer';
const either = (actor: Actor): boolean => asks(actor) || answers(actor);
const isOfficer = ({ role }: Actor): boolean => role === 'dataProtectionOfficer';
const done = { 204: Type.Null() };

export function breakGlassRoutes({ breakGlass, clock }: { breakGlass: BreakGlass; clock: Clock }): Route<Actor>[] {
  return [...askerRoutes(breakGlass, clock), ...answerRoutes(breakGlass)];
}

function askerRoutes(breakGlass: BreakGlass, clock: Clock): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/emergency',
      summary: 'Asks for a learner’s contacts in an emergency; a second person must open them',
      access: asks,
      freshSignIn: true,
      body: AskBody,
      responses: { 201: Asked },
      errors: ['not-allowed'],
      handle: async ({ actor, body }) => ({ status: 201, body: await breakGlass.ask(actor, body) }),
    }),
    route({
      method: 'GET',
      path: '/api/emergency',
      summary: 'Requests for emergency access: one’s own, or those of the school or municipality',
      access: either,
      responses: { 200: OpeningList },
      handle: async ({ actor }) => ({
        body: { items: (await breakGlass.list(actor)).map((opening) => viewOf(opening, { actor, now: clock.now() })) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/emergency/:id/contacts',
      summary: 'The contacts, while they are open; logged, and shown to the family',
      access: asks,
      params: IdParams,
      responses: { 200: Contacts },
      errors: ['not-found', 'not-allowed'],
      handle: async ({ actor, params }) => {
        const { learner, until } = await breakGlass.look(actor, params.id);
        return { body: { learner, until: until.toISOString() } };
      },
    }),
    route({
      method: 'POST',
      path: '/api/emergency/:id/close',
      summary: 'Ends an opening before its time',
      access: either,
      params: IdParams,
      responses: done,
      errors: ['not-found', 'conflict'],
      handle: async ({ actor, params }) => {
        await breakGlass.close(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}

function answerRoutes(breakGlass: BreakGlass): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/emergency/:id/open',
      summary: 'The second person opens the contacts for an hour',
      access: answers,
      freshSignIn: true,
      params: IdParams,
      responses: done,
      errors: ['not-found', 'not-allowed', 'conflict'],
      handle: async ({ actor, params }) => {
        await breakGlass.open(actor, params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/emergency/:id/refuse',
      summary: 'The second person refuses',
      access: answers,
      params: IdParams,
      responses: done,
      errors: ['not-found', 'not-allowed', 'conflict'],
      handle: async ({ actor, params }) => {
        await breakGlass.refuse(actor, params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/emergency/:id/note',
      summary: 'The data protection officer has taken note',
      access: isOfficer,
      params: IdParams,
      responses: done,
      errors: ['not-found'],
      handle: async ({ actor, params }) => {
        await breakGlass.note(actor, params.id);
        return { status: 204 };
      },
    }),
  ];
}

function viewOf(opening: Opening, { actor, now }: { actor: Actor; now: Date }) {
  const { asker, askedAt, answeredAt, endsAt, notedAt, lapsesAt: _, closedAt: __, ...shown } = opening;
  return {
    ...shown,
    asker: { name: asker.name, role: asker.role },
    isMine: asker.id === actor.person,
    state: stateOf(opening, now),
    askedAt: askedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    isNoted: notedAt !== null,
  };
}
