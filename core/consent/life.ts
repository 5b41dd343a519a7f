import type { Database, Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import type { ConsentAct } from './consent.ts';
import { isValid } from './consent-state.ts';
import type { ConsentChanged } from './decision.ts';
import {
  type Changed,
  changeStanding,
  endDueConsents,
  type ErasedConsent,
  type LifeChange,
  recordErasure,
} from './life-store.ts';

export interface LifeDeps {
  database: Database;
  clock: Clock;
  recordAct(tx: Tx, act: ConsentAct): Promise<void>;
  onConsentChanged(event: ConsentChanged): Promise<void>;
  /** Destroys what plugins keep on consents that ended before the instant; absent where no plugin can keep anything. */
  eraseRecords?: (tx: Tx, municipality: Id, endedBefore: Date) => Promise<ErasedConsent[]>;
}

/** What was kept is out of sight at once, and destroyed after this long, so that a slip can be mended. */
export const erasureDays = 30;

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
  /** Destroys what plugins kept on consents that ended before the deadline, with a receipt each; answers how many. */
  eraseDue(municipality: Id): Promise<number>;
  /** For the data protection officer: all consents of one plugin's purpose. */
  changeStanding(actor: Actor, request: StandingRequest): Promise<{ changed: number }>;
}

export function createConsentLife({
  database,
  clock,
  recordAct,
  onConsentChanged,
  eraseRecords,
}: LifeDeps): ConsentLife {
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

    eraseDue: (municipality) =>
      database.inTenant(municipality, async (tx) => {
        const at = clock.now();
        const endedBefore = new Date(at.getTime() - erasureDays * 86_400_000);
        const erased = (await eraseRecords?.(tx, municipality, endedBefore)) ?? [];
        for (const one of erased) {
          const revision = await recordErasure(tx, municipality, { ...one, at });
          await recordAct(tx, actOf({ municipality, by: { role: 'platform' } }, 'erase', { ...one, revision }));
        }
        return erased.length;
      }),

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
  act: LifeChange['act'] | 'erase',
  { person, plugin, purpose, revision }: Omit<Changed, 'state'>,
): ConsentAct {
  const actor = by.person === undefined ? {} : { actor: by.person };
  return { municipality, action: `consent.${act}`, plugin, purpose, person, revision, actorRole: by.role, ...actor };
}
