import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import type { Access } from '../../access/index.ts';
import type { Caller } from '../caller.ts';
import { grantedElements, purposeOf } from '../scopes.ts';

type StudentsDoor = Capabilities['education.students'];
type ClassesDoor = Capabilities['education.classes'];

const pageSize = 200;

/** `education.students`: learners of the user's classes, each field only if every rule lets it through. */
export async function students(
  access: Access,
  { grant, actor, seen, lease }: Caller,
  { class: only, purpose: asked, cursor, limit = pageSize }: ArgumentOf<StudentsDoor>,
): Promise<ResultOf<StudentsDoor>> {
  const purpose = purposeOf(grant, 'education.students', asked);
  const elements = grantedElements(grant, 'education.students', purpose);
  const question = { grant, actor, purpose, elements, limit, ...optional({ cursor, class: only, lease }) };
  const { rows, next, bound } = await access.students(question);
  for (const element of bound.noExport) seen.noExport.add(element);
  if (bound.duringRequest.length > 0) seen.endsWithRequest = true;
  for (const element of elements) seen.elements.add(element);
  for (const { id } of rows) seen.persons.add(id);
  return { students: rows, ...(next === undefined ? {} : { next }) };
}

/** `education.classes`: the classes and groups to which the user has a live relation in this school. */
export async function classes(
  access: Access,
  { grant, actor, lease }: Caller,
  { purpose: asked, cursor, limit = pageSize }: ArgumentOf<ClassesDoor>,
): Promise<ResultOf<ClassesDoor>> {
  const purpose = purposeOf(grant, 'education.classes', asked);
  const elements = grantedElements(grant, 'education.classes', purpose);
  const { rows, next } = await access.classes({
    grant,
    actor,
    purpose,
    elements,
    limit,
    ...optional({ cursor, lease }),
  });
  const titled = rows.map(({ id, title }) => ({ id, ...optional({ title }) }));
  return { classes: titled, ...(next === undefined ? {} : { next }) };
}

/** The members that are given, for types that tell "absent" from "undefined". */
function optional<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}
