import type { Actor } from '../identity/index.ts';
import { readAnswer } from './registry-answer.ts';
import type { RegistryHttp, RegistryRequest } from './registry-http.ts';
import type { ServiceToken } from './service-token.ts';

export interface ReviewDecision {
  decision: 'approve' | 'request-changes' | 'reject';
  reason: string;
}

/** The reviewers' door to the registry: the core says who asks, the registry decides what that person may. */
export interface Review {
  queue(actor: Actor): Promise<unknown>;
  look(actor: Actor, plugin: string, version: string): Promise<unknown>;
  decide(actor: Actor, release: { plugin: string; version: string }, decision: ReviewDecision): Promise<unknown>;
}

export interface ReviewDeps {
  http: RegistryHttp;
  serviceToken: ServiceToken;
  /** Brings what was decided into the catalogue at once instead of at the next poll. */
  sync(): Promise<void>;
}

export function createReview({ http, serviceToken, sync }: ReviewDeps): Review {
  const ask = async (actor: Actor, path: string, request: RegistryRequest = {}) =>
    readAnswer(await http.ask(path, { ...request, token: await serviceToken(actor) }));
  return {
    queue: (actor) => ask(actor, '/v1/review/queue'),
    look: (actor, plugin, version) => ask(actor, `/v1/review/${plugin}/${version}`),
    async decide(actor, { plugin, version }, decision) {
      const answer = await ask(actor, `/v1/review/${plugin}/${version}/decision`, { method: 'POST', body: decision });
      await sync().catch(() => undefined); // the decision stands; the next poll brings what this one could not
      return answer;
    },
  };
}
