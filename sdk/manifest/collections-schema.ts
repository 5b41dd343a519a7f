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
    /** The records are the learner's: they follow to every school of the learner where the plugin is in use. Needs `subject`. */
    learnerOwned: Type.Optional(Type.Boolean()),
    /** Version of the shape, 1 when left out, for the plugin's own reading: the platform stores it with the manifest and moves no records. */
    version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    purpose: Type.String({ pattern: slugPattern }),
    indexes: Type.Optional(Type.Array(Type.String({ pattern: collectionPattern }), { maxItems: 8, uniqueItems: true })),
  },
  { additionalProperties: false },
);
