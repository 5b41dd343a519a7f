import type { Database } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { RosterPerson } from './account-store.ts';

export interface MandateVisit {
  session: Id;
  serviceSession: string;
  returnTo: string;
}

export interface Mandate {
  child: Id;
  allowed: boolean;
}

export interface MandateStore {
  keepVisit(secretHash: Buffer, visit: MandateVisit, times: { now: Date; endsAt: Date }): Promise<void>;
  takeVisit(secretHash: Buffer, now: Date): Promise<MandateVisit | undefined>;
  /** Replaces all that was known of the guardian in that municipality. */
  replace(
    guardian: RosterPerson,
    mandates: readonly Mandate[],
    times: { checkedAt: Date; validUntil: Date },
  ): Promise<void>;
  /** What the service last said; undefined when that is too old or was never asked. */
  isAllowed(guardian: RosterPerson, child: Id, now: Date): Promise<boolean | undefined>;
}

/** Statements instead of models: each is one atomic step. */
export function mandateStore(database: Database): MandateStore {
  return {
    ...visits(database),
    replace: ({ municipality, person }, mandates, { checkedAt, validUntil }) =>
      database.inTenant(municipality, async (tx) => {
        await tx.query({
          text: 'delete from mandate where municipality_id = $1 and guardian_id = $2',
          values: [municipality, person],
        });
        await tx.query({
          text: `insert into mandate (municipality_id, guardian_id, child_id, allowed, source, checked_at, valid_until)
                 select $1, $2, child, allowed, 'suomifi', $5, $6 from unnest($3::uuid[], $4::boolean[]) as m (child, allowed)`,
          values: [
            municipality,
            person,
            mandates.map((m) => m.child),
            mandates.map((m) => m.allowed),
            checkedAt,
            validUntil,
          ],
        });
      }),
    isAllowed: ({ municipality, person }, child, now) =>
      database.inTenant(municipality, async (tx) => {
        const [row] = await tx.query<{ allowed: boolean }>({
          text: `select allowed from mandate
                 where municipality_id = $1 and guardian_id = $2 and child_id = $3 and valid_until > $4`,
          values: [municipality, person, child, now],
        });
        return row?.allowed;
      }),
  };
}

function visits(database: Database): Pick<MandateStore, 'keepVisit' | 'takeVisit'> {
  return {
    keepVisit: (secretHash, { session, serviceSession, returnTo }, { now, endsAt }) =>
      database.global(async (tx) => {
        await tx.query({
          text: 'delete from mandate_visit where ends_at < $1 or session_id = $2',
          values: [now, session],
        });
        await tx.query({
          text: `insert into mandate_visit (secret_hash, session_id, service_session, return_to, ends_at)
                 values ($1, $2, $3, $4, $5)`,
          values: [secretHash, session, serviceSession, returnTo, endsAt],
        });
      }),
    takeVisit: (secretHash, now) =>
      database.global(async (tx) => {
        const [row] = await tx.query<MandateVisit>({
          text: `delete from mandate_visit where secret_hash = $1 and ends_at > $2
                 returning session_id as session, service_session as "serviceSession", return_to as "returnTo"`,
          values: [secretHash, now],
        });
        return row;
      }),
  };
}
