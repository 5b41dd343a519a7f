import type { Actor } from '../identity/index.ts';
import type { Access } from './access.ts';
import type { ClassRow } from './classes-store.ts';
import type { StudentRow } from './students-store.ts';

export const listedAtPortal: readonly string[] = [
  'students.givenName',
  'students.familyName',
  'students.preferredName',
  'students.grade',
];

const purposeOf = ({ role }: Actor) => (role === 'support' ? 'support' : 'class-list');

/** The actor's own classes in the chosen school, for the portal's own pages. */
export async function ownClasses(access: Access, actor: Actor): Promise<(ClassRow & { school?: Actor['school'] })[]> {
  const purpose = purposeOf(actor);
  const grant = { kind: 'portal', municipality: actor.municipality.id, purpose } as const;
  const { rows } = await access.classes({ grant, actor, purpose, elements: ['classes.title'] });
  return rows.map((row) => ({ ...row, ...(actor.school && { school: actor.school }) }));
}

/** Learners of one of the actor's own classes. */
export async function ownStudents(access: Access, actor: Actor, ofClass: string): Promise<StudentRow[]> {
  const purpose = purposeOf(actor);
  const grant = { kind: 'portal', municipality: actor.municipality.id, purpose } as const;
  const { rows } = await access.students({
    grant,
    actor,
    purpose,
    elements: listedAtPortal,
    class: ofClass,
  });
  return rows;
}
