import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Marketplace } from './marketplace.ts';
import { DecisionBody, RegistryOut, ReleaseParams } from './schemas.ts';

const route = defineRoute<Actor>();
const isReviewer = ({ role, municipality }: Actor): boolean =>
  role === 'reviewer' && municipality.kind === 'coordinator';

export function reviewRoutes({ review }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/review/queue',
      summary: 'Versions that wait for a reviewer',
      access: isReviewer,
      responses: { 200: RegistryOut },
      errors: ['registry-unavailable'],
      handle: async ({ actor }) => ({ body: await review.queue(actor) }),
    }),
    route({
      method: 'GET',
      path: '/api/review/:vendor/:name/:version',
      summary: 'The checks of a version and what changed in its data terms',
      access: isReviewer,
      params: ReleaseParams,
      responses: { 200: RegistryOut },
      errors: ['not-found', 'registry-unavailable'],
      handle: async ({ actor, params }) => ({
        body: await review.look(actor, `${params.vendor}/${params.name}`, params.version),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/review/:vendor/:name/:version/decision',
      summary: 'Approve, ask for changes or reject, with the reason that the vendor reads',
      access: isReviewer,
      params: ReleaseParams,
      body: DecisionBody,
      responses: { 200: RegistryOut },
      errors: ['not-found', 'conflict', 'not-allowed', 'registry-unavailable'],
      handle: async ({ actor, params, body }) => {
        const release = { plugin: `${params.vendor}/${params.name}`, version: params.version };
        return { body: await review.decide(actor, release, body) };
      },
    }),
  ];
}
