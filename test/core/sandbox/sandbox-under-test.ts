import { createLog } from '@digione/core/kernel';
import {
  type ContextKey,
  createSandbox,
  defaultLimits,
  type Sandbox,
  type SandboxJob,
  type SandboxOptions,
} from '@digione/core/sandbox';

export const quiet = createLog({ name: 'test', level: 'silent' });

/** A sandbox as the tests want it: patient with a busy machine, and a breaker that stays out of the way unless the test is about it. */
export function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const limits = {
    interactive: { ...defaultLimits.interactive, wallMs: 20_000 },
    breakerStrikes: 1_000,
    heartbeatMs: 5_000,
    ...options.limits,
  };
  return createSandbox({ workers: 1, spares: 1, log: quiet, ...options, limits });
}

export const espoo: ContextKey = {
  municipality: 'espoo',
  plugin: 'test-vendor/plugin',
  version: '1.0.0',
  digest: 'd1',
  school: 'school-1',
  user: 'user-1',
};

type JobWishes = Partial<Omit<SandboxJob, 'key' | 'source'>> & { key?: Partial<ContextKey>; source?: string };

/** A call of `run` in the given plugin code, with the digest that its code needs. */
export function jobOf({ source = '', key, ...wishes }: JobWishes): SandboxJob {
  return {
    key: {
      ...espoo,
      digest: `${source.length}-${[...source].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)}`,
      ...key,
    },
    source: async () => source,
    kind: 'call',
    name: 'run',
    argument: 'null',
    context: '{"user":{"role":"teacher","language":"fi"}}',
    hostCall: async (_capability, argument) => argument,
    ...wishes,
  };
}

/** A plugin whose call `run` has this body; `argument` and `context` are its parameters. */
export function pluginRunning(body: string): string {
  return `digione.register({ calls: { run: async (argument, context) => { ${body} } } });`;
}

/** The code of the refusal, or `ok` and the parsed answer. */
export async function outcomeOf(answer: Promise<string>): Promise<{ code: string; value?: unknown; detail?: string }> {
  return answer.then(
    (text) => ({ code: 'ok', value: JSON.parse(text) as unknown }),
    (error: { code?: string; detail?: string }) => ({
      code: error.code ?? `thrown: ${String(error)}`,
      detail: error.detail,
    }),
  );
}

/** Waits until the condition holds; the test's own timeout is the only clock. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
