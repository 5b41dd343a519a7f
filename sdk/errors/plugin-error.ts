import { isPluginErrorCode, type PluginErrorCode } from './codes.ts';

/**
 * An error with a code of the closed list. Doors of the host and calls of the page's bridge reject with it. A backend doesn't
 * throw it: whatever a plugin throws reaches its page as `plugin-failed`, or as the code of the door whose refusal it did not
 * catch. What else a page shall tell apart is returned as a value.
 *
 * @example
 * try { await notes.put({ subject, value }); } catch (error) { if (codeOf(error) === 'not-allowed') return { saved: false }; throw error; }
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  /** Why it failed. */
  readonly code: PluginErrorCode;
  /** Number under which the host's log has the details, if it gave one. */
  readonly trace: string | undefined;

  constructor(code: PluginErrorCode, message: string, trace?: string) {
    super(message);
    this.code = code;
    this.trace = trace;
  }
}

/** The code of an error that a door or a call rejected with; `undefined` for every other error. */
export function codeOf(error: unknown): PluginErrorCode | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return isPluginErrorCode(code) ? code : undefined;
}
