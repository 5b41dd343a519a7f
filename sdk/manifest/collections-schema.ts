import { Type } from 'typebox';
import { collectionPattern, slugPattern } from './words.ts';

/**
 * A collection of records that the plugin keeps. With `subject: true` each record belongs to one learner, and is seen only
 * while the rules let this plugin see that learner for `purpose`.
 */
export const CollectionSchema = Type.Object(
  {
    name: Type.String({ pattern: collectionPattern }),
    schema: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()),
    subject: Type.Boolean(),
    purpose: Type.String({ pattern: slugPattern }),
    indexes: Type.Optional(Type.Array(Type.String({ pattern: collectionPattern }), { maxItems: 8, uniqueItems: true })),
  },
  { additionalProperties: false },
);
