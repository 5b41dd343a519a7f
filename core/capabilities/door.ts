import type { ArgumentOf, Capabilities, CapabilityName, ResultOf } from '@digione/sdk/capabilities';
import type { Caller } from './caller.ts';

/** One door, open: it gets an argument that fits its schema. */
export type DoorOf<Name extends CapabilityName> = (
  caller: Caller,
  argument: ArgumentOf<Capabilities[Name]>,
) => Promise<ResultOf<Capabilities[Name]>>;

/** All doors by name; the compiler knows when one is missing. */
export type Doors = { [Name in CapabilityName]: DoorOf<Name> };
