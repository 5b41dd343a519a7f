import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { refuse } from '../kernel/index.ts';

/** Returns the checked (and, for text values, coerced) value or throws `invalid`. */
export type Check = (value: unknown) => unknown;

/** Compilers of one service: bodies are taken as they are; path and query values arrive as text and are coerced. */
export function createChecks() {
  const strict = withFormats(new Ajv2020({ strict: false, allErrors: false, ownProperties: true }));
  const coercing = withFormats(
    new Ajv2020({ strict: false, coerceTypes: true, useDefaults: true, ownProperties: true }),
  );
  return {
    body: (schema: TSchema): Check => checkWith(strict.compile(schema), 'The request body'),
    text: (schema: TSchema, where: string): Check => checkWith(coercing.compile(schema), where),
    answer: (schema: TSchema): ValidateFunction => strict.compile(schema),
  };
}

function withFormats(ajv: Ajv2020): Ajv2020 {
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv;
}

function checkWith(validate: ValidateFunction, where: string): Check {
  return (value) => {
    if (validate(value)) return value;
    const [first] = validate.errors ?? [];
    return refuse('invalid', `${where} is not what this address takes: ${sayError(first)}.`, {
      extra: { pointer: first?.instancePath ?? '' },
    });
  };
}

/** One schema error in words, without the offending value: it may be a person's. */
export function sayError(error: ErrorObject | undefined): string {
  if (!error) return 'it has the wrong shape';
  const place = error.instancePath ? `"${error.instancePath}" ` : 'it ';
  const more = 'additionalProperty' in error.params ? ` ("${error.params['additionalProperty']}")` : '';
  return `${place}${error.message ?? 'has the wrong shape'}${more}`;
}
