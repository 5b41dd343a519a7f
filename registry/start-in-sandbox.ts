import { createSandbox } from '@digione/core/sandbox';
import { Refusal, sha256Hex, type Log } from '@digione/core/kernel';
import type { StartInSandbox } from './checks/index.ts';

const nobody = '00000000-0000-0000-0000-000000000000';

/** No plugin has a handler of this name: the sandbox answers `not-found` once the backend has started and registered. */
const absentHandler = 'digione-start-check';

/** Starts a backend in a sandbox of its own: a worker that a stranger's code may spoil serves nobody after it. */
export function createStartInSandbox(log: Log): StartInSandbox {
  return async (backendSource) => {
    await using sandbox = await createSandbox({ workers: 1, spares: 0, log });
    try {
      await sandbox.run({
        key: {
          municipality: nobody,
          plugin: 'registry/check',
          version: '0.0.0',
          digest: sha256Hex(backendSource),
          school: nobody,
          user: nobody,
        },
        source: async () => backendSource,
        kind: 'call',
        name: absentHandler,
        argument: '{}',
        context: '{}',
        hostCall: async () => 'null',
      });
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
    }
  };
}
