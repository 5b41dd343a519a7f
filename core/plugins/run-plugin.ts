import { isPluginErrorCode } from '@digione/sdk/errors';
import type { Role } from '@digione/sdk/manifest';
import type { Access } from '../access/index.ts';
import { type Caller, type Capability, changesSomething } from '../capabilities/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Log, Refusal, refuse } from '../kernel/index.ts';
import type { Grants, PluginGrant, RunningBundles } from '../marketplace/index.ts';
import type { ContextKey, Sandbox, SandboxJob } from '../sandbox/index.ts';
import { guestContext } from './guest-context.ts';
import type { RateLimit } from './rate-limit.ts';
import type { SeenContexts } from './seen-contexts.ts';
import type { Turnstile } from './turnstile.ts';

export interface PluginDeps {
  grants: Grants;
  bundles: RunningBundles;
  sandbox: Pick<Sandbox, 'run' | 'dispose'>;
  capabilities: Capability;
  access: Pick<Access, 'pseudonym'>;
  clock: Clock;
  rate: RateLimit;
  seen: SeenContexts;
  turnstile: Turnstile;
}

export interface PluginRequest {
  actor: Actor;
  plugin: string;
  log: Log;
  trace: string;
}

/** The plugin as this person may use it here and now; refuses with the reason. */
export async function admit(
  { grants }: Pick<PluginDeps, 'grants'>,
  { actor, plugin }: Omit<PluginRequest, 'log' | 'trace'>,
): Promise<PluginGrant> {
  const school = actor.school?.id ?? refuse('not-allowed', 'Plugins work inside a school: switch to a role in one.');
  const grant = await grants.of({ municipality: actor.municipality.id, plugin, school });
  if (grant.manifest.audience.roles.includes(actor.role as Role)) return grant;
  return refuse('not-allowed', `${plugin} is not meant for your present role.`);
}

export interface Handler {
  kind: 'call' | 'tile' | 'event' | 'schedule';
  name: string;
  argument: unknown;
}

/**
 * Runs one handler of an admitted plugin in the sandbox and answers with what it gave, parsed. A change of rights ends what
 * runs; a call that met it by chance and has changed nothing yet starts once more, under the rights as they are now.
 */
export async function run(
  deps: PluginDeps,
  request: PluginRequest,
  { grant, handler }: { grant: PluginGrant; handler: Handler },
): Promise<unknown> {
  deps.rate.take(`${request.actor.account} ${grant.plugin}`);
  const asked = new Set<string>();
  const doors: DoorWatch = {};
  try {
    return await runOnce(deps, request, { grant, handler, asked, doors });
  } catch (error) {
    const startsAgain = error instanceof Refusal && error.code === 'unavailable' && ![...asked].some(changesSomething);
    if (!startsAgain) throw reasonOf(error, doors);
    const again = { grant: await admit(deps, request), handler, asked, doors };
    return runOnce(deps, request, again).catch((second: unknown) => {
      throw reasonOf(second, doors);
    });
  }
}

/** The refusal of a door after which the guest asked no other one. */
interface DoorWatch {
  refused?: Refusal;
}

/**
 * Why a plugin failed whose last door was refused: the page hears the door's code. The host knows that itself; what the guest
 * says about its own error counts for nothing.
 */
function reasonOf(error: unknown, { refused }: DoorWatch): unknown {
  if (!refused || !(error instanceof Refusal) || error.code !== 'plugin-failed') return error;
  return new Refusal(refused.code, refused.message, { detail: error.detail ?? '', extra: error.extra, cause: error });
}

/** Runs a handler for which nobody waits, with the limits of a job and the background lease. It is the caller who tries again. */
export async function runJob(
  deps: PluginDeps,
  request: PluginRequest,
  { grant, handler, seen }: { grant: PluginGrant; handler: Handler; seen?: { elements: string[]; persons: string[] } },
): Promise<void> {
  const known = deps.seen.of(keyOf(grant, request.actor, 'background'));
  for (const element of seen?.elements ?? []) known.elements.add(element);
  for (const person of seen?.persons ?? []) known.persons.add(person);
  await runOnce(deps, request, { grant, handler, asked: new Set(), doors: {}, lease: 'background' });
}

interface OneRun {
  grant: PluginGrant;
  handler: Handler;
  /** Names of the doors that were asked. */
  asked: Set<string>;
  doors: DoorWatch;
  lease?: 'background';
}

async function runOnce(
  deps: PluginDeps,
  { actor, log, trace }: PluginRequest,
  { grant, handler, asked, doors, lease }: OneRun,
): Promise<unknown> {
  const key = keyOf(grant, actor, lease);
  const caller: Caller = { grant, actor, log, trace, seen: deps.seen.of(key), ...(lease ? { lease } : {}) };
  const job: SandboxJob = {
    key,
    source: () => deps.bundles.source(grant.digest),
    limits: lease ? 'job' : 'interactive',
    kind: handler.kind,
    name: handler.name,
    argument: JSON.stringify(handler.argument ?? null),
    context: JSON.stringify(guestContext(deps, actor, grant)),
    hostCall: (capability, argumentJson) => {
      asked.add(capability);
      delete doors.refused;
      return deps.capabilities.ask(caller, capability, argumentJson).catch((error: unknown) => {
        if (error instanceof Refusal && isPluginErrorCode(error.code)) doors.refused = error;
        throw error;
      });
    },
  };
  // A job may run for minutes and is tried again when it is ended: a change of rights does not wait for it.
  const answer = lease ? deps.sandbox.run(job) : deps.turnstile.pass(key, () => deps.sandbox.run(job));
  try {
    return JSON.parse(await answer);
  } finally {
    if (caller.seen.endsWithRequest) await deps.seen.end(key);
  }
}

/** What was read in front of a person is not there when nobody is, nor the other way round. */
function keyOf(
  { municipality, plugin, version, digest, school }: PluginGrant,
  { person }: Actor,
  lease?: 'background',
): ContextKey {
  return { municipality, plugin, version, digest, school, user: lease ? `${lease} ${person}` : person };
}
