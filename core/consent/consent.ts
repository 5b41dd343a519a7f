import type { Database, Tx } from '../db/index.ts';
import type { Actor, MandatesOfChild } from '../identity/index.ts';
import type { Clock, Id, Language } from '../kernel/index.ts';
import { type AskedPurpose, askedPurposes } from './asked-purposes.ts';
import type { Decision } from './consent-state.ts';
import { type CurrentConsent, currentConsents } from './consent-store.ts';
import { type ConsentView, viewOf } from './consent-view.ts';
import { type ConsentChanged, type ConsentDecision, decideInTx } from './decision.ts';
import { familyTie } from './family-tie.ts';

/** What the audit log keeps of a decision, or of a look at the page of decisions. */
export type ConsentAct = { municipality: Id; actor: Id; actorRole: string; person: Id } & (
  | { action: `consent.${Decision}`; plugin: string; purpose: string; revision: number }
  | { action: 'family.read'; purpose: 'own-pages' }
);

export interface Consent {
  forChild(actor: Actor, child: string, language: Language): Promise<ConsentView[]>;
  /** Effective for every read that starts after this has resolved. */
  decide(actor: Actor, request: ConsentDecision): Promise<ConsentChanged>;
}

export interface ConsentOptions {
  database: Database;
  clock: Clock;
  /** What Suomi.fi authorisations say of a child's guardians; left out where they are not in use. */
  mandates?: (tx: Tx, about: { municipality: Id; child: Id }) => Promise<MandatesOfChild>;
  /** Appends to the audit log in the transaction of what is done. */
  recordAct(tx: Tx, act: ConsentAct): Promise<void>;
  /** Tells every node; awaited before the answer is sent. */
  onConsentChanged(event: ConsentChanged): Promise<void>;
}

export function createConsent(options: ConsentOptions): Consent {
  const { database, clock, recordAct, onConsentChanged, mandates = async () => () => 'not-used' } = options;
  return {
    forChild(actor, child, language) {
      const today = clock.today();
      return database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const tie = await familyTie(tx, actor, { child, today });
          await recordAct(tx, visitOf(actor, tie.child));
          const asked = await askedPurposes(tx, { municipality: actor.municipality.id, child: tie.child, today });
          const current = await currentConsents(tx, actor.municipality.id, tie.child);
          const mandate = (await mandates(tx, { municipality: actor.municipality.id, child: tie.child }))(actor.person);
          return asked.map((one) => viewOf(one, findCurrent(current, one), { tie, mandate, today, language }));
        },
        { isolation: 'repeatable read' },
      );
    },

    async decide(actor, request) {
      const changed = await database.inTenant(actor.municipality.id, async (tx) => {
        const at = clock.now();
        const today = clock.today();
        const tie = await familyTie(tx, actor, { child: request.child, today });
        const key = {
          municipality: actor.municipality.id,
          child: tie.child,
          plugin: request.plugin,
          purpose: request.purpose,
        };
        const asked = (await askedPurposes(tx, { ...key, today })).find(
          ({ plugin, purpose }) => plugin === request.plugin && purpose === request.purpose,
        );
        const mandateOf = await mandates(tx, key);
        const decided = await decideInTx(tx, { key, asked, tie, mandateOf, actor, request, at, today });
        await recordAct(tx, actOf(actor, request.decision, decided));
        return decided;
      });
      await onConsentChanged(changed);
      return changed;
    },
  };
}

function findCurrent(current: CurrentConsent[], asked: AskedPurpose): CurrentConsent | undefined {
  return current.find(({ plugin, purpose }) => plugin === asked.plugin && purpose === asked.purpose);
}

function actOf(actor: Actor, decision: Decision, changed: ConsentChanged): ConsentAct {
  const { municipality, plugin, purpose, person, revision } = changed;
  return {
    municipality,
    action: `consent.${decision}`,
    plugin,
    purpose,
    actor: actor.person,
    actorRole: actor.role,
    person,
    revision,
  };
}

function visitOf(actor: Actor, person: Id): ConsentAct {
  const by = { municipality: actor.municipality.id, actor: actor.person, actorRole: actor.role };
  return { ...by, action: 'family.read', purpose: 'own-pages', person };
}
