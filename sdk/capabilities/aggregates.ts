import { Type } from 'typebox';
import { defineCapability } from './define.ts';
import { strict } from './parts.ts';

const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const shown = Type.String({ maxLength: 20 });
const label = Type.String({ pattern: '^[^\\u0000-\\u001f]{1,80}$' });

/**
 * Counts for the school's and municipality's pages. The host blanks what could point at a person before it keeps anything, and
 * answers with what it kept.
 */
export const publish = defineCapability({
  name: 'aggregate.publish',
  summary:
    'Publishes counts by group, with percentages where a group says of how many. The host hides small groups before it keeps them, answers with what it kept, and refuses counts whose difference from earlier ones tells of fewer than five.',
  scope: 'aggregate.publish',
  argument: Type.Object(
    {
      name: Type.String({ pattern: '^[a-z][a-z0-9-]{0,38}$' }),
      period: Type.String({ pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-W[0-9]{2})?$' }),
      groups: Type.Array(Type.Object({ label, count, of: Type.Optional(count) }, strict), {
        minItems: 1,
        maxItems: 200,
      }),
      /** A survey of fewer than five answers is blank as a whole. */
      kind: Type.Optional(Type.Enum(['counts', 'survey'])),
    },
    strict,
  ),
  result: Type.Object(
    {
      groups: Type.Array(
        Type.Object({ label, shown, percent: Type.Optional(Type.String({ maxLength: 20 })) }, strict),
        { maxItems: 200 },
      ),
      total: shown,
    },
    strict,
  ),
});
