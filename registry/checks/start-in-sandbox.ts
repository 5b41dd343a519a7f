import { Refusal, sha256Hex } from '@digione/core/kernel';
import type { StartInSandbox } from './starts.ts';

/** As much of the sandbox as a start takes. */
export interface BackendRunner extends AsyncDisposable {
  run(job: {
    key: { municipality: string; plugin: string; version: string; digest: string; school: string; user: string };
    source: () => Promise<string>;
    kind: 'call';
    name: string;
    argument: string;
    context: string;
    hostCall: () => Promise<string>;
  }): Promise<string>;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** No plugin has a handler of this name: the sandbox answers `not-found` once the backend has started and registered. */
const absentHandler = 'digione-start-check';

/** Starts a backend in a sandbox of its own: a worker that a stranger's code may have spoilt serves nobody after it. */
export function createStartInSandbox(openSandbox: () => Promise<BackendRunner>): StartInSandbox {
  return async (backendSource) => {
    await using sandbox = await openSandbox();
    const key = { municipality: nobody, plugin: 'registry/check', version: '0.0.0', school: nobody, user: nobody };
    try {
      await sandbox.run({
        key: { ...key, digest: sha256Hex(backendSource) },
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
