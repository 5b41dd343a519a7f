import { Ajv } from 'ajv';
import type { Static, TSchema } from 'typebox';

/** Whether a value has the form of a constant schema of ours. Compiled when first asked: a start has none to wait for. */
export function formOf<Schema extends TSchema>(schema: Schema): (value: unknown) => value is Static<Schema> {
  let isForm: ((value: unknown) => boolean) | undefined;
  return (value): value is Static<Schema> => {
    isForm ??= new Ajv({ validateSchema: false }).compile(schema);
    return isForm(value);
  };
}
