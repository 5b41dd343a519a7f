import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { capabilities, type CapabilityName } from '@digione/sdk/capabilities';
import { Refusal, refuse } from '../kernel/index.ts';
import type { Caller } from './caller.ts';
import type { Doors } from './door.ts';
import { checkDeclared } from './scopes.ts';

/** The way of each ask of a plugin: known door → declared scope → argument fits → door → result fits. */
export interface Capability {
  /** Takes and gives JSON text. Refuses with a code of sdk/errors, naming what is missing. */
  ask(caller: Caller, name: string, argumentJson: string): Promise<string>;
}

interface Checks {
  argument: ValidateFunction;
  result: ValidateFunction;
}

export function createDispatch(doors: Doors): Capability {
  const checksOf = checksAtFirstUse();
  return {
    async ask(caller, name, argumentJson) {
      const door = knownDoor(caller, name);
      const { scope } = capabilities[door];
      if (scope !== null) checkDeclared(caller.grant, scope, door);
      const { argument, result } = checksOf(door);
      const value = await open(doors, door)(caller, parseArgument(door, argumentJson, argument)).catch(inTheirWords);
      if (!result(value))
        refuse('host-failed', `The host's answer at ${door} was not in its form.`, { detail: say(result) });
      return JSON.stringify(value);
    },
  };
}

/** The argument was checked against this door's own schema, which the type of the table can't express. */
function open(doors: Doors, name: CapabilityName): (caller: Caller, argument: unknown) => Promise<unknown> {
  return doors[name] as (caller: Caller, argument: unknown) => Promise<unknown>;
}

/** Rules of the school's own rooms, which routes share, speak of routes: a plugin hears the code of its border. */
function inTheirWords(error: unknown): never {
  if (error instanceof Refusal && error.code === 'invalid') refuse('invalid-argument', error.message, { cause: error });
  throw error;
}

function knownDoor({ grant }: Caller, name: string): CapabilityName {
  if (Object.hasOwn(capabilities, name)) return name as CapabilityName;
  return refuse('not-found', `Plugin "${grant.plugin}" asked for a door that this host does not have.`, {
    detail: name.slice(0, 100),
  });
}

function parseArgument(door: string, json: string, check: ValidateFunction): unknown {
  const argument = parse(door, json);
  if (check(argument)) return argument;
  return refuse('invalid-argument', `The argument of ${door} does not fit its schema: ${say(check)}.`);
}

function parse(door: string, json: string): unknown {
  try {
    return JSON.parse(json, refusePrototypeKeys);
  } catch (cause) {
    return refuse('invalid-argument', `The argument of ${door} is not JSON, or has a key that is not allowed.`, {
      cause,
    });
  }
}

function refusePrototypeKeys(key: string, value: unknown): unknown {
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new TypeError('a prototype key');
  return value;
}

/** Compiled when a door is first asked for: a start has none of them to wait for. */
function checksAtFirstUse(): (door: CapabilityName) => Checks {
  // The schemas are the SDK's own constants, held against their drafts by its tests.
  const ajv = new Ajv2020({ strict: false, ownProperties: true, validateSchema: false });
  const made = new Map<CapabilityName, Checks>();
  return (door) => {
    const found = made.get(door);
    if (found) return found;
    const { argument, result } = capabilities[door];
    const checks = { argument: ajv.compile(argument), result: ajv.compile(result) };
    made.set(door, checks);
    return checks;
  };
}

function say({ errors }: ValidateFunction): string {
  const [first] = errors ?? [];
  return first ? `${first.instancePath || 'it'} ${first.message}` : 'it has another shape';
}
