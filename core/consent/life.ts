import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import type { ConsentAct } from './consent.ts';
import { isValid } from './consent-state.ts';
import type { ConsentChanged } from './decision.ts';
import { type Changed, changeStanding, endDueConsents, type LifeChange } from './life-store.ts';

export interface LifeDeps {
  database: Database;
  clock: Clock;
  recordAct(tx: Tx, act: ConsentAct): Promise<void>;
  onConsentChanged(event: ConsentChanged): Promise<void>;
}

export interface StandingRequest {
  plugin: string;
  purpose: string;
  act: 'suspend' | 'resume' | 'invalidate';
  reason: string;
}

/** What happens to consents without the family: time, the end of the schooling or of the plugin, and the authority. */
export interface ConsentLife {
  /** Ends what is due in the municipality; answers how many. Every node may run it at any time. */
  endDue(municipality: Id): Promise<number>;
  /** For the data protection officer: all consents of one plugin's purpose. */
  changeStanding(actor: Actor, request: StandingRequest): Promise<{ changed: number }>;
}

export function createConsentLife({ database, clock, recordAct, onConsentChanged }: LifeDeps): ConsentLife {
  async function told(municipality: Id, changed: readonly Changed[]): Promise<void> {
    const perPlugin = new Map(changed.map((one) => [`${one.plugin} ${one.purpose}`, one]));
    for (const one of perPlugin.values()) await onConsentChanged({ municipality, ...one, valid: isValid(one.state) });
  }
  return {
    async endDue(municipality) {
      const ended = await database.inTenant(municipality, async (tx) => {
        const found = await endDueConsents(tx, municipality, { today: clock.today(), now: clock.now() });
        for (const one of found) await recordAct(tx, actOf({ municipality, by: { role: 'platform' } }, one.act, one));
        return found;
      });
      await told(municipality, ended);
      return ended.length;
    },

    async changeStanding(actor, { plugin, purpose, act, reason }) {
      if (actor.role !== 'dataProtectionOfficer') refuse('not-allowed', 'This is for the data protection officer.');
      const municipality = actor.municipality.id;
      const changed = await database.inTenant(municipality, async (tx) => {
        const order = { act, reason, actor: actor.person, now: clock.now() };
        const found = await changeStanding(tx, { municipality, plugin, purpose }, order);
        const by = { role: actor.role, person: actor.person };
        for (const one of found) await recordAct(tx, actOf({ municipality, by }, act, one));
        return found;
      });
      await told(municipality, changed);
      return { changed: changed.length };
    },
  };
}

function actOf(
  { municipality, by }: { municipality: Id; by: { role: string; person?: Id } },
  act: LifeChange['act'],
  { person, plugin, purpose, revision }: Changed,
): ConsentAct {
  const actor = by.person === undefined ? {} : { actor: by.person };
  return { municipality, action: `consent.${act}`, plugin, purpose, person, revision, actorRole: by.role, ...actor };
}
