import { type Static, Type } from 'typebox';

/** Refuses control characters, lone line separators and the invisible characters that turn or hide text (Unicode TR 36). */
const readable =
  '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]*$';

/** A text of bounded length that a person can read as it is written. */
export function readableText(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: readable });
}

/** A text in all three languages, at most `maxLength` characters in each. */
export function textsUpTo(maxLength: number) {
  const text = readableText(maxLength);
  return Type.Object({ fi: text, sv: text, en: text }, { additionalProperties: false });
}

/** A text in all three languages. */
export const TextsSchema = textsUpTo(2000);
/** A text in all three languages. */
export type Texts = Static<typeof TextsSchema>;
