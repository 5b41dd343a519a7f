import type { BundleFiles } from './bundle-fixture.ts';

const head = 'sourcedId,status,dateLastModified';

/** A roster with one school, one class, a teacher, three learners and two guardians; tests change what they are about. */
export const smallSchool = {
  orgs: [
    `${head},name,type,identifier,parentSourcedId`,
    'd,,,Kunta,district,1.2.246.562.99.10.5,',
    's,,,Koulu,school,,d',
  ],
  academicSessions: [
    `${head},title,type,startDate,endDate,parentSourcedId,schoolYear`,
    'y,,,2026-2027,schoolYear,2026-08-11,2027-06-05,,2027',
  ],
  courses: [
    `${head},schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes`,
    'k,,,,Matematiikka,MA5,,s,,MA',
  ],
  classes: [
    `${head},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods`,
    'c5,,,5A,5,,,homeroom,,s,y,,,',
    'c6,,,6A,6,,,homeroom,,s,y,,,',
  ],
  users: [
    `${head},enabledUser,username,userIds,givenName,familyName,middleName,agentSourcedIds,userMasterIdentifier`,
    't1,,,true,opettaja1,,Tuula,Opettaja,,,',
    'l1,,,true,,,Aada,Ärri,,"g1,g2",1.2.246.562.99.24.1',
    'l2,,,true,,,Eino,Örri,,g1,1.2.246.562.99.24.2',
    'l3,,,true,,,Čuosti,Šđŋŧž,,,1.2.246.562.99.24.3',
    'g1,,,true,,{hetu:010180-9019},Mikko,Ärri,,,',
    'g2,,,true,,,Jari,Toinen,,,',
  ],
  roles: [
    `${head},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId`,
    'r1,,,t1,primary,teacher,2026-08-01,,s,',
    'r2,,,l1,primary,student,2026-08-01,,s,',
    'r3,,,l2,primary,student,2026-08-01,,s,',
    'r4,,,l3,primary,student,2026-08-01,,s,',
    'r5,,,g1,primary,guardian,2026-08-01,,d,',
    'r6,,,g2,primary,guardian,2026-08-01,,d,',
  ],
  enrollments: [
    `${head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate`,
    'e1,,,c5,s,t1,teacher,true,2026-08-01,2027-08-01',
    'e2,,,c5,s,l1,student,true,2026-08-01,2027-08-01',
    'e3,,,c5,s,l2,student,true,2026-08-01,2027-08-01',
    'e4,,,c5,s,l3,student,true,2026-08-01,2027-08-01',
  ],
  demographics: [`${head},birthDate,sex`, 'l1,,,2015-03-01,', 'l2,,,2015-04-01,', 'l3,,,2015-05-01,'],
} as const satisfies BundleFiles;

export type SmallSchool = Record<keyof typeof smallSchool, readonly string[]>;

/** The same roster with lines replaced (by their first cell) or, given undefined, left out; new lines join at the end. */
export function changed(changes: Partial<Record<keyof SmallSchool, Record<string, string | undefined>>>): SmallSchool {
  const files: SmallSchool = { ...smallSchool };
  for (const [name, lines] of Object.entries(changes) as [keyof SmallSchool, Record<string, string | undefined>][]) {
    const [header, ...rows] = files[name] as [string, ...string[]];
    const kept = rows.flatMap((row) => {
      const id = row.slice(0, row.indexOf(','));
      if (!Object.hasOwn(lines, id)) return [row];
      return lines[id] === undefined ? [] : [lines[id]];
    });
    const known = new Set(rows.map((row) => row.slice(0, row.indexOf(','))));
    const fresh = Object.entries(lines).flatMap(([id, row]) => (known.has(id) || row === undefined ? [] : [row]));
    files[name] = [header, ...kept, ...fresh];
  }
  return files;
}
