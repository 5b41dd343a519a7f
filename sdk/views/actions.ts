import { type Static, Type } from 'typebox';
import { methodPattern, slugPattern } from '../manifest/index.ts';

const argument = Type.Optional(Type.Unknown({ description: 'Any JSON value, at most 8 KB as text.' }));

/** Calls `calls[call]` of the backend with `argument`; a form adds its values as `argument.values`. The answer may be a new tree. */
export const CallAction = Type.Object(
  { call: Type.String({ pattern: methodPattern }), argument },
  { additionalProperties: false },
);
/** Opens one of the plugin's own pages. */
export const PageAction = Type.Object(
  { page: Type.String({ pattern: slugPattern }), argument },
  { additionalProperties: false },
);
/** What happens when a person presses, chooses or sends. */
export const ActionSchema = Type.Union([CallAction, PageAction]);
/** What happens when a person presses, chooses or sends. */
export type Action = Static<typeof ActionSchema>;
