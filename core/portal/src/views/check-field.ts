import type { Field } from '@digione/sdk/views';

export type FieldValue = string | number | boolean | null;
export type FieldProblem = {
  text: 'common.required' | 'views.tooLong' | 'views.tooSmall' | 'views.tooBig' | 'views.notNumber' | 'views.choose';
  max?: number | string;
  min?: number | string;
};

/** What is wrong with one value, by what its field says of itself. */
export function checkField(field: Field, value: FieldValue | undefined): FieldProblem | undefined {
  const isEmpty = value === '' || value === null || value === undefined || value === false;
  if (isEmpty) return field.required ? { text: 'common.required' } : undefined;
  switch (field.field) {
    case 'text':
    case 'longText':
      return String(value).length > field.maxLength ? { text: 'views.tooLong', max: field.maxLength } : undefined;
    case 'number':
      return typeof value === 'number' ? outside(value, field.minimum, field.maximum) : { text: 'views.notNumber' };
    case 'date':
      return outside(String(value), field.min, field.max);
    case 'select':
    case 'radio':
      return field.options.some((option) => option.value === value) ? undefined : { text: 'views.choose' };
    case 'checkbox':
      return undefined;
  }
}

function outside<T extends number | string>(
  value: T,
  least: T | undefined,
  most: T | undefined,
): FieldProblem | undefined {
  if (least !== undefined && value < least) return { text: 'views.tooSmall', min: least };
  return most !== undefined && value > most ? { text: 'views.tooBig', max: most } : undefined;
}
