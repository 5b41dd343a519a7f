import { demoId } from './identifiers.ts';
import { findMunicipality, findSchool } from './municipalities.ts';
import { subjectOf } from './sign-ins.ts';
import { classId } from './town-class.ts';

const vantaa = findMunicipality('092');
const school = findSchool(vantaa, 'kuusipolku');

const person = (key: string) => ({ sub: subjectOf(key), personId: demoId(`092/person/${key}`) });

/** The main story's places and people, for the tests and the start screen: class 5A of one school in Vantaa. */
export const story = {
  municipality: { id: vantaa.id, code: vantaa.code, name: vantaa.name },
  school: { id: school.id, oid: school.oid, name: school.name },
  class: { id: classId('092', 'kuusipolku', '5A'), title: '5A', learners: school.learnersPerClass },
  teacher: person('elina'),
  principal: person('outi'),
  administrator: person('sanna'),
  dataProtectionOfficer: person('pekka'),
  /** Mikko, guardian of Aada in 5A. */
  guardian: person('mikko'),
  child: person('aada'),
  /** Jari may not see Oliver, Hanna may. */
  barredGuardian: person('jari'),
  otherGuardian: person('hanna'),
  sharedChild: person('oliver'),
  nonDisclosure: person('siiri'),
  nonDisclosureGuardian: person('leena'),
  twins: [person('eino'), person('eevi')],
  twinsGuardian: person('anu'),
  everyLetter: person('kirjaimet'),
  /** In 8A, 14 years old. */
  learner: person('onni'),
  /** Turns 13 the day after the demonstration date. */
  almostThirteen: person('ilmari'),
  /** Turns 18 the day after. */
  almostEighteen: person('venla'),
  twoSchools: person('noel'),
  teacherOfTwo: {
    ...person('kristiina'),
    elsewhere: { municipality: '049', personId: demoId('049/person/kristiina') },
  },
  guardianOfTwo: { ...person('jonna'), elsewhere: { municipality: '837', personId: demoId('837/person/jonna') } },
  reviewer: { sub: subjectOf('riikka'), personId: demoId('000/person/riikka') },
  support: { sub: subjectOf('tuomas'), personId: demoId('000/person/tuomas') },
} as const;
