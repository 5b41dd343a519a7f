import type { SchoolClass, Student } from '../capabilities/index.ts';
import { PluginError } from '../errors/index.ts';
import type { DoorDeps } from './door-deps.ts';

/** The user's classes, with a title only if a scope declares it. */
export function readClasses({ manifest, school }: DoorDeps): { classes: SchoolClass[] } {
  const titled = manifest.scopes.some(({ elements }) => elements.includes('classes.title'));
  return { classes: school.classes.map(({ id, title }) => (titled && title !== undefined ? { id, title } : { id })) };
}

/** Learners by name, with the fields that scopes of this door declare and whose basis holds. */
export function readStudents(deps: DoorDeps, argument: { class?: string; purpose?: string }): { students: Student[] } {
  const { school } = deps;
  const classes =
    argument.class === undefined ? school.classes : school.classes.filter(({ id }) => id === argument.class);
  if (argument.class !== undefined && classes.length === 0)
    throw new PluginError('not-found', 'The user has no class of this id.');
  const everyone = new Map(classes.flatMap(({ students }) => students).map((student) => [student.id, student]));
  const sorted = [...everyone.values()].sort((one, other) => nameOf(one).localeCompare(nameOf(other), 'fi'));
  return { students: sorted.map((student) => masked(deps, student, argument.purpose)) };
}

function masked({ manifest, school }: DoorDeps, student: Student, purpose: string | undefined): Student {
  const scopes = manifest.scopes.filter(
    (scope) => scope.capability === 'education.students' && (purpose ?? scope.purpose) === scope.purpose,
  );
  const held = scopes.filter((scope) => scope.legalBasis !== 'consent' || school.consents(student.id, scope.purpose));
  const elements = new Set(held.flatMap((scope) => scope.elements));
  const fields = Object.entries(student).filter(([field]) => field === 'id' || elements.has(`students.${field}`));
  return Object.fromEntries(fields) as Student;
}

function nameOf({ familyName = '', givenName = '' }: Student): string {
  return `${familyName} ${givenName}`;
}
