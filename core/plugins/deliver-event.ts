import type { PluginEvent } from '@digione/sdk/capabilities';
import type { Access } from '../access/index.ts';
import { eventElements, subjectOfEvent, type WaitingEvent } from '../capabilities/index.ts';
import type { Database } from '../db/index.ts';
import { type Id, type Log, newId, Refusal } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';
import { absentActor, platform } from './background.ts';
import { type PluginDeps, runJob } from './run-plugin.ts';

export interface DeliveryDeps {
  plugins: PluginDeps;
  database: Database;
  access: Access;
  log: Log;
}

/** What became of one attempt. */
export type Attempt = { status: 'delivered' } | { status: 'withheld' | 'failed'; code: string };

/** Hands one event to one plugin, as far as the plugin may be told now. */
export async function deliverEvent(deps: DeliveryDeps, event: WaitingEvent): Promise<Attempt> {
  try {
    const { municipality, school, to } = event;
    const grant = await deps.plugins.grants.of({ municipality, school, plugin: to });
    return await tell(deps, event, grant);
  } catch (error) {
    const code = error instanceof Refusal ? error.code : 'host-failed';
    if (!(error instanceof Refusal)) deps.log.error({ error, event: event.name }, 'an event could not be delivered');
    // Who is no longer in use here is not told later either.
    return { status: code === 'plugin-not-enabled' ? 'withheld' : 'failed', code };
  }
}

async function tell(deps: DeliveryDeps, event: WaitingEvent, grant: PluginGrant): Promise<Attempt> {
  const by = event.by === null ? platform : { ...event.by, language: event.language };
  const actor = absentActor(grant, { ...by, language: event.language });
  if (!grant.manifest.events?.subscribes.includes(event.name)) return { status: 'withheld', code: 'scope-missing' };
  const subject = event.subject === null ? null : await decide(deps, event.subject, { grant, actor });
  if (subject === undefined) return { status: 'withheld', code: 'not-allowed' };
  const { handler, seen } = handed(deps, event, { grant, subject });
  await runJob(deps.plugins, { actor, plugin: grant.plugin, log: deps.log, trace: newId() }, { grant, handler, seen });
  return { status: 'delivered' };
}

function decide(
  { database, access }: DeliveryDeps,
  person: Id,
  { grant, actor }: { grant: PluginGrant; actor: ReturnType<typeof absentActor> },
): Promise<Id | undefined> {
  const question = { grant, actor, lease: 'background' as const, person, action: 'events.deliver' as const };
  return database.inTenant(grant.municipality, (tx) => subjectOfEvent(tx, access, question));
}

/** The event in the words of this plugin, and what its context has seen by it. */
function handed(
  { access }: DeliveryDeps,
  { id, name, key, body, at, attempt }: WaitingEvent,
  { grant, subject }: { grant: PluginGrant; subject: Id | null },
) {
  const about = subject === null ? undefined : access.pseudonym(grant.municipality, grant.plugin, subject);
  const argument: PluginEvent = {
    id,
    name,
    ...(key === null ? {} : { key }),
    ...(about === undefined ? {} : { subject: about }),
    body: body as Record<string, unknown>,
    publishedAt: at.toISOString(),
    attempt,
  };
  const elements = about === undefined ? [] : eventElements(grant).flatMap((one) => one.elements);
  const seen = { elements, persons: about === undefined ? [] : [about] };
  return { handler: { kind: 'event' as const, name, argument }, seen };
}
