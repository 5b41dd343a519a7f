import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Access } from './access.ts';
import { ownClasses, ownStudents } from './portal-door.ts';
import {
  ChildList,
  ChildPlugins,
  ClassList,
  ExplainedPeople,
  ExplanationShown,
  StudentList,
  ViewersAsked,
  ViewersShown,
} from './schemas.ts';

const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
/** Who lists classes: school staff, and support staff on a visit. */
const lists = ({ role, visit }: Actor): boolean =>
  role === 'teacher' || role === 'principal' || (role === 'support' && visit !== undefined);
const explains = ({ role }: Actor): boolean => role === 'siteAdministrator' || role === 'dataProtectionOfficer';
const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';

export function accessRoutes({ access }: { access: Access }): Route<Actor>[] {
  return [
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/classes',
      summary: 'Classes and groups of the teacher, or of the school for its principal.',
      access: lists,
      responses: { 200: ClassList },
      handle: async ({ actor }) => ({ body: await ownClasses(access, actor) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/classes/:id/students',
      summary: 'Learners of one of those classes. Logged, and shown to their families.',
      access: lists,
      params: Type.Object({ id }),
      responses: { 200: StudentList },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await ownStudents(access, actor, params.id) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children',
      summary: "The guardian's children whom the guardian may see; for a learner, the learner.",
      access: isFamily,
      responses: { 200: ChildList },
      handle: async ({ actor }) => ({ body: await access.family.children(actor) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/plugins',
      summary: 'Plugins in use in the schools of the child, and what each may use on what basis.',
      access: isFamily,
      params: Type.Object({ child: Type.Union([Type.Literal('me'), id]) }),
      responses: { 200: ChildPlugins },
      errors: ['not-found'],
      handle: async ({ actor, params }) => ({ body: await access.family.plugins(actor, params.child) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/access/explanation',
      summary: 'Why a person sees or does not see a learner in a plugin, field by field. Asking is logged.',
      access: explains,
      query: Type.Object({
        school: id,
        plugin: Type.String({ maxLength: 80 }),
        viewer: id,
        role: Type.Enum(['teacher', 'principal', 'guardian', 'student']),
        person: id,
      }),
      responses: { 200: ExplanationShown },
      errors: ['not-found'],
      handle: async ({ actor, query }) => ({ body: await access.explain(actor, query) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/access/explanation/people',
      summary: 'People of a school by a part of their name, to ask about. Looking is logged.',
      access: explains,
      query: Type.Object({ school: id, name: Type.String({ minLength: 2, maxLength: 80 }) }),
      responses: { 200: ExplainedPeople },
      handle: async ({ actor, query }) => ({ body: await access.findPeople(actor, query) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/family/children/:child/viewers',
      summary: 'Who can see what of the child, today or on a day in the past, and what nobody sees and why.',
      access: isFamily,
      params: Type.Object({ child: Type.Union([Type.Literal('me'), id]) }),
      query: ViewersAsked,
      responses: { 200: ViewersShown },
      errors: ['not-found', 'invalid'],
      handle: async ({ actor, params, query }) => ({ body: await access.viewers.ofChild(actor, params.child, query) }),
    }),
    defineRoute<Actor>()({
      method: 'GET',
      path: '/api/officer/learners/:person/viewers',
      summary: 'The same about any learner of the municipality, with names. Logged.',
      access: ({ role }) => role === 'dataProtectionOfficer',
      params: Type.Object({ person: id }),
      query: ViewersAsked,
      responses: { 200: ViewersShown },
      errors: ['not-found', 'invalid'],
      handle: async ({ actor, params, query }) => ({
        body: await access.viewers.ofLearner(actor, params.person, query),
      }),
    }),
  ];
}
