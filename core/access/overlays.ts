import type { Id } from '../kernel/index.ts';
import { holds, type Question, type World } from './world.ts';

/** The overlay that takes the whole person out of sight, if any. */
export function hiding(
  world: World,
  question: Question,
  person: Id,
): 'restriction' | 'custody' | 'learner-private' | undefined {
  const mine = world.protections.filter((row) => row.person === person && holds(row.span, question.today));
  if (mine.some(({ kind }) => kind === 'restriction')) return 'restriction';
  if (mine.some(({ kind, against }) => kind === 'custody' && against === question.actor)) return 'custody';
  const isPrivate = mine.some(
    ({ kind, against }) => kind === 'learner-private' && (against === undefined || against === question.actor),
  );
  return question.role === 'guardian' && isPrivate ? 'learner-private' : undefined;
}

export function isWithheld(world: World, question: Question, person: Id): boolean {
  return isUnderOrder(world, question, person) && !isPermitted(world, question, person);
}

/** Whether the actor sees what an order withholds from others. */
export function isListed(world: World, question: Question, person: Id): boolean {
  return isUnderOrder(world, question, person) && isPermitted(world, question, person);
}

function isUnderOrder(world: World, question: Question, person: Id): boolean {
  return isProtected(world, question, { person, kind: 'non-disclosure' }) && person !== question.actor;
}

function isPermitted(world: World, question: Question, person: Id): boolean {
  return (
    isOpened(world, question, person) ||
    world.permits.some(
      (permit) =>
        permit.person === person &&
        permit.permitted === question.actor &&
        (permit.to === undefined || permit.to > question.today),
    )
  );
}

/** Break-glass, through the portal's own door alone. */
function isOpened({ openings = [] }: World, { plugin, purpose, actor, now }: Question, person: Id): boolean {
  if (plugin !== undefined || purpose !== 'break-glass' || now === undefined) return false;
  return openings.some((opening) => opening.person === person && opening.by === actor && opening.until > now);
}

export function isProtected(world: World, question: Question, what: { person: Id; kind: string }): boolean {
  return world.protections.some(
    ({ person, kind, span }) => person === what.person && kind === what.kind && holds(span, question.today),
  );
}
