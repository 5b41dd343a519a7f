import type { Bundle } from '../bundle/index.ts';
import { error, type Finding } from './check-result.ts';

/** Runs the backend once in the real sandbox inside its limits; rejects when it does not register a plugin. */
export type StartInSandbox = (backendSource: string) => Promise<void>;

/** What does not start here would not start in a school. */
export async function checkStarts({ files }: Bundle, startInSandbox: StartInSandbox): Promise<Finding[]> {
  const backend = files.get('backend.js');
  if (!backend) return [error('The bundle has no backend.js.', 'backend.js')];
  try {
    await startInSandbox(Buffer.from(backend).toString('utf8'));
    return [];
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.slice(0, 300) : 'it failed';
    return [error(`The backend does not start in the sandbox: ${message}`, 'backend.js')];
  }
}
