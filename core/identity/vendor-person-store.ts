import type { Database, Tx } from '../db/index.ts';
import { newId, type Id } from '../kernel/index.ts';

/** Somebody whom the vendors' provider vouches for. */
export interface VendorPerson {
  /** Code of the coordinating company. */
  place: string;
  username: string;
  givenName: string;
  familyName: string;
}

export interface VendorPersonStore {
  /** Makes the person known at the coordinating company, with the role that opens the vendors' desk and nothing else. */
  welcome(person: VendorPerson, today: string): Promise<void>;
  /** The user name at the vendors' provider. */
  usernameOf(who: { municipality: Id; person: Id }): Promise<string | undefined>;
}

export function vendorPersonStore(database: Database): VendorPersonStore {
  return {
    async welcome(person, today) {
      const [place] = await database.global((tx) =>
        tx.query<{ id: Id }>({
          text: `select id from municipality where code = $1 and kind = 'coordinator'`,
          values: [person.place],
        }),
      );
      if (place) await database.inTenant(place.id, (tx) => keep(tx, { ...person, municipality: place.id, today }));
    },
    usernameOf: ({ municipality, person }) =>
      database.inTenant(municipality, async (tx) => {
        const [row] = await tx.query<{ value: string }>({
          text: `select value from person_identifier
                 where municipality_id = $1 and person_id = $2 and scheme = 'vendor-username' order by value limit 1`,
          values: [municipality, person],
        });
        return row?.value;
      }),
  };
}

async function keep(tx: Tx, known: VendorPerson & { municipality: Id; today: string }): Promise<void> {
  const { municipality, username, givenName, familyName, today } = known;
  // Two first sign-ins at once: the later one waits and finds the person.
  await tx.query({ text: `select pg_advisory_xact_lock(hashtext('vendor ' || $1))`, values: [username] });
  const isKnown = await tx.query({
    text: `select from person_identifier where municipality_id = $1 and scheme = 'vendor-username' and value = $2`,
    values: [municipality, username],
  });
  if (isKnown.length > 0) return;
  const person = newId();
  await tx.query({
    text: 'insert into person (municipality_id, id, given_name, family_name) values ($1, $2, $3, $4)',
    values: [municipality, person, givenName, familyName],
  });
  await tx.query({
    text: `insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, 'vendor-username', $2, $3)`,
    values: [municipality, username, person],
  });
  await tx.query({
    text: `insert into role (municipality_id, id, person_id, role, org_id, valid_from)
           select $1, $2, $3, 'vendor', id, $4 from org where municipality_id = $1 and status = 'active'
           order by (type = 'district') desc, id limit 1`,
    values: [municipality, newId(), person, today],
  });
}
