import { elementBits } from '../audit/index.ts';
import type { ViewerRole } from './world.ts';

/** Whether a row with valid_from and valid_to (exclusive) holds today, $4. */
export function live(alias: string): string {
  return `${alias}.valid_from <= $4::date and (${alias}.valid_to is null or ${alias}.valid_to > $4::date)`;
}

/** What a non-disclosure order withholds of a person's fields. */
export const withheldBits =
  elementBits['students.email'] |
  elementBits['students.phone'] |
  elementBits['students.address'] |
  elementBits['students.photo'] |
  elementBits['guardians.phone'] |
  elementBits['guardians.email'];

/** Whether protection row `x` takes the person out of the actor's sight. */
function hides(role: ViewerRole): string {
  const always = "x.kind = 'restriction' or x.kind = 'custody' and x.against_person_id = $3";
  if (role !== 'guardian') return always;
  return `${always} or x.kind = 'learner-private' and (x.against_person_id is null or x.against_person_id = $3)`;
}

function protectionsOf(person: string): string {
  return `from protection x where x.municipality_id = $1 and x.person_id = ${person} and ${live('x')}`;
}

/** One row of what lies over a person today, as this actor ($3) meets it. */
export function overlays(role: ViewerRole, person: string): string {
  return `select bool_or(${hides(role)}) as hidden, bool_or(x.kind = 'objection') as objected,
      bool_or(x.kind = 'non-disclosure') as withheld ${protectionsOf(person)}`;
}

/** Whether the actor is on the person's named list. */
export function isPermitted(person: string): string {
  return `exists (select from disclosure_permit z where z.municipality_id = $1 and z.person_id = ${person}
      and z.permitted_id = $3 and (z.valid_to is null or z.valid_to > $4::date))`;
}

/**
 * Whether a second person has opened what is withheld to the actor for this hour (break-glass): through the portal's own
 * door for that purpose alone, since a plugin ($5) may call its purposes what it likes.
 */
export function isOpened(person: string): string {
  return `($5::text is null and $6::text = 'break-glass' and exists (
      select from disclosure_opening g where g.municipality_id = $1 and g.person_id = ${person} and g.asked_by = $3
      and g.answer = 'opened' and g.ends_at > $10::timestamptz and g.closed_at is null))`;
}

/** Whether the actor may know where the person is at school. */
export function isPlaceKnown(role: ViewerRole, person: string): string {
  return `not exists (select ${protectionsOf(person)} and (${hides(role)} or x.kind = 'non-disclosure' and not ${isPermitted(person)}))`;
}
