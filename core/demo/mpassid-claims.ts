import type { CastLearner, CastPost, CastStaff } from './cast.ts';
import { findMunicipality, findSchool, type DemoMunicipality, type DemoSchool } from './municipalities.ts';
import { castLearnerNumber } from './town-learners.ts';
import { castIdentifier } from './town-staff.ts';

/** Claims as MPASSid's data model 1.4 sends them: multi-valued ones are composite texts with `;` between the parts. */
type MpassClaims = Record<`urn:${string}`, string | string[]>;

export interface Membership {
  place: DemoMunicipality;
  school: DemoSchool;
  group: string;
  role: (typeof roles)[keyof typeof roles];
}

export const roles = {
  student: { name: 'Oppilas', code: '1' },
  teacher: { name: 'Opettaja', code: '2' },
  principal: { name: 'Rehtori', code: '6' },
} as const;

export function learnerClaims(learner: CastLearner): MpassClaims {
  const place = findMunicipality(learner.municipality);
  const group = learner.className;
  const memberships = [learner.school, learner.secondSchool]
    .filter((key) => key !== undefined)
    .map((key, index) => ({
      place,
      school: findSchool(place, key),
      group: index === 0 ? group : '',
      role: roles.student,
    }));
  return {
    ...membershipClaims(memberships),
    'urn:mpass.id:uid': `demo-uid-${learner.key}`,
    'urn:mpass.id:nickname': learner.given.split(' ')[0]!,
    'urn:mpass.id:classLevel': learner.className.replace(/\D/g, ''),
    'urn:mpass.id:learningMaterialsCharge': memberships.map(({ school }) => `0;${school.code}`),
    'urn:oid:1.3.6.1.4.1.16161.1.1.27': castLearnerNumber(learner),
  };
}

export function schoolStaffClaims(staff: CastStaff): MpassClaims {
  return {
    ...membershipClaims(staff.posts.map(membershipOf)),
    'urn:mpass.id:uid': castIdentifier(staff).value,
    'urn:mpass.id:nickname': staff.given,
  };
}

function membershipOf({ municipality, school, role, homeroom, teaches }: CastPost): Membership {
  const place = findMunicipality(municipality);
  const group = homeroom ?? teaches ?? '';
  return {
    place,
    school: findSchool(place, school!),
    group,
    role: role === 'principal' ? roles.principal : roles.teacher,
  };
}

export function membershipClaims(memberships: readonly Membership[]): MpassClaims {
  const providers = memberships.map(({ place }) => `${place.oid};${place.name.fi}`);
  return {
    'urn:mpass.id:educationProviderInfo': [...new Set(providers)],
    'urn:mpass.id:schoolInfo': memberships.flatMap(({ school }) => [
      `${school.code};${school.name}`,
      `${school.oid};${school.name}`,
    ]),
    'urn:mpass.id:role': memberships.map(({ place, school, group, role }) =>
      [place.oid, school.code, group, role.name, role.code, school.oid, ''].join(';'),
    ),
    'urn:mpass.id:originalIssuer': `https://identity.${memberships[0]!.place.code}.example.org`,
  };
}
