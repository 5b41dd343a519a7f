import type { ArgumentOf, Capabilities, CapabilityName, ResultOf } from '../capabilities/index.ts';
import type { Guest } from './guest.ts';

/** A door of the host as a function. */
export type Door<Name extends CapabilityName> = (
  argument?: ArgumentOf<Capabilities[Name]>,
) => Promise<ResultOf<Capabilities[Name]>>;

/** The typed form of one door. The host checked argument and result against the door's schemas, so the type is true. */
export function door<Name extends CapabilityName>(host: Guest, name: Name): Door<Name> {
  return (argument) => host.invoke(name, argument ?? {}) as Promise<ResultOf<Capabilities[Name]>>;
}
