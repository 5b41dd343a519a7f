import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { isoDate, pairwiseId, purpose, strict } from './parts.ts';

const title = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,200}$' });
const text = Type.String({ pattern: '^[^\\u0000]{1,2000}$' });

/** How results of an item are written: numbers 4–10 in quarters, H (hyväksytty), S (suoritettu), O (osallistunut), or points. */
export const scoreScales = ['4-10', 'H', 'S', 'O', 'points'] as const;

/** What learners of a class are assessed on (OneRoster 1.2 `lineItem`). */
export const LineItem = Type.Object(
  {
    id: pairwiseId,
    class: pairwiseId,
    title,
    description: Type.Optional(text),
    assignDate: isoDate,
    dueDate: isoDate,
    resultValueMin: Type.Optional(Type.Number()),
    resultValueMax: Type.Optional(Type.Number()),
  },
  strict,
);
/** What learners of a class are assessed on. */
export type LineItem = Static<typeof LineItem>;

/** States of a result, in OneRoster's words. */
export const scoreStatuses = ['exempt', 'fully graded', 'not submitted', 'partially graded', 'submitted'] as const;
const scoreStatus = Type.Enum([...scoreStatuses]);
const textScore = Type.Enum(['H', 'S', 'O']);

/** One learner's result of one item (OneRoster 1.2 `result`). */
export const GradebookResult = Type.Object(
  {
    lineItem: pairwiseId,
    student: pairwiseId,
    scoreStatus,
    score: Type.Optional(Type.Number()),
    textScore: Type.Optional(Type.String({ maxLength: 64 })),
    scoreDate: isoDate,
    comment: Type.Optional(text),
  },
  strict,
);
/** One learner's result of one item. */
export type GradebookResult = Static<typeof GradebookResult>;

/** Items of a class. */
export const lineItems = defineCapability({
  name: 'gradebook.lineItems',
  summary: "What learners of one of the user's classes are assessed on, the latest first.",
  scope: 'gradebook',
  argument: Type.Object({ class: pairwiseId, purpose }, strict),
  result: Type.Object({ lineItems: Type.Array(LineItem, { maxItems: 500 }) }, strict),
});

/** Results of one item, or of one learner. */
export const results = defineCapability({
  name: 'gradebook.results',
  summary: 'Results of one item, or of one learner, as far as the user may see each learner. Name one of the two.',
  scope: 'gradebook',
  argument: Type.Object(
    { lineItem: Type.Optional(pairwiseId), student: Type.Optional(pairwiseId), purpose },
    { ...strict, minProperties: 1 },
  ),
  result: Type.Object({ results: Type.Array(GradebookResult, { maxItems: 2000 }) }, strict),
});

/** Adds an item to a class, or changes it. */
export const putLineItem = defineCapability({
  name: 'gradebook.putLineItem',
  summary:
    'Adds something that the learners of an own class are assessed on, or changes it. For teachers of the class.',
  scope: 'gradebook',
  argument: Type.Object(
    {
      id: Type.Optional(pairwiseId),
      class: pairwiseId,
      title,
      description: Type.Optional(text),
      assignDate: isoDate,
      dueDate: isoDate,
      scale: Type.Enum([...scoreScales]),
      maxPoints: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
      purpose,
    },
    strict,
  ),
  result: Type.Object({ id: pairwiseId }, strict),
});

/** Gives or changes a learner's result. */
export const putResult = defineCapability({
  name: 'gradebook.putResult',
  summary:
    "Gives or changes a learner's result of an item: a number within the item's scale, or H, S or O. For teachers of the class.",
  scope: 'gradebook',
  argument: Type.Object(
    {
      lineItem: pairwiseId,
      student: pairwiseId,
      scoreStatus,
      score: Type.Optional(Type.Number()),
      textScore: Type.Optional(textScore),
      comment: Type.Optional(text),
      purpose,
    },
    strict,
  ),
  result: Type.Object({ saved: Type.Literal(true) }, strict),
});
