import type { Actor } from '../identity/index.ts';

/** A token of 60 seconds at most, good once, that names the person to the registry. */
export type ServiceToken = (actor: Actor) => string | Promise<string>;
