import type { Field } from '@digione/sdk/views';
import type { FieldValue } from './check-field.ts';

export function firstValues(fields: readonly Field[]): Record<string, FieldValue> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.value ?? (field.field === 'checkbox' ? false : field.field === 'number' ? null : ''),
    ]),
  );
}
