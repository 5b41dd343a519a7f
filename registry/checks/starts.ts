import { Refusal } from '@digione/core/kernel';
import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';

/**
 * Runs the backend once in the real sandbox inside its limits. Rejects with a Refusal when the backend is at fault, with
 * `unavailable` or any other error when the sandbox is.
 */
export type StartInSandbox = (backendSource: string) => Promise<void>;

/** What does not start here would not start in a school. */
export async function checkStarts({ files }: Bundle, startInSandbox: StartInSandbox): Promise<Finding[]> {
  const backend = files.get('backend.js');
  if (!backend) return [error('The bundle has no backend.js.', 'backend.js')];
  try {
    await startInSandbox(Buffer.from(backend).toString('utf8'));
    return [];
  } catch (cause) {
    // a sandbox that is out of order says nothing about the plugin: the check is run again later
    if (!(cause instanceof Refusal) || cause.code === 'unavailable') throw cause;
    return [error(`The backend does not start in the sandbox: ${cause.message.slice(0, 300)}`, 'backend.js')];
  }
}
