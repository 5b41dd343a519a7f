import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { collection, cursor, instant, pairwiseId, strict } from './parts.ts';

const recordId = Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,100}$' });
const value = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown());
const scalar = Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean(), Type.Null()]);

/** A stored record. `subject` is the learner whom it is about, in collections with `subject: true`. */
export const StoredRecord = Type.Object(
  { id: recordId, subject: Type.Optional(pairwiseId), value, updatedAt: instant },
  strict,
);
/** A stored record. */
export type StoredRecord = Static<typeof StoredRecord>;

/** Writes a record; `id` is made by the host when it is left out, and written over when it exists. */
export const put = defineCapability({
  name: 'storage.put',
  summary:
    'Keeps a record in a collection. Refused with not-allowed when the collection may hold nothing about this learner now.',
  scope: 'storage',
  argument: Type.Object({ collection, id: Type.Optional(recordId), subject: Type.Optional(pairwiseId), value }, strict),
  result: Type.Object({ id: recordId }, strict),
});

/** Reads one record; `null` when there is none that the plugin may see. */
export const get = defineCapability({
  name: 'storage.get',
  summary: 'One record, or null when there is none or it may not be seen now.',
  scope: 'storage',
  argument: Type.Object({ collection, id: recordId }, strict),
  result: Type.Object({ record: Type.Union([StoredRecord, Type.Null()]) }, strict),
});

/** Lists records, newest first. `where` compares declared indexes with `=`. */
export const list = defineCapability({
  name: 'storage.list',
  summary: 'Records of a collection, newest first: all, about some learners, or equal in declared indexes.',
  scope: 'storage',
  argument: Type.Object(
    {
      collection,
      subjects: Type.Optional(Type.Array(pairwiseId, { maxItems: 500 })),
      where: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), scalar, { maxProperties: 8 })),
      cursor: Type.Optional(cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    },
    strict,
  ),
  result: Type.Object({ records: Type.Array(StoredRecord, { maxItems: 500 }), next: Type.Optional(cursor) }, strict),
});

/** Removes a record; `removed` is false when there was none that the plugin may see. */
export const remove = defineCapability({
  name: 'storage.remove',
  summary: 'Removes one record.',
  scope: 'storage',
  argument: Type.Object({ collection, id: recordId }, strict),
  result: Type.Object({ removed: Type.Boolean() }, strict),
});

/** Of the given learners, those about whom the collection may hold records now, so that a page needn't offer what would be refused. */
export const allowed = defineCapability({
  name: 'storage.allowed',
  summary: 'Of the given learners, those about whom the collection may hold records now.',
  scope: 'storage',
  argument: Type.Object({ collection, subjects: Type.Array(pairwiseId, { maxItems: 500 }) }, strict),
  result: Type.Object({ subjects: Type.Array(pairwiseId, { maxItems: 500 }) }, strict),
});

/** When the record must still be as it was read: its `updatedAt`, or null when there must be none. */
const ifUpdatedAt = Type.Optional(Type.Union([instant, Type.Null()]));

/** Several writes that happen together or not at all. */
export const transaction = defineCapability({
  name: 'storage.transaction',
  summary:
    'Up to 50 writes together or not at all. `committed` is false, and nothing is written, when a record is no longer as `ifUpdatedAt` says: read again and try again.',
  scope: 'storage',
  argument: Type.Object(
    {
      operations: Type.Array(
        Type.Union([
          Type.Object(
            {
              put: Type.Object(
                { collection, id: Type.Optional(recordId), subject: Type.Optional(pairwiseId), value, ifUpdatedAt },
                strict,
              ),
            },
            strict,
          ),
          Type.Object({ remove: Type.Object({ collection, id: recordId, ifUpdatedAt }, strict) }, strict),
        ]),
        { minItems: 1, maxItems: 50 },
      ),
    },
    strict,
  ),
  result: Type.Object(
    {
      committed: Type.Boolean(),
      /** Of each operation in order: the id of a put, whether something was removed. */
      results: Type.Array(
        Type.Object({ id: Type.Optional(recordId), removed: Type.Optional(Type.Boolean()) }, strict),
        { maxItems: 50 },
      ),
    },
    strict,
  ),
});
