import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Caller } from './caller.ts';
import type { DataDoor } from './data-door.ts';
import { grantedElements, purposeOf } from './scopes.ts';

type StudentsDoor = Capabilities['education.students'];
type ClassesDoor = Capabilities['education.classes'];

const pageSize = 200;

/** `education.students`: learners of the user's classes, each field only if every rule lets it through. */
export async function students(
  data: DataDoor,
  { grant, actor, seen }: Caller,
  { class: only, purpose: asked, cursor, limit = pageSize }: ArgumentOf<StudentsDoor>,
): Promise<ResultOf<StudentsDoor>> {
  const purpose = purposeOf(grant, 'education.students', asked);
  const elements = grantedElements(grant, 'education.students', purpose);
  const { rows, next } = await data.students({ grant, actor, purpose, elements, class: only, after: cursor, limit });
  for (const element of elements) seen.elements.add(element);
  for (const { id } of rows) seen.persons.add(id);
  return { students: rows, ...(next === undefined ? {} : { next }) };
}

/** `education.classes`: the classes and groups to which the user has a live relation in this school. */
export async function classes(
  data: DataDoor,
  { grant, actor }: Caller,
  { purpose: asked, cursor, limit = pageSize }: ArgumentOf<ClassesDoor>,
): Promise<ResultOf<ClassesDoor>> {
  const purpose = purposeOf(grant, 'education.classes', asked);
  const elements = grantedElements(grant, 'education.classes', purpose);
  const { rows, next } = await data.classes({ grant, actor, purpose, elements, after: cursor, limit });
  return { classes: rows, ...(next === undefined ? {} : { next }) };
}
