import type { ContextKey } from './context-key.ts';

export type JobKind = 'call' | 'tile' | 'event' | 'schedule';

/** One run of a plugin's handler. */
export interface SandboxJob {
  key: ContextKey;
  /** Text of the plugin's backend; asked only when a worker does not have it. */
  source: () => Promise<string>;
  kind: JobKind;
  name: string;
  /** JSON text. */
  argument: string;
  /** JSON text of `digione.context`. */
  context: string;
  limits?: 'interactive' | 'job';
  /**
   * Answers what the guest asked through `digione.invoke`: JSON text. A thrown Refusal with a code of `sdk/errors` reaches the
   * guest as code and message; anything else as `host-failed`. The signal ends with the call.
   */
  hostCall: (capability: string, argumentJson: string, info: { signal: AbortSignal }) => Promise<string>;
  /** Lines that the guest logged, and how many its bucket dropped. Untrusted text. */
  onLog?: (lines: string[], dropped: number) => void;
}
