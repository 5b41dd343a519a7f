import test from 'ava';
import { demoPersons, story } from '../../../core/demo/index.ts';

test('every kind of person can be tried', (t) => {
  const subjects = new Set(demoPersons().map(({ sub }) => sub));
  const wanted = [
    story.teacher,
    story.principal,
    story.administrator,
    story.dataProtectionOfficer,
    story.guardian,
    story.child,
    story.barredGuardian,
    story.otherGuardian,
    story.nonDisclosure,
    story.nonDisclosureGuardian,
    ...story.twins,
    story.twinsGuardian,
    story.everyLetter,
    story.learner,
    story.almostThirteen,
    story.almostEighteen,
    story.twoSchools,
    story.teacherOfTwo,
    story.guardianOfTwo,
    story.reviewer,
  ];
  t.deepEqual(
    wanted.filter(({ sub }) => !subjects.has(sub)),
    [],
  );
});

test('subjects are unique and the list is the same each time', (t) => {
  const persons = demoPersons();
  t.is(new Set(persons.map(({ sub }) => sub)).size, persons.length);
  t.deepEqual(demoPersons(), persons);
});

test('one name holds every letter of Finnish, Swedish and Northern Sámi', (t) => {
  const { name } = demoPersons().find(({ sub }) => sub === story.everyLetter.sub)!;
  const letters = new Set(name.toLowerCase());
  t.deepEqual(
    [...'abcdefghijklmnopqrstuvwxyzåäöáčđŋšŧž'].filter((letter) => !letters.has(letter)),
    [],
  );
});

test('school people carry seven-part MPASSid roles, one for each school', (t) => {
  for (const { claims, kind, sub } of demoPersons()) {
    if (kind !== 'mpassid') continue;
    const roles = claims['urn:mpass.id:role'] as string[];
    t.true(
      roles.every((role) => role.split(';').length === 7),
      sub,
    );
  }
  const learnerOfTwo = demoPersons().find(({ sub }) => sub === story.twoSchools.sub)!;
  t.is((learnerOfTwo.claims['urn:mpass.id:role'] as string[]).length, 2);
});

test('identity codes are of the artificial kind: individual numbers 900 to 999', (t) => {
  const codes = demoPersons().flatMap(({ claims }) => (claims['national_identification_number'] as string) ?? []);
  t.true(codes.length > 0);
  t.true(codes.every((code) => /^\d{6}[-A]9\d\d[0-9A-Y]$/.test(code)));
});
