import { appendEvent } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, newId, refuse } from '../kernel/index.ts';
import { type MarketplaceAct, recordAct } from './acts.ts';
import { type Agreement, agreementsFor } from './agreement-store.ts';
import { tellEnablement } from './enablement-notice.ts';
import {
  type Enablement,
  insertEnablement,
  lockEnablement,
  schoolOf,
  stopAll,
  updateEnablement,
} from './enablement-store.ts';
import { newestUnder } from './newest-release.ts';
import { type HeldRelease, releasesOf } from './held-release-store.ts';

export interface Enablements {
  /** Impossible without a valid agreement. Takes the newest version whose data terms the agreement covers. */
  enable(actor: Actor, request: { plugin: string; school: Id }): Promise<{ id: Id; version: string }>;
  stop(actor: Actor, id: Id, reason: string): Promise<void>;
  /** Stops the plugin in every school: the platform's own doing, as the municipality chose. */
  stopEverywhere(municipality: Id, plugin: string, reason: string): Promise<void>;
  resume(actor: Actor, id: Id): Promise<void>;
  /** Moves to the newest version that an agreement in force covers. */
  update(actor: Actor, id: Id): Promise<{ version: string }>;
}

export interface EnablementDeps {
  database: Database;
  clock: Clock;
  checkFresh(): Promise<void>;
  /** Refuses while something must be done before these terms are used, such as an impact assessment. */
  checkTerms?(tx: Tx, municipality: Id, agreement: Agreement): Promise<void>;
  /** Told on this node before the answer is sent; other nodes hear of it by the notice. */
  onChanged(): void;
}

export function createEnablements(deps: EnablementDeps): Enablements {
  return {
    enable: (actor, request) => enable(deps, actor, request),
    async stop(actor, id, reason) {
      await change(deps, actor, id, async () => ({ act: 'enablement.stop', status: 'stopped', reason }));
    },
    stopEverywhere: (municipality, plugin, reason) => stopEverywhere(deps, { municipality, plugin, reason }),
    async resume(actor, id) {
      await deps.checkFresh();
      await change(deps, actor, id, async (_tx, { status }) => {
        if (status !== 'stopped') refuse('conflict', 'Only a plugin that was stopped can be resumed.');
        return { act: 'enablement.resume', status: 'enabled', reason: null };
      });
    },
    async update(actor, id) {
      await deps.checkFresh();
      return change(deps, actor, id, async (tx, { plugin, status, reason }) => {
        const { agreement, release } = await newest(deps, tx, { municipality: actor.municipality.id, plugin });
        const { version, digest } = release;
        return { act: 'enablement.update', status, reason, version, digest, agreement: agreement.id };
      });
    },
  };
}

async function enable(
  deps: EnablementDeps,
  actor: Actor,
  { plugin, school }: { plugin: string; school: Id },
): Promise<{ id: Id; version: string }> {
  await deps.checkFresh();
  const municipality = actor.municipality.id;
  const enabled = await deps.database.inTenant(municipality, async (tx) => {
    if (!(await schoolOf(tx, municipality, school))) refuse('not-found', 'Your municipality has no such school.');
    const { agreement, release } = await newest(deps, tx, { municipality, plugin });
    const { version, digest } = release;
    const wanted = {
      id: newId(),
      school,
      plugin,
      agreement: agreement.id,
      version,
      digest,
      changedAt: deps.clock.now(),
    };
    const id = await insertEnablement(tx, municipality, wanted);
    if (!id) refuse('already-enabled', `${plugin} is already in use in this school.`);
    await recordAct(tx, deps.clock, { actor, act: 'enablement.enable', plugin, version, school });
    await tellEnablement(tx, { municipality, school, plugin, version, status: 'enabled' });
    return { id, version };
  });
  deps.onChanged();
  return enabled;
}

async function stopEverywhere(
  { database, clock, onChanged }: EnablementDeps,
  { municipality, plugin, reason }: { municipality: Id; plugin: string; reason: string },
): Promise<void> {
  await database.inTenant(municipality, async (tx) => {
    for (const { school, version } of await stopAll(tx, { municipality, plugin, reason, at: clock.now() })) {
      const event = { municipality, action: 'enablement.stop', plugin, version, school, reason, actorRole: 'platform' };
      await appendEvent(tx, event, clock);
      await tellEnablement(tx, { municipality, school, plugin, version, status: 'stopped', reason });
    }
  });
  onChanged();
}

type Change = { act: MarketplaceAct['act'] } & Pick<Enablement, 'status' | 'reason'> &
  Partial<Pick<Enablement, 'version' | 'digest' | 'agreement'>>;

async function change(
  { database, clock, onChanged }: EnablementDeps,
  actor: Actor,
  id: Id,
  decide: (tx: Tx, now: Enablement) => Promise<Change>,
): Promise<{ version: string }> {
  const municipality = actor.municipality.id;
  const changed = await database.inTenant(municipality, async (tx) => {
    const now = await lockEnablement(tx, municipality, id);
    if (!now) refuse('not-found', 'Your municipality has no such enablement.');
    const { act, ...next } = {
      version: now.version,
      digest: now.digest,
      agreement: now.agreement,
      ...(await decide(tx, now)),
    };
    await updateEnablement(tx, municipality, id, { ...next, changedAt: clock.now() });
    const { plugin, school } = now;
    const { version, status } = next;
    const reason = next.reason ?? undefined;
    await recordAct(tx, clock, { actor, act, plugin, version, school, ...(reason ? { reason } : {}) });
    await tellEnablement(tx, { municipality, school, plugin, version, status, reason });
    return { version };
  });
  onChanged();
  return changed;
}

async function newest(
  { clock, checkTerms }: EnablementDeps,
  tx: Tx,
  { municipality, plugin }: { municipality: Id; plugin: string },
): Promise<{ agreement: Agreement; release: HeldRelease }> {
  const agreements = (await agreementsFor(tx, municipality, plugin)).filter(
    ({ expiresOn }) => expiresOn > clock.today(),
  );
  if (agreements.length === 0)
    refuse('agreement-missing', `Your municipality has no agreement in force about ${plugin}.`);
  const found = newestUnder(agreements, await releasesOf(tx, plugin));
  if (!found)
    refuse('version-not-enabling', `No version of ${plugin} that the agreement covers can be taken into use.`);
  await checkTerms?.(tx, municipality, found.agreement);
  return found;
}
