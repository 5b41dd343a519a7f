import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { cursor, isoDate, pairwiseId, purpose, strict } from './parts.ts';

const name = Type.String({ maxLength: 200 });

/** A class or teaching group, as far as the agreement lets the plugin see it. */
export const SchoolClass = Type.Object({ id: pairwiseId, title: Type.Optional(name) }, strict);
/** A class or teaching group, as far as the agreement lets the plugin see it. */
export type SchoolClass = Static<typeof SchoolClass>;

/** A learner. A field is there only if the scope, the agreement, the legal basis and every protection let it through. */
export const Student = Type.Object(
  {
    id: pairwiseId,
    givenName: Type.Optional(name),
    familyName: Type.Optional(name),
    preferredName: Type.Optional(name),
    grade: Type.Optional(Type.String({ maxLength: 20 })),
    birthDate: Type.Optional(isoDate),
    languages: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
    email: Type.Optional(Type.String({ maxLength: 300 })),
    phone: Type.Optional(Type.String({ maxLength: 60 })),
    address: Type.Optional(Type.String({ maxLength: 400 })),
    photo: Type.Optional(Type.String({ maxLength: 400 })),
  },
  strict,
);
/** A learner, as far as the plugin may see. */
export type Student = Static<typeof Student>;

const page = { cursor: Type.Optional(cursor), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })) };

/** Classes and groups to which the user has a live relation in this school. */
export const classes = defineCapability({
  name: 'education.classes',
  summary: "The user's own classes and teaching groups in this school, by title.",
  scope: 'education.classes',
  argument: Type.Object({ purpose, ...page }, strict),
  result: Type.Object({ classes: Type.Array(SchoolClass, { maxItems: 500 }), next: Type.Optional(cursor) }, strict),
});

/** Learners of the user's classes. Those whom a rule hides are absent, and nothing counts them. */
export const students = defineCapability({
  name: 'education.students',
  summary: "Learners of one of the user's classes, or of all of them, by family name and given name.",
  scope: 'education.students',
  argument: Type.Object({ class: Type.Optional(pairwiseId), purpose, ...page }, strict),
  result: Type.Object({ students: Type.Array(Student, { maxItems: 500 }), next: Type.Optional(cursor) }, strict),
});

/** A guardian, as far as the plugin may see. */
export const Guardian = Type.Object(
  {
    id: pairwiseId,
    name: Type.Optional(name),
    phone: Type.Optional(Type.String({ maxLength: 60 })),
    email: Type.Optional(Type.String({ maxLength: 320 })),
  },
  strict,
);
/** A guardian, as far as the plugin may see. */
export type Guardian = Static<typeof Guardian>;

/** Guardians of a learner whom the user may see: all for the school's staff, for a guardian only that person's own row. */
export const guardians = defineCapability({
  name: 'education.guardians',
  summary:
    'Guardians of a learner, for teachers and principals; a guardian finds only the own row. Contacts are absent where an order of non-disclosure lies on the learner or the guardian.',
  scope: 'education.guardians',
  argument: Type.Object({ student: pairwiseId, purpose }, strict),
  result: Type.Object({ guardians: Type.Array(Guardian, { maxItems: 20 }) }, strict),
});
