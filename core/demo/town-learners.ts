import type { Id } from '../kernel/index.ts';
import type { CastLearner } from './cast.ts';
import { castLearners } from './cast-learners.ts';
import { artificialHetu, demoId, testLearnerNumber } from './identifiers.ts';
import { demonstrationDate, type DemoSchool } from './municipalities.ts';
import { pickGivenName } from './names.ts';
import { syntheticAddress, syntheticPhone } from './synthetic-contacts.ts';
import { chooseFamily, linkCastGuardians, linkFamily } from './town-families.ts';
import type { TownClass } from './town-class.ts';
import { schoolYear, townNumber, type Town } from './town-frame.ts';

interface LearnerRow {
  id: Id;
  oid: string;
  hetu: string;
  given: string;
  family: string;
  birthDate: string;
  language: string;
}

export function addCastLearner(town: Town, townClass: TownClass, learner: CastLearner): void {
  const id = town.id(`person/${learner.key}`);
  addLearner(town, townClass, {
    id,
    oid: castLearnerNumber(learner),
    hetu: castLearnerHetu(learner),
    given: learner.given,
    family: learner.family,
    birthDate: learner.birthDate,
    language: learner.key === 'kirjaimet' ? 'se' : 'fi',
  });
  linkCastGuardians(town, id, learner);
  if (learner.nonDisclosure) addNonDisclosure(town, id);
}

/** Cast learners have the lowest numbers of their municipality, so that sign-ins can name them without a database. */
export function castLearnerNumber({ municipality, key }: CastLearner): string {
  const serial = Number.parseInt(demoId(`learner-number/${key}`).slice(0, 6), 16);
  return testLearnerNumber(municipality, 90_000_000 + (serial % 9_000_000));
}

/** Serials 90–99 of a birth date; those below are for generated learners. */
export function castLearnerHetu({ key, birthDate }: CastLearner): string {
  return artificialHetu(birthDate, 90 + (castLearners.findIndex((learner) => learner.key === key) % 10));
}

/** Each town has 18 of the hundred serials of a date, far more than it has learners born on one day. */
function generatedHetu(town: Town, birthDate: string): string {
  const among = town.serial(`born ${birthDate}`) - 1;
  if (among >= 18) throw new RangeError(`${town.place.code} has too many learners born on ${birthDate}`);
  return artificialHetu(birthDate, townNumber(town) * 18 + among);
}

export function addGeneratedLearner(town: Town, townClass: TownClass): void {
  const { random } = town;
  const serial = town.serial('learner');
  const id = town.id(`learner/${serial}`);
  const birthDate = generatedBirthDate(town, townClass);
  const family = chooseFamily(town, `${townClass.school.type}/${townClass.grade}`);
  addLearner(town, townClass, {
    id,
    oid: testLearnerNumber(town.place.code, serial),
    hetu: generatedHetu(town, birthDate),
    given: pickGivenName(random, family.names),
    family: family.name,
    birthDate,
    language: family.names === 'other' ? random.pick(['ar', 'et', 'ru', 'so']) : family.names,
  });
  linkFamily(town, family, id);
}

/** School starts in the year of the seventh birthday. */
function generatedBirthDate({ random }: Town, { grade, school }: TownClass): string {
  const year = Number(demonstrationDate.slice(0, 4)) - 6 - grade - (school.type === '15' ? 9 : 0);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`;
}

function addLearner(town: Town, townClass: TownClass, learner: LearnerRow): void {
  const { rows, place, hashIdentifier } = town;
  const ownContacts = townClass.school.type === '15' || townClass.grade >= 7;
  rows.person.push({
    id: learner.id,
    oid: learner.oid,
    given_name: learner.given,
    family_name: learner.family,
    preferred_name: learner.given.split(' ')[0]!,
    birth_date: learner.birthDate,
    language: learner.language,
    email: ownContacts ? `oppilas${town.serial('learner-mail')}.${place.code}@example.org` : null,
    phone: ownContacts ? syntheticPhone(town) : null,
    address: syntheticAddress(town),
  });
  rows.person_identifier.push(
    { scheme: 'learner-number', value: learner.oid, person_id: learner.id },
    { scheme: 'hetu-hash', value: hashIdentifier(learner.hetu), person_id: learner.id },
  );
  enrolLearner(town, { learner: learner.id, classId: townClass.id, school: townClass.school, primary: true });
  for (const group of townClass.groups) {
    if (!town.random.chance(group.share)) continue;
    enrolLearner(town, { learner: learner.id, classId: group.id, school: townClass.school, primary: false });
  }
}

interface Place {
  learner: Id;
  classId: Id;
  school: DemoSchool;
  primary: boolean;
}

/** Adds the enrolment, and the student's role in the school when it is the first there. */
export function enrolLearner({ rows }: Town, { learner, classId, school, primary }: Place): void {
  const period = { valid_from: schoolYear.start, valid_to: schoolYear.end };
  const enrollment = { id: demoId(`enrolment/${classId}/${learner}`), class_id: classId, school_id: school.id };
  rows.enrollment.push({ ...enrollment, person_id: learner, role: 'student', primary, ...period });
  const visiting = !primary && learnerIsNew(rows.role, learner, school.id);
  if (!primary && !visiting) return;
  const role = { id: demoId(`role/${school.id}/${learner}`), person_id: learner, role: 'student', org_id: school.id };
  rows.role.push({ ...role, valid_from: schoolYear.start, valid_to: null });
}

/** Looks only at the latest roles: a learner's own school has just been written. */
function learnerIsNew(
  roles: readonly { person_id: string | null; org_id: string | null }[],
  learner: Id,
  school: Id,
): boolean {
  return !roles.slice(-8).some((role) => role.person_id === learner && role.org_id === school);
}

function addNonDisclosure({ rows }: Town, person: Id): void {
  rows.protection.push({
    id: demoId(`protection/${person}`),
    person_id: person,
    kind: 'non-disclosure',
    against_person_id: null,
    source: 'register',
    valid_from: '2025-02-03',
  });
}
