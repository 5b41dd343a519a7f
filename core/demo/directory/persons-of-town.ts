import type { Texts } from '../../kernel/index.ts';
import { membershipClaims, roles, type Membership } from '../mpassid-claims.ts';
import type { DemoMunicipality } from '../municipalities.ts';
import type { DemoSignIn } from '../sign-ins.ts';
import type { TownRows } from '../town-rows.ts';
import type { DirectoryPerson } from './demo-directory.ts';

type PersonRow = TownRows['person'][number];
type Identifier = TownRows['person_identifier'][number];

const posts = {
  student: { fi: 'Oppilas', sv: 'Elev', en: 'Learner' },
  teacher: { fi: 'Opettaja', sv: 'Lärare', en: 'Teacher' },
  principal: { fi: 'Rehtori', sv: 'Rektor', en: 'Principal' },
  guardian: { fi: 'Huoltaja', sv: 'Vårdnadshavare', en: 'Guardian' },
  staff: { fi: 'Kunnan henkilöstö', sv: 'Kommunens personal', en: 'Municipal staff' },
} as const satisfies Record<string, Texts>;

type Post = keyof typeof posts;

/** Everybody of one town's rows as someone who can sign in. */
export function personsOf(place: DemoMunicipality, rows: TownRows): DirectoryPerson[] {
  const identifiers = Map.groupBy(rows.person_identifier, ({ person_id }) => person_id);
  const memberships = membershipsOf(place, rows);
  return rows.person.map((person) =>
    signInOf(person, {
      place,
      names: identifiers.get(person.id) ?? [],
      memberships: memberships.get(person.id!) ?? [],
    }),
  );
}

interface Known {
  place: DemoMunicipality;
  names: Identifier[];
  memberships: Membership[];
}

function signInOf(person: PersonRow, { place, names, memberships }: Known): DirectoryPerson {
  const name = `${person.given_name} ${person.family_name}`;
  const post = postOf(names, memberships);
  const where = memberships[0] ? ` ${memberships[0].group} ${memberships[0].school.name}`.replace('  ', ' ') : '';
  const shown = names.find(({ scheme }) => post !== 'student' || scheme === 'learner-number')?.value;
  const hint = (language: keyof Texts) => `${posts[post][language]}${where && `,${where}`} · ${shown}`;
  return {
    sub: `demo-${person.id}`,
    name,
    hint: { fi: hint('fi'), sv: hint('sv'), en: hint('en') },
    kind: post === 'guardian' ? 'suomifi' : post === 'staff' ? 'staff' : 'mpassid',
    municipality: place.code,
    claims: { name, given_name: person.given_name, family_name: person.family_name, ...claims(names, memberships) },
    usernames: [...names.map(({ value }) => value), person.email, person.email?.split('@')[0]]
      .filter((value) => typeof value === 'string')
      .map((value) => value.toLowerCase()),
  };
}

/** Learners have an identity code as well; what they sign in with is the learner number. */
function postOf(names: readonly Identifier[], [first]: readonly Membership[]): Post {
  if (names.some(({ scheme }) => scheme === 'learner-number')) return 'student';
  if (names.some(({ scheme }) => scheme === 'username')) return 'staff';
  if (names.some(({ scheme }) => scheme === 'hetu-hash')) return 'guardian';
  return first?.role === roles.principal ? 'principal' : 'teacher';
}

const claimOf: Record<string, string> = {
  'learner-number': 'urn:oid:1.3.6.1.4.1.16161.1.1.27',
  'mpass-uid': 'urn:mpass.id:uid',
  username: 'preferred_username',
};

/** A learner's school never learns the identity code; a guardian's sign-in carries nothing else. */
function claims(names: readonly Identifier[], memberships: readonly Membership[]): DemoSignIn['claims'] {
  const own = names.filter(({ scheme }) => scheme! in claimOf).map(({ scheme, value }) => [claimOf[scheme!]!, value]);
  if (own.length === 0) return { national_identification_number: names[0]?.value };
  return { ...(memberships.length > 0 && membershipClaims(memberships)), ...Object.fromEntries(own) };
}

/** Roles in schools with the class of the person's first enrolment there, as MPASSid tells them. */
function membershipsOf(place: DemoMunicipality, { role, enrollment, class: classes }: TownRows) {
  const titles = new Map(classes.map(({ id, title }) => [id, title!]));
  const groups = new Map<string, string>();
  for (const { person_id, school_id, class_id, primary } of enrollment) {
    const key = `${person_id} ${school_id}`;
    if (primary && !groups.has(key)) groups.set(key, titles.get(class_id)!);
  }
  const found = new Map<string, Membership[]>();
  for (const { person_id, org_id, role: name } of role) {
    const school = place.schools.find(({ id }) => id === org_id);
    if (!school || !(name! in roles)) continue;
    const group = groups.get(`${person_id} ${org_id}`) ?? '';
    const membership = { place, school, group, role: roles[name as keyof typeof roles] };
    found.set(person_id!, [...(found.get(person_id!) ?? []), membership]);
  }
  return found;
}
