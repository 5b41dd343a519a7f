/** Fire and forget to the worker: primitives only. It is the one native function behind the guest's realm and never leaves the bridge. */
export type Post = (
  kind: 'answer' | 'failed' | 'invoke' | 'timer' | 'log',
  number: number,
  text: string,
  more?: string,
) => void;

/** What a guest may use, counted inside its own realm so that a flood costs only the guest. */
export interface GuestLimits {
  messageBytes: number;
  callsInFlight: number;
  callsTotal: number;
  callBytesTotal: number;
  timers: number;
  logLines: number;
  logBytes: number;
}
