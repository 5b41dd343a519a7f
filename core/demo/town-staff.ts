import type { Id } from '../kernel/index.ts';
import type { CastPost, CastStaff, StaffRole } from './cast.ts';
import { demoId } from './identifiers.ts';
import { findSchool, type DemoSchool } from './municipalities.ts';
import { pickFamilyName, pickGivenName } from './names.ts';
import { classId } from './town-class.ts';
import { schoolYear, type Town } from './town-frame.ts';

interface StaffRow {
  id: Id;
  given: string;
  family: string;
  language: string;
  identifier: { scheme: 'mpass-uid' | 'username'; value: string };
}

/** A teacher or principal of whom the story knows nothing. */
export function addGeneratedStaff(town: Town, role: StaffRole, school: DemoSchool): Id {
  const { random, place } = town;
  const serial = town.serial('staff');
  const id = town.id(`staff/${serial}`);
  const identifier = { scheme: 'mpass-uid', value: `demo-staff-${place.code}-${serial}` } as const;
  const name = { given: pickGivenName(random, school.language), family: pickFamilyName(random, school.language) };
  addStaff(town, { id, ...name, language: school.language, identifier });
  addRole(town, { person: id, role, org: school.id });
  return id;
}

export function addCastStaff(town: Town, staff: CastStaff): void {
  const posts = staff.posts.filter((post) => post.municipality === town.place.code);
  if (posts.length === 0) return;
  const { key, given, family } = staff;
  const id = town.id(`person/${key}`);
  addStaff(town, { id, given, family, language: 'fi', identifier: castIdentifier(staff) });
  for (const post of posts) addPost(town, id, post);
}

/** School staff come through MPASSid, staff of the whole municipality with its own user names. */
export function castIdentifier({ key, posts }: CastStaff): StaffRow['identifier'] {
  if (posts[0]!.school) return { scheme: 'mpass-uid', value: `demo-${key}` };
  return { scheme: 'username', value: `${key}@${posts[0]!.municipality}.example.org` };
}

function addPost(town: Town, person: Id, { role, school: schoolKey, teaches }: CastPost): void {
  const { place, rows } = town;
  const school = schoolKey ? findSchool(place, schoolKey) : undefined;
  addRole(town, { person, role, org: school?.id ?? place.districtId });
  if (!school || !teaches) return;
  const taught = classId(place.code, school.key, teaches);
  const period = { valid_from: schoolYear.start, valid_to: schoolYear.end };
  const enrollment = { id: demoId(`teaching/${taught}/${person}`), class_id: taught, school_id: school.id };
  rows.enrollment.push({ ...enrollment, person_id: person, role: 'teacher', primary: false, ...period });
}

function addStaff({ rows, serial, place }: Town, { id, given, family, language, identifier }: StaffRow): void {
  rows.person.push({
    id,
    oid: null,
    given_name: given,
    family_name: family,
    preferred_name: null,
    birth_date: null,
    language,
    email: `henkilosto${serial('staff-mail')}.${place.code}@example.org`,
    phone: null,
    address: null,
  });
  rows.person_identifier.push({ ...identifier, person_id: id });
}

function addRole({ rows }: Town, { person, role, org }: { person: Id; role: StaffRole; org: Id }): void {
  const id = demoId(`role/${org}/${person}/${role}`);
  rows.role.push({ id, person_id: person, role, org_id: org, valid_from: schoolYear.staffSince, valid_to: null });
}
