import type { Actor } from '../identity/index.ts';
import { refuse } from '../kernel/index.ts';
import type { RegistryAnswer, RegistryHttp, RegistryRequest } from './registry-http.ts';

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
  /** A token of 60 seconds at most that names the reviewer. */
  serviceToken(actor: Actor): string;
  /** Brings what was decided into the catalogue at once instead of at the next poll. */
  sync(): Promise<void>;
}

export function createReview({ http, serviceToken, sync }: ReviewDeps): Review {
  const ask = async (actor: Actor, path: string, request: RegistryRequest = {}) =>
    readAnswer(await http.ask(path, { ...request, token: serviceToken(actor) }));
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

function readAnswer({ status, bytes }: RegistryAnswer): unknown {
  const answer = parse(bytes);
  if (status < 300) return answer;
  const { code, detail } = answer as { code?: unknown; detail?: unknown };
  const message = typeof detail === 'string' ? detail.slice(0, 500) : 'The registry refused.';
  const extra = { registryCode: typeof code === 'string' ? code.slice(0, 60) : 'unknown' };
  if (status === 404) refuse('not-found', message, { extra });
  if (status === 409) refuse('conflict', message, { extra });
  if (status === 401 || status === 403) refuse('not-allowed', message, { extra });
  if (status < 500) refuse('invalid', message, { extra });
  return refuse('registry-unavailable', 'The registry could not answer. Try again in a moment.', {
    detail: `status ${status}`,
  });
}

function parse(bytes: Buffer): object {
  try {
    const answer: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch (cause) {
    return refuse('registry-unavailable', 'The registry answered with something that is not JSON.', { cause });
  }
}
