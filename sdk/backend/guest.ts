import type { GuestContext } from '../capabilities/index.ts';

/** Which kind of handler the host calls. */
export type HandlerKind = 'call' | 'tile' | 'event' | 'schedule';

/** A plugin as the host holds it: each handler takes one argument and may answer with a promise. */
export interface RegisteredPlugin {
  readonly calls: Readonly<Record<string, (argument: unknown) => unknown>>;
  readonly tiles: Readonly<Record<string, (argument: unknown) => unknown>>;
  readonly events: Readonly<Record<string, (argument: unknown) => unknown>>;
  readonly schedules: Readonly<Record<string, (argument: unknown) => unknown>>;
}

/** The global `digione` of the sandbox. Authors use `definePlugin` and its context instead. */
export interface Guest {
  /** Hands the plugin over; called once while `backend.js` runs. */
  register(plugin: RegisteredPlugin): void;
  /** Asks a door; rejects with an error that has a `code`. */
  invoke(capability: string, argument: unknown): Promise<unknown>;
  /** Who uses the plugin where, at the moment of the call. */
  readonly context: GuestContext;
}

/** The sandbox's global, or `undefined` outside of a sandbox (in a test or an editor). */
export function guest(): Guest | undefined {
  return (globalThis as { digione?: Guest }).digione;
}
