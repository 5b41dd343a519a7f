import { type Static, Type } from 'typebox';
import { viewLimits } from './limits.ts';

const strict = { additionalProperties: false } as const;
const text = Type.String({ minLength: 1, maxLength: 200 });
const name = Type.String({ pattern: '^[a-z][a-zA-Z0-9]{0,38}$' });
export const isoDate = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' });
const base = {
  name,
  label: text,
  hint: Type.Optional(Type.String({ maxLength: 500 })),
  required: Type.Optional(Type.Boolean()),
};

const Option = Type.Object({ value: Type.String({ maxLength: 200 }), text }, strict);
const choice = {
  options: Type.Array(Option, { minItems: 1, maxItems: 200 }),
  value: Type.Optional(Type.String({ maxLength: 200 })),
};
const writing = {
  maxLength: Type.Integer({ minimum: 1, maximum: viewLimits.text }),
  value: Type.Optional(Type.String({ maxLength: viewLimits.text })),
};
const range = {
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
  value: Type.Optional(Type.Number()),
};
const span = { min: Type.Optional(isoDate), max: Type.Optional(isoDate), value: Type.Optional(isoDate) };

/** A field of a form. The portal checks what the field says before it calls the backend; the backend checks again. */
export const FieldSchema = Type.Union([
  Type.Object({ field: Type.Literal('text'), ...base, ...writing }, strict),
  Type.Object({ field: Type.Literal('longText'), ...base, ...writing }, strict),
  Type.Object({ field: Type.Literal('number'), ...base, ...range }, strict),
  Type.Object({ field: Type.Literal('date'), ...base, ...span }, strict),
  Type.Object({ field: Type.Literal('select'), ...base, ...choice }, strict),
  Type.Object({ field: Type.Literal('radio'), ...base, ...choice }, strict),
  Type.Object({ field: Type.Literal('checkbox'), ...base, value: Type.Optional(Type.Boolean()) }, strict),
]);
/** A field of a form. */
export type Field = Static<typeof FieldSchema>;
