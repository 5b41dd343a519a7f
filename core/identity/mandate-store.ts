import type { Database, Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { RosterPerson } from './account-store.ts';

export interface MandateVisit {
  session: Id;
  serviceSession: string;
  returnTo: string;
}

/** A child of a guardian by the roster, under the stored form of its identity code. */
export interface KnownChild {
  child: Id;
  nationalIdHash: string;
}

export interface Mandate {
  child: Id;
  allowed: boolean;
}

export interface StoredMandate {
  guardian: Id;
  allowed: boolean;
  validUntil: Date;
}

export interface MandateStore {
  keepVisit(secretHash: Buffer, visit: MandateVisit, times: { now: Date; endsAt: Date }): Promise<void>;
  takeVisit(secretHash: Buffer, now: Date): Promise<MandateVisit | undefined>;
  /** The guardian's children of today whose identity code the roster knows: the service can be asked about no others. */
  childrenOf(guardian: RosterPerson, today: string): Promise<KnownChild[]>;
  /** Replaces all that was known of the guardian in that municipality. */
  replace(
    guardian: RosterPerson,
    mandates: readonly Mandate[],
    times: { checkedAt: Date; validUntil: Date },
  ): Promise<void>;
}

/** Statements instead of models: each is one atomic step. */
export function mandateStore(database: Database): MandateStore {
  return {
    ...visits(database),
    childrenOf: ({ municipality, person }, today) =>
      database.inTenant(
        municipality,
        (tx) =>
          tx.query<KnownChild>({
            text: `select distinct g.child_id as child, i.value as "nationalIdHash"
                   from guardianship g
                   join person_identifier i on i.municipality_id = g.municipality_id and i.person_id = g.child_id
                     and i.scheme = 'hetu-hash'
                   where g.municipality_id = $1 and g.guardian_id = $2
                     and g.valid_from <= $3::date and (g.valid_to is null or g.valid_to > $3::date)
                   limit 100`,
            values: [municipality, person, today],
          }),
        { readOnly: true },
      ),
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
  };
}

/** All that the service has said about acting for a child, in the transaction of whoever asks. */
export function mandatesAbout(tx: Tx, { municipality, child }: { municipality: Id; child: Id }) {
  return tx.query<StoredMandate>({
    name: 'mandates-about-child',
    text: `select guardian_id as guardian, allowed, valid_until as "validUntil" from mandate
           where municipality_id = $1 and child_id = $2`,
    values: [municipality, child],
  });
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
