import type { CalendarEvent, Guardian, SchoolClass, Student } from '../capabilities/index.ts';
import type { Language, Role } from '../manifest/index.ts';

/** A learner with everything that a school knows; the harness shows a plugin only what its manifest declares. */
export type TestStudent = Student;

/** A class with its learners. */
export interface TestClass extends SchoolClass {
  readonly students: readonly TestStudent[];
}

/** A school for tests. Change its members between calls to see what a withdrawal or a new learner does. */
export interface TestSchool {
  /** The school's calendar date. */
  today: string;
  /** Who uses the plugin. */
  user: { id: string; role: Role; language: Language };
  school: { id: string; name: string };
  classes: TestClass[];
  /** Answers whether a consent is in force; asked for purposes whose legal basis is consent. */
  consents(student: string, purpose: string): boolean;
  /** Lessons and events; the plugin's own join them. */
  events: CalendarEvent[];
  /** Guardians by the id of the learner. */
  guardians: Record<string, Guardian[]>;
  /** The municipality's words for absences. */
  absenceReasons: { reason: string; class: string; authorised: boolean; sensitive: boolean }[];
  /** What the municipality set for the plugin. */
  settings: Record<string, unknown>;
  /** The texts of `locales/<language>.json`. */
  texts: Record<string, string>;
  /** The secrets that the municipality set for the plugin. */
  secrets: Record<string, string>;
  /** Answers a request to a host of the manifest's `egress`, in the network's place. */
  outside(request: { readonly url: string; readonly method?: string; readonly body?: string }): {
    status: number;
    body?: string;
  };
}

/** A school with one class of four learners, a teacher and every consent given. */
export function makeTestSchool(changes: Partial<TestSchool> = {}): TestSchool {
  return {
    today: '2026-11-24',
    user: { id: 'teacher-1', role: 'teacher', language: 'fi' },
    school: { id: 'school-1', name: 'Kuusikon koulu' },
    classes: [{ id: 'class-7a', title: '7A', students: sampleStudents() }],
    consents: () => true,
    events: [
      {
        id: 'lesson-1',
        title: 'Matematiikka',
        class: 'class-7a',
        startTime: '2026-11-24T06:00:00.000Z',
        endTime: '2026-11-24T06:45:00.000Z',
        own: false,
      },
    ],
    guardians: { 'student-3': [{ id: 'guardian-1', name: 'Mari Mäkinen', phone: '+358401234567' }] },
    absenceReasons: [
      { reason: 'Sairas', class: 'illness', authorised: true, sensitive: true },
      { reason: 'Loma', class: 'granted-leave', authorised: true, sensitive: false },
    ],
    settings: {},
    texts: {},
    secrets: {},
    outside: () => ({ status: 404 }),
    ...changes,
  };
}

/** Names with every letter that a school register holds. */
function sampleStudents(): TestStudent[] {
  return [
    { id: 'student-1', givenName: 'Áilu', familyName: 'Aikio', grade: '7', languages: ['se', 'fi'] },
    { id: 'student-2', givenName: 'Åsa', familyName: 'Öhman', grade: '7', languages: ['sv'] },
    { id: 'student-3', givenName: 'Leevi', familyName: 'Mäkinen', grade: '7', languages: ['fi'] },
    { id: 'student-4', givenName: 'Šarlotta', familyName: 'Žukovskaja', grade: '7', languages: ['fi', 'ru'] },
  ];
}
