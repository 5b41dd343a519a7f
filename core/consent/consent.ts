import type { Database, Tx } from '../db/index.ts';
import type { Actor, MandatesOfChild } from '../identity/index.ts';
import { type Clock, type Id, type Language, schoolDate } from '../kernel/index.ts';
import { type AskedPurpose, askedPurposes } from './asked-purposes.ts';
import type { Decision } from './consent-state.ts';
import { agreedNotices, type CurrentConsent, currentConsents } from './consent-store.ts';
import { type ConsentView, viewOf } from './consent-view.ts';
import { type ConsentChanged, type ConsentDecision, decideInTx } from './decision.ts';
import { type FamilyTie, familyTie, familyTies } from './family-tie.ts';
import { type ConsentLife, createConsentLife, type LifeDeps } from './life.ts';
import type { LifeChange } from './life-store.ts';
import { createPolicies, type Policies } from './policies.ts';
import { keepReview, type Review, reviewOf } from './review.ts';

/** What the audit log keeps of a decision, or of a look at the page of decisions. */
export type ConsentAct = { municipality: Id; actor?: Id; actorRole: string; person: Id } & (
  | { action: `consent.${Decision | LifeChange['act'] | 'erase'}`; plugin: string; purpose: string; revision: number }
  | { action: 'family.read'; purpose: 'own-pages' }
);

export interface Consent {
  forChild(actor: Actor, child: string, language: Language): Promise<ConsentView[]>;
  /** Effective for every read that starts after this has resolved. */
  decide(actor: Actor, request: ConsentDecision): Promise<ConsentChanged>;
  /** Everything that stands, of all the actor's children, for the yearly look. */
  review(actor: Actor, language: Language): Promise<Review & { children: { child: Id; consents: ConsentView[] }[] }>;
  /** The actor has looked at it and leaves it as it is. */
  finishReview(actor: Actor): Promise<void>;
  readonly life: ConsentLife;
  readonly policies: Policies;
}

export interface ConsentOptions {
  database: Database;
  clock: Clock;
  /** What Suomi.fi authorisations say of a child's guardians; left out where they are not in use. */
  mandates?: (tx: Tx, about: { municipality: Id; child: Id }) => Promise<MandatesOfChild>;
  /** Appends to the audit log in the transaction of what is done. */
  recordAct(tx: Tx, act: ConsentAct): Promise<void>;
  eraseRecords?: LifeDeps['eraseRecords'];
  /** Tells every node; awaited before the answer is sent. */
  onConsentChanged(event: ConsentChanged): Promise<void>;
}

export function createConsent(options: ConsentOptions): Consent {
  const { database, clock, recordAct, onConsentChanged, mandates = async () => () => 'not-used' } = options;

  async function viewsOf(
    tx: Tx,
    actor: Actor,
    { tie, today, language }: { tie: FamilyTie; today: string; language: Language },
  ): Promise<ConsentView[]> {
    const about = { municipality: actor.municipality.id, child: tie.child };
    const asked = await askedPurposes(tx, { ...about, today });
    const current = await currentConsents(tx, about.municipality, about.child);
    const agreed = await agreedNotices(tx, about.municipality, about.child);
    const mandate = (await mandates(tx, about))(actor.person);
    return asked.map((one) => {
      const notice = agreed.find(({ plugin, purpose }) => plugin === one.plugin && purpose === one.purpose)?.body;
      return viewOf(one, findCurrent(current, one), {
        tie,
        mandate,
        today,
        language,
        ...(notice && { agreed: notice }),
      });
    });
  }

  return {
    forChild(actor, child, language) {
      const today = clock.today();
      return database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const tie = await familyTie(tx, actor, { child, today });
          await recordAct(tx, visitOf(actor, tie.child));
          return viewsOf(tx, actor, { tie, today, language });
        },
        { isolation: 'repeatable read' },
      );
    },

    review(actor, language) {
      const today = clock.today();
      return database.inTenant(
        actor.municipality.id,
        async (tx) => {
          const children = [];
          for (const tie of await familyTies(tx, actor, today)) {
            await recordAct(tx, visitOf(actor, tie.child));
            const views = await viewsOf(tx, actor, { tie, today, language });
            children.push({ child: tie.child, consents: views.filter(({ valid }) => valid) });
          }
          const given = children.flatMap(({ consents }) => consents.flatMap(({ decidedAt }) => decidedAt ?? []));
          const oldest = given.map((instant) => schoolDate(new Date(instant))).sort()[0];
          const of = { municipality: actor.municipality.id, person: actor.person, today };
          return { ...(await reviewOf(tx, of, oldest)), children };
        },
        { isolation: 'repeatable read' },
      );
    },

    finishReview: (actor) =>
      database.inTenant(actor.municipality.id, (tx) =>
        keepReview(tx, { municipality: actor.municipality.id, person: actor.person, today: clock.today() }),
      ),

    life: createConsentLife(options),
    policies: createPolicies({ database }),

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
