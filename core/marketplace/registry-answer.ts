import { refuse } from '../kernel/index.ts';
import type { RegistryAnswer } from './registry-http.ts';

/** What the registry answered to a person's question, or its refusal in the core's words. */
export function readAnswer({ status, bytes }: RegistryAnswer): unknown {
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
  if (bytes.length === 0) return {};
  try {
    const answer: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch (cause) {
    return refuse('registry-unavailable', 'The registry answered with something that is not JSON.', { cause });
  }
}
