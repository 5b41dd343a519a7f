import { type Static, Type } from 'typebox';
import { defineCapability } from './define.ts';
import { instant, pairwiseId, purpose, strict } from './parts.ts';

const fileId = Type.String({ minLength: 1, maxLength: 64 });
const fileName = Type.String({ pattern: '^[^\\u0000-\\u001f/\\\\]{1,120}$' });
const base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 930_000 });

/** Types of files that a plugin may keep. The host looks into the file: what it says of itself must be true. */
export const fileTypes = [
  'application/json',
  'application/pdf',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/markdown',
  'text/plain',
] as const;
const fileType = Type.Enum([...fileTypes]);

/** A kept file without its content. */
export const StoredFile = Type.Object(
  {
    id: fileId,
    name: fileName,
    type: fileType,
    size: Type.Integer({ minimum: 1 }),
    subject: Type.Optional(pairwiseId),
    createdAt: instant,
  },
  strict,
);
/** A kept file without its content. */
export type StoredFile = Static<typeof StoredFile>;

/** Keeps a file. `subject` is the learner whom it is about: it is there only while the plugin may see the learner for the purpose. */
export const putFile = defineCapability({
  name: 'files.put',
  summary: 'Keeps a file of up to 690 000 bytes, as base64. Its type is checked against what is in it.',
  scope: 'files',
  argument: Type.Object(
    { name: fileName, type: fileType, content: base64, subject: Type.Optional(pairwiseId), purpose },
    strict,
  ),
  result: Type.Object({ id: fileId }, strict),
});

/** A file with its content; `null` when there is none that may be seen now. */
export const getFile = defineCapability({
  name: 'files.get',
  summary: 'One file with its content as base64, or null when there is none or it may not be seen now.',
  scope: 'files',
  argument: Type.Object({ id: fileId }, strict),
  result: Type.Object(
    { file: Type.Union([Type.Object({ ...StoredFile.properties, content: base64 }, strict), Type.Null()]) },
    strict,
  ),
});

/** The plugin's files in this school, newest first. */
export const listFiles = defineCapability({
  name: 'files.list',
  summary: "The plugin's newest 200 files in this school, without those that may not be seen now.",
  scope: 'files',
  argument: Type.Object({}, strict),
  result: Type.Object({ files: Type.Array(StoredFile, { maxItems: 200 }) }, strict),
});

/** Removes a file; `removed` is false when there was none that may be seen now. */
export const removeFile = defineCapability({
  name: 'files.remove',
  summary: 'Removes one file, and its content when no other file is the same.',
  scope: 'files',
  argument: Type.Object({ id: fileId }, strict),
  result: Type.Object({ removed: Type.Boolean() }, strict),
});
