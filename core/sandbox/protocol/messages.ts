import type { PluginErrorCode } from '@digione/sdk/errors';
import type { ContextKey } from '../context-key.ts';
import type { JobKind } from '../sandbox-job.ts';
import type { SandboxLimits } from '../limits.ts';

/** Supervisor → worker. The comment after each says what its payload is. */
export type ToWorker =
  | { t: 'hello'; limits: SandboxLimits } // none
  | { t: 'call'; id: number; key: ContextKey; kind: JobKind; name: string; limits: 'interactive' | 'job'; cut: number } // argument + context, cut at `cut`
  | { t: 'source'; digest: string; ok: boolean } // text of the bundle
  | { t: 'settle'; id: number; call: number; code: string } // JSON value, or message when code is not empty
  | { t: 'dispose'; n: number; match: Partial<ContextKey> } // none
  | { t: 'ping'; n: number }; // none

/** Worker → supervisor. A worker may be in a stranger's hands: `workerMessage` checks every field. */
export type FromWorker =
  | { t: 'ready' }
  | { t: 'want'; id: number; digest: string }
  | { t: 'answer'; id: number; cpu: number } // JSON value
  | { t: 'failed'; id: number; cpu: number; code: PluginErrorCode } // private detail
  | { t: 'invoke'; id: number; call: number; capability: string } // JSON argument
  | { t: 'log'; id: number; dropped: number } // JSON list of lines
  | { t: 'disposed'; n: number }
  | { t: 'pong'; n: number; isolates: number; contexts: number }
  | { t: 'stuck' };
