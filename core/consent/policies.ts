import type { Database } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Deciders } from './consent-state.ts';

/** Who must agree to one purpose of a plugin in the municipality, and from which age the learner alone. */
export interface Policy {
  plugin: string;
  purpose: string;
  deciders: Deciders;
  selfFrom: number;
}

export interface Policies {
  list(actor: Actor): Promise<Policy[]>;
  set(actor: Actor, policy: Policy): Promise<void>;
}

/** A change counts for decisions from now on; what was given under the earlier rule stands until somebody speaks again. */
export function createPolicies({ database }: { database: Database }): Policies {
  return {
    list: (actor) =>
      database.inTenant(actor.municipality.id, (tx) =>
        tx.query<Policy>({
          text: `select plugin, purpose, deciders, self_from::int as "selfFrom" from consent_policy
            where municipality_id = $1 order by plugin, purpose`,
          values: [actor.municipality.id],
        }),
      ),
    set: (actor, { plugin, purpose, deciders, selfFrom }) =>
      database.inTenant(actor.municipality.id, async (tx) => {
        await tx.query({
          text: `insert into consent_policy (municipality_id, plugin, purpose, deciders, self_from) values ($1, $2, $3, $4, $5)
            on conflict (municipality_id, plugin, purpose) do update set deciders = excluded.deciders, self_from = excluded.self_from`,
          values: [actor.municipality.id, plugin, purpose, deciders, selfFrom],
        });
      }),
  };
}
