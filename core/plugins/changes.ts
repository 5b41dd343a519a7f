import { type Static, Type } from 'typebox';
import type { Database } from '../db/index.ts';
import { sessionsEndedChannel } from '../identity/index.ts';
import { formOf, type Log } from '../kernel/index.ts';
import { enablementChannel, type Marketplace } from '../marketplace/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import type { Live } from './live.ts';
import type { Turnstile } from './turnstile.ts';

/** Channel on which every node hears that what a plugin may see has changed. */
export const consentChannel = 'digione_consent';

const Enablement = Type.Object({
  plugin: Type.String(),
  version: Type.String(),
  status: Type.String(),
  municipality: Type.Optional(Type.String()),
  school: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
});
const Consent = Type.Object({ municipality: Type.String(), plugin: Type.String() });
const Sessions = Type.Object({ sessions: Type.Array(Type.String()) });

export interface ChangeDeps {
  database: Database;
  sandbox: Pick<Sandbox, 'dispose'>;
  live: Live;
  turnstile: Turnstile;
  grants: Pick<Marketplace['grants'], 'forget'>;
  log: Log;
}

/** Whatever narrows a plugin's rights ends its contexts on this node and tells the open pages. Returns the way to stop. */
export async function followChanges({
  database,
  sandbox,
  live,
  turnstile,
  grants,
  log,
}: ChangeDeps): Promise<() => Promise<void>> {
  const stops = await Promise.all([
    database.listen(
      enablementChannel,
      checked(formOf(Enablement), log, async (change) => {
        grants.forget();
        live.tell(enablementEvent(change));
        await sandbox.dispose(enablementContexts(change));
      }),
    ),
    database.listen(
      consentChannel,
      checked(formOf(Consent), log, async ({ municipality, plugin }) => {
        live.tell({ name: 'consent', data: { plugin }, to: (actor) => actor.municipality.id === municipality });
        await turnstile.clear({ municipality, plugin }, () => sandbox.dispose({ municipality, plugin }));
      }),
    ),
    database.listen(
      sessionsEndedChannel,
      checked(formOf(Sessions), log, async ({ sessions }) => {
        live.tell({ name: 'session', data: {}, to: (actor) => sessions.includes(actor.session), last: true });
      }),
    ),
  ]);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function enablementEvent({
  plugin,
  status,
  reason,
  municipality,
  school,
}: Static<typeof Enablement>): Parameters<Live['tell']>[0] {
  const stopped = status === 'enabled' ? 'enabled' : 'stopped';
  const by = status === 'revoked' ? { by: 'revoked' } : {};
  return {
    name: 'plugin',
    data: { plugin, status: stopped, ...by, ...(reason === undefined ? {} : { reason }) },
    to: (actor) =>
      (municipality === undefined || actor.municipality.id === municipality) &&
      (school === undefined || actor.school?.id === school),
  };
}

/** A version that the registry killed ends everywhere; else what runs in that school, in whatever version. */
function enablementContexts({
  plugin,
  version,
  municipality,
  school,
}: Static<typeof Enablement>): Parameters<Sandbox['dispose']>[0] {
  return municipality === undefined || school === undefined ? { plugin, version } : { municipality, school, plugin };
}

/** A notification is JSON from the database: whoever may write there could send any shape. */
function checked<T>(
  is: (payload: unknown) => payload is T,
  log: Log,
  on: (payload: T) => Promise<void>,
): (payload: unknown) => void {
  return (payload) => {
    if (!is(payload)) return log.warn('a notification of another shape was left aside');
    on(payload).catch((error: unknown) => log.error({ error }, 'following a change failed'));
  };
}
