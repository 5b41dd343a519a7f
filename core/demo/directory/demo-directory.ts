import type { DemoMandate } from '../mandates.ts';
import { municipalities } from '../municipalities.ts';
import { demoPersons, type DemoSignIn } from '../sign-ins.ts';
import { buildTown } from '../town.ts';
import type { TownRows } from '../town-rows.ts';
import { personsOf } from './persons-of-town.ts';

/** Somebody of the demonstration with all that they may type to sign in. */
export interface DirectoryPerson extends DemoSignIn {
  /** Learner number, user name, e-mail address or, of guardians, the artificial identity code; in lower case. */
  usernames: string[];
}

/** Everybody of the demonstration, and for whom each guardian may act. */
export interface DemoDirectory {
  people: DirectoryPerson[];
  /** By the guardian's artificial identity code. */
  mandates: Record<string, DemoMandate[]>;
}

/** Puts the towns together once more, with identity codes as they are: a third of a second, so ask for it when it is needed. */
export function demoDirectory(): DemoDirectory {
  const known = namedPersons();
  const people = [...new Set(known.values())];
  const mandates: DemoDirectory['mandates'] = {};
  for (const place of municipalities) {
    const rows = buildTown(place, (hetu) => hetu);
    for (const person of personsOf(place, rows)) {
      const named = person.usernames.map((name) => known.get(name)).find((found) => found !== undefined);
      if (named) named.usernames.push(...person.usernames);
      else people.push(person);
    }
    addMandates(rows, mandates);
  }
  return { people, mandates };
}

const namingClaims = ['urn:oid:1.3.6.1.4.1.16161.1.1.27', 'urn:mpass.id:uid', 'preferred_username'] as const;

/** The named people under each name that the towns know them by. */
function namedPersons(): Map<string, DirectoryPerson> {
  const known = new Map<string, DirectoryPerson>();
  for (const person of demoPersons()) {
    const usernames = [person.sub, person.sub.replace(/^demo-/, '')];
    const claims = [...namingClaims, 'national_identification_number'].map((name) => person.claims[name]);
    const all = [...usernames, ...claims.filter((claim) => typeof claim === 'string')];
    const entry = { ...person, usernames: all.map((name) => name.toLowerCase()) };
    for (const name of entry.usernames) known.set(name, entry);
  }
  return known;
}

function addMandates({ guardianship, person, person_identifier }: TownRows, mandates: DemoDirectory['mandates']): void {
  const codes = new Map(
    person_identifier.filter(({ scheme }) => scheme === 'hetu-hash').map(({ person_id, value }) => [person_id, value!]),
  );
  const names = new Map(person.map(({ id, given_name, family_name }) => [id, `${given_name} ${family_name}`]));
  for (const { guardian_id, child_id, can_decide } of guardianship) {
    const about = { personId: codes.get(child_id)!, name: names.get(child_id)!, allowed: can_decide };
    const code = codes.get(guardian_id)!;
    mandates[code] = [...(mandates[code] ?? []), about];
  }
}
