import { artificialHetu, testLearnerNumber, testOrganisationOid } from '../identifiers.ts';
import { pickFamilyName, pickGivenName, pickNameLanguage } from '../names.ts';
import { seededRandom } from '../random.ts';
import type { CityPlan } from './city-plan.ts';

const head = 'sourcedId,status,dateLastModified';
const groups = ['A1', 'MA'] as const;

/** Lines of each file of a city's bundle; no value here needs quotes but the lists of guardians. */
export const cityFiles: Record<string, (plan: CityPlan) => Iterable<string>> = {
  *orgs({ city }) {
    yield `${head},name,type,identifier,parentSourcedId,metadata.digione.schoolType`;
    yield `district,,,Kunta ${city.code},district,${testOrganisationOid(city.code, 0)},,`;
    for (let school = 0; school < city.schools; school += 1)
      yield `s${school},,,Koulu ${school + 1},school,${testOrganisationOid(city.code, school + 1)},district,11`;
  },
  *academicSessions() {
    yield `${head},title,type,startDate,endDate,parentSourcedId,schoolYear`;
    yield 'year,,,2026–2027,schoolYear,2026-08-11,2027-06-05,,2027';
  },
  *courses() {
    yield `${head},schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes`;
    for (const group of groups) yield `k${group},,,year,${group},${group},,district,,${group}`;
  },
  *classes(plan) {
    yield `${head},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,metadata.digione.language`;
    for (let number = 0; number < plan.classes; number += 1) {
      const [grade, school] = [plan.gradeOf(number), plan.schoolOf(number)];
      const title = `${grade}${String.fromCharCode(65 + (Math.floor(number / 9) % 26))}`;
      yield `c${number},,,${title},${grade},,,homeroom,,s${school},year,,,,fi`;
      for (const group of groups)
        yield `c${number}-${group},,,${group} ${title},${grade},k${group},,scheduled,,s${school},year,,${group},,fi`;
    }
  },
  *users(plan) {
    yield `${head},enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName`;
    yield* learners(plan);
    yield* guardians(plan);
    yield* teachers(plan);
  },
  *demographics(plan) {
    yield `${head},birthDate,sex`;
    const random = seededRandom(`nation birth ${plan.city.code}`);
    for (let learner = 0; learner < plan.city.learners; learner += 1) {
      const year = 2020 - plan.gradeOf(plan.classOf(learner));
      const [month, day] = [1 + random.below(12), 1 + random.below(28)];
      yield `l${learner},,,${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')},`;
    }
  },
  *roles(plan) {
    yield `${head},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId`;
    const since = '2026-08-01';
    for (let learner = 0; learner < plan.city.learners; learner += 1)
      yield `rl${learner},,,l${learner},primary,student,${since},,s${plan.schoolOf(plan.classOf(learner))},`;
    for (const guardian of guardianIds(plan)) yield `r${guardian},,,${guardian},primary,guardian,${since},,district,`;
    for (let teacher = 0; teacher < plan.classes; teacher += 1)
      yield `rt${teacher},,,t${teacher},primary,teacher,${since},,s${plan.schoolOf(teacher)},`;
  },
  *enrollments(plan) {
    yield `${head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate`;
    const period = '2026-08-01,2027-08-01';
    for (let number = 0; number < plan.classes; number += 1)
      for (const suffix of ['', ...groups.map((group) => `-${group}`)])
        yield `et${number}${suffix},,,c${number}${suffix},s${plan.schoolOf(number)},t${number},teacher,true,${period}`;
    for (let learner = 0; learner < plan.city.learners; learner += 1) {
      const number = plan.classOf(learner);
      const school = plan.schoolOf(number);
      yield `e${learner},,,c${number},s${school},l${learner},student,true,${period}`;
      for (const group of groups)
        yield `e${learner}-${group},,,c${number}-${group},s${school},l${learner},student,false,${period}`;
    }
  },
};

function* learners({ city, familyOf, guardiansOf }: CityPlan): Iterable<string> {
  const random = seededRandom(`nation learners ${city.code}`);
  for (let learner = 0; learner < city.learners; learner += 1) {
    const family = familyOf(learner);
    const agents = guardiansOf(family) === 2 ? `"g${family}a,g${family}b"` : `g${family}a`;
    const language = pickNameLanguage(random, 'fi', 0.005);
    const given = pickGivenName(random, language);
    const number = testLearnerNumber(city.code, learner + 1);
    yield `l${learner},,,true,,,${given},${pickFamilyName(random, language)},,,,,,${agents},,,${number},${given}`;
  }
}

function* guardianIds({ city, familyOf, guardiansOf }: CityPlan): Iterable<string> {
  for (let learner = 0; learner < city.learners; learner += 1) {
    if (familyOf(learner) !== learner) continue;
    yield `g${learner}a`;
    if (guardiansOf(learner) === 2) yield `g${learner}b`;
  }
}

function* guardians(plan: CityPlan): Iterable<string> {
  const { code } = plan.city;
  const random = seededRandom(`nation guardians ${code}`);
  let serial = 0;
  for (const guardian of guardianIds(plan)) {
    const language = pickNameLanguage(random, 'fi', 0.005);
    const names = `${pickGivenName(random, language)},${pickFamilyName(random, language)}`;
    const ids = `{hetu:${artificialHetu(birthDateOf(serial), serial)}}`;
    serial += 1;
    yield `${guardian},,,true,,${ids},${names},,,huoltaja${serial}.${code}@example.org,,+999 ${code} ${serial},,,,,`;
  }
}

/** A hundred artificial identity codes for each day from 1955 on. */
function birthDateOf(serial: number): string {
  return new Date(Date.UTC(1955, 0, 1 + Math.floor(serial / 100))).toISOString().slice(0, 10);
}

function* teachers({ city, classes }: CityPlan): Iterable<string> {
  const random = seededRandom(`nation teachers ${city.code}`);
  for (let teacher = 0; teacher < classes; teacher += 1) {
    const uid = `{mpass-uid:nation-${city.code}-${teacher}}`;
    yield `t${teacher},,,true,,${uid},${pickGivenName(random, 'fi')},${pickFamilyName(random, 'fi')},,,opettaja${teacher}.${city.code}@example.org,,,,,,,`;
  }
}
