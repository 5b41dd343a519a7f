import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { strict } from './parts.ts';

const label = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,80}$' });

/**
 * Counts for the school's and municipality's pages. The host blanks what could point at a person before it keeps anything, and
 * answers with what it kept.
 */
export const publish = defineCapability({
  name: 'aggregate.publish',
  summary:
    'Publishes counts by group. The host hides small groups before it keeps them, and answers with what it kept.',
  scope: 'aggregate.publish',
  argument: Type.Object(
    {
      name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,38}$' }),
      period: Type.String({ pattern: '^[0-9]{4}(-[0-9]{2}|-W[0-9]{2})?$' }),
      groups: Type.Array(Type.Object({ label, count: Type.Integer({ minimum: 0, maximum: 1_000_000 }) }, strict), {
        minItems: 1,
        maxItems: 200,
      }),
    },
    strict,
  ),
  result: Type.Object(
    { groups: Type.Array(Type.Object({ label, shown: Type.String({ maxLength: 20 }) }, strict), { maxItems: 200 }) },
    strict,
  ),
});
