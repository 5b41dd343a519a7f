import { Type } from 'typebox';
import { collectionPattern, slugPattern } from '../manifest/index.ts';

/** No other keys than the ones that are named. */
export const strict = { additionalProperties: false } as const;

/** A pairwise id: the same person, class or school has another one in every plugin and municipality. */
export const pairwiseId = Type.String({ minLength: 1, maxLength: 64 });

/** Where the next page starts, as the last answer gave it. Opaque. */
export const cursor = Type.String({ minLength: 1, maxLength: 200 });

/** A calendar date, `YYYY-MM-DD`. */
export const isoDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });

/** An instant in UTC, `2026-11-24T08:15:00.000Z`. */
export const instant = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,12}Z$' });

/** Which of the manifest's purposes a request serves. May be left out when only one purpose has the scope. */
export const purpose = Type.Optional(Type.String({ pattern: slugPattern }));

/** Name of a collection of the manifest. */
export const collection = Type.String({ pattern: collectionPattern });
