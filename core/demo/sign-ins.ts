import type { Texts } from '../kernel/index.ts';
import { castGuardians } from './cast-guardians.ts';
import { castLearners } from './cast-learners.ts';
import { castStaff } from './cast-staff.ts';
import { learnerClaims, schoolStaffClaims } from './mpassid-claims.ts';
import { castHetu } from './town-families.ts';
import { castIdentifier } from './town-staff.ts';

/** Somebody of the demonstration who can sign in at the test identity provider. */
export interface DemoSignIn {
  /** Subject at the test provider. */
  sub: string;
  name: string;
  /** One line that says why to try this person. */
  hint: Texts;
  kind: 'mpassid' | 'suomifi' | 'staff' | 'vendor';
  /** Code of the municipality where the sign-in starts. */
  municipality: string;
  claims: Record<string, unknown>;
}

/** Everyone who can sign in, in the order of the start screen. Needs no database. */
export function demoPersons(): DemoSignIn[] {
  return [...staffSignIns(), ...vendorSignIns, ...guardianSignIns(), ...learnerSignIns()];
}

/** Owner of the demonstration's vendor; known to no school register. */
export const demoVendorOwner = { name: 'Veera Sovelluslaakso', username: 'veera@demo-vendor.example.org' };

const vendorSignIns: DemoSignIn[] = [
  {
    sub: 'demo-veera',
    name: demoVendorOwner.name,
    hint: { fi: 'Lisäosan toimittaja', sv: 'Leverantör av tillägg', en: 'Plugin vendor' },
    kind: 'vendor',
    municipality: '000',
    claims: {
      name: demoVendorOwner.name,
      given_name: 'Veera',
      family_name: 'Sovelluslaakso',
      preferred_username: demoVendorOwner.username,
    },
  },
];

/** The subject under which a cast member signs in. */
export function subjectOf(key: string): string {
  return `demo-${key}`;
}

function staffSignIns(): DemoSignIn[] {
  return castStaff.map((staff) => {
    const inSchool = staff.posts[0]!.school !== undefined;
    const names = { name: `${staff.given} ${staff.family}`, given_name: staff.given, family_name: staff.family };
    return {
      sub: subjectOf(staff.key),
      name: names.name,
      hint: staff.hint,
      kind: inSchool ? 'mpassid' : 'staff',
      // The last post: for the teacher of two municipalities that is the story's own.
      municipality: staff.posts.at(-1)!.municipality,
      claims: inSchool
        ? { ...names, ...schoolStaffClaims(staff) }
        : { ...names, preferred_username: castIdentifier(staff).value },
    };
  });
}

function guardianSignIns(): DemoSignIn[] {
  return castGuardians.flatMap((guardian) => {
    if (!guardian.hint) return [];
    const { key, given, family, birthDate, hint } = guardian;
    const names = { name: `${given} ${family}`, given_name: given, family_name: family };
    const claims = { ...names, birthdate: birthDate, national_identification_number: castHetu(guardian) };
    return [
      {
        sub: subjectOf(key),
        name: names.name,
        hint,
        kind: 'suomifi',
        municipality: guardian.municipalities[0]!,
        claims,
      },
    ];
  });
}

function learnerSignIns(): DemoSignIn[] {
  return castLearners.flatMap((learner) => {
    if (!learner.hint) return [];
    const { key, given, family, hint, municipality } = learner;
    const names = { name: `${given} ${family}`, given_name: given, family_name: family };
    const claims = { ...names, ...learnerClaims(learner) };
    return [{ sub: subjectOf(key), name: names.name, hint, kind: 'mpassid', municipality, claims }];
  });
}
