import { randomUUID } from 'node:crypto';
import { createLog, Refusal } from '@digione/core/kernel';
import { createSandbox } from '@digione/core/sandbox';

/** A name that no plugin has: calling it starts the backend and must end with `not-found`. */
const nobody = 'startOnly';

/** Starts a backend in the real sandbox, in a worker process of its own, and ends it again. */
export async function startInSandbox(source: string): Promise<void> {
  await using sandbox = await createSandbox({
    workers: 1,
    spares: 0,
    log: createLog({ name: 'digione-check', level: 'silent' }),
  });
  const [municipality, school, user] = [randomUUID(), randomUUID(), randomUUID()];
  const key = { municipality, school, user, plugin: 'check/check', version: '0.0.0', digest: randomUUID() };
  try {
    await sandbox.run({
      key,
      source: async () => source,
      kind: 'call',
      name: nobody,
      argument: 'null',
      context: '{}',
      hostCall: refuseAll,
    });
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
  }
}

async function refuseAll(): Promise<string> {
  throw new Refusal('unavailable', 'Doors are closed while a backend is only started.');
}
