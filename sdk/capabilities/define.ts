import type { Static, TSchema } from 'typebox';
import type { ScopeName } from '../manifest/index.ts';

/** A door of the host: what a plugin may ask and what it gets. */
export interface Capability<Argument extends TSchema = TSchema, Result extends TSchema = TSchema> {
  /** The name that `digione.invoke` is called with. */
  readonly name: string;
  /** One sentence for a plugin's author. */
  readonly summary: string;
  /** The scope that a manifest must declare for it; `null` for doors that everyone has. */
  readonly scope: ScopeName | null;
  /** What it is called with. */
  readonly argument: Argument;
  /** What it answers. The host checks its own answers against it. */
  readonly result: Result;
}

/** Keeps the types of the two schemas while the shape is checked. */
export function defineCapability<Argument extends TSchema, Result extends TSchema>(
  door: Capability<Argument, Result>,
): Capability<Argument, Result> {
  return Object.freeze(door);
}

/** Type of a door's argument. */
export type ArgumentOf<Door> = Door extends Capability<infer Argument, TSchema> ? Static<Argument> : never;
/** Type of a door's result. */
export type ResultOf<Door> = Door extends Capability<TSchema, infer Result> ? Static<Result> : never;
