import { dayOfAge } from '../consent/index.ts';
import type { Id } from '../kernel/index.ts';
import { hiding, isWithheld } from './overlays.ts';
import { holds, type Question, type World } from './world.ts';

/** Learners to whom the actor has a live relation today, in the question's school and class. */
export function relatedTo(world: World, question: Question): Id[] {
  const attending = world.enrollments.filter(
    (row) =>
      row.role === 'student' &&
      row.school === question.school &&
      holds(row.span, question.today) &&
      (question.class === undefined || row.class === question.class) &&
      isOpenClass(world, question, row.class),
  );
  const related = attending.filter((row) => isRelated(world, question, row));
  return [...new Set(related.map(({ person }) => person))];
}

/** Whether the class is one of the actor's own. */
export function ownsClass(world: World, question: Question, id: Id): boolean {
  if (!isOpenClass(world, question, id)) return false;
  if (question.role === 'teacher') return hasRole(world, question) && teaches(world, question, id);
  if (question.role === 'principal') return hasRole(world, question);
  if (question.role === 'platform') return isJob(question);
  if (question.role === 'support') return isVisiting(world, question);
  const related = relatedTo(world, { ...question, class: id });
  return related.some((person) => question.role === 'student' || isPlaceKnown(world, question, person));
}

/** Whether the actor may know where the person is at school. */
function isPlaceKnown(world: World, question: Question, person: Id): boolean {
  const isActive = world.persons.some(({ id, active }) => id === person && active);
  return isActive && hiding(world, question, person) === undefined && !isWithheld(world, question, person);
}

function isRelated(world: World, question: Question, attendance: { person: Id; class: Id }): boolean {
  switch (question.role) {
    case 'teacher':
      return hasRole(world, question) && teaches(world, question, attendance.class);
    case 'principal':
      return hasRole(world, question);
    case 'guardian':
      return maySee(world, question, attendance.person);
    case 'student':
      return attendance.person === question.actor;
    case 'platform':
      return isJob(question);
    case 'support':
      return isVisiting(world, question) && isPlaceKnown(world, question, attendance.person);
    default:
      return false;
  }
}

function isOpenClass(world: World, question: Question, id: Id): boolean {
  return world.classes.some((row) => row.id === id && row.school === question.school && row.active);
}

function hasRole(world: World, { actor, role, school, today }: Question): boolean {
  return world.roles.some(
    (row) => row.person === actor && row.role === role && row.org === school && holds(row.span, today),
  );
}

function teaches(world: World, { actor, school, today }: Question, id: Id): boolean {
  return world.enrollments.some(
    (row) =>
      row.person === actor &&
      row.role === 'teacher' &&
      row.class === id &&
      row.school === school &&
      holds(row.span, today),
  );
}

/** The platform itself is related to learners only while nobody waits for the answer; what it may use, the agreement says. */
function isJob({ lease }: Question): boolean {
  return lease === 'background';
}

/** Support staff look through the portal's own door alone, while the municipality lets them. */
function isVisiting({ visits = [] }: World, { actor, school, plugin, now }: Question): boolean {
  if (plugin !== undefined || now === undefined) return false;
  return visits.some((visit) => visit.by === actor && visit.school === school && visit.until > now);
}

/** Every live link must allow it, and the child must be known to be under 18. */
function maySee(world: World, { actor, today }: Question, child: Id): boolean {
  const birthDate = world.persons.find(({ id }) => id === child)?.birthDate;
  if (birthDate === undefined || dayOfAge(birthDate, 18) <= today) return false;
  const links = world.guardianships.filter(
    (row) => row.guardian === actor && row.child === child && holds(row.span, today),
  );
  return links.length > 0 && links.every(({ canSee }) => canSee);
}
