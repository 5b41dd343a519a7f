import type { World } from '../../../core/access/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { municipality } from './plant-world.ts';

/** One school, one class, one plugin; people with names, so that a test reads like a story. */
const id = (letter: string, number: number) => `${letter.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const school = id('5', 1);
export const classOf7A = id('c', 1);
export const plugin = 'demo-vendor/hello-class';
export const people = {
  teacher: id('a', 1),
  principal: id('a', 2),
  mother: id('a', 3),
  father: id('a', 4),
  aino: id('b', 1),
  eero: id('b', 2),
  otherTeacher: id('a', 5),
};

const always = { from: '2026-08-01' };

/** Aino (born on `birthDate`) and Eero are in 7A; Aino's parents both see and decide. */
export function smallWorld(changes: Partial<World> & { birthDate?: string } = {}): World {
  const { birthDate = '2015-05-05', ...rows } = changes;
  const { teacher, principal, mother, father, aino, eero, otherTeacher } = people;
  const grownUps = [teacher, principal, mother, father, otherTeacher];
  return {
    enablements: [{ school, plugin, agreement: id('9', 1), status: 'enabled' }],
    agreements: [{ id: id('9', 1), plugin, consentMajor: 1, status: 'valid', expiresOn: '2030-01-01' }],
    agreed: [
      ...['students.givenName', 'students.familyName', 'students.email', 'students.phone'].map((element) => ({
        agreement: id('9', 1),
        purpose: 'list',
        element,
        basis: 'public-task' as const,
        background: false,
      })),
      { agreement: id('9', 1), purpose: 'notes', element: 'storage.notes', basis: 'consent', background: false },
    ],
    persons: [
      ...grownUps.map((person) => ({ id: person, birthDate: '1980-01-01', active: true })),
      { id: aino, birthDate, active: true },
      { id: eero, birthDate: '2015-06-06', active: true },
    ],
    classes: [{ id: classOf7A, school, active: true }],
    roles: [
      { person: teacher, role: 'teacher', org: school, span: always },
      { person: otherTeacher, role: 'teacher', org: school, span: always },
      { person: principal, role: 'principal', org: school, span: always },
    ],
    enrollments: [
      { person: teacher, class: classOf7A, school, role: 'teacher', span: always },
      { person: aino, class: classOf7A, school, role: 'student', span: always },
      { person: eero, class: classOf7A, school, role: 'student', span: always },
    ],
    guardianships: [
      { guardian: mother, child: aino, canSee: true, canDecide: true, span: always },
      { guardian: father, child: aino, canSee: true, canDecide: true, span: always },
    ],
    protections: [],
    permits: [],
    consents: [],
    ...rows,
  };
}

export function actorOf(person: keyof typeof people, role: Actor['role']): Actor {
  return {
    account: people[person],
    session: 'session',
    csrf: 'csrf',
    authTime: new Date('2026-11-24T09:59:00Z'),
    language: 'en',
    municipality: {
      id: municipality,
      code: '049',
      name: { fi: 'Espoo', sv: 'Esbo', en: 'Espoo' },
      kind: 'municipality',
    },
    person: people[person],
    name: person,
    role,
    school: { id: school, name: 'School' },
    roleId: role,
  };
}

export const grant = {
  municipality,
  plugin,
  version: '1.0.0',
  school,
  manifest: {
    scopes: [
      {
        capability: 'education.students',
        purpose: 'list',
        elements: ['students.givenName', 'students.familyName', 'students.email', 'students.phone'],
      },
      { capability: 'storage', purpose: 'notes', elements: ['storage.notes'] },
    ],
  } as never,
};
