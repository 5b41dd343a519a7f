import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { refuse } from '../kernel/index.ts';

/** Returns the checked (and, for text values, coerced) value or throws `invalid`. */
export type Check = (value: unknown) => unknown;

/** The compiled schema, made when it is first asked for. */
export type Compiled = () => ValidateFunction;

/** Schemas of routes are constants of ours: stories compile those of the answers they get with a look at the draft. */
const ours = { strict: false, ownProperties: true, validateSchema: false };

/**
 * Compilers of one service: bodies are taken as they are; path and query values arrive as text and are coerced.
 * Each schema is compiled once, by the first request that needs it: all of them together would be a third of a start.
 */
export function createChecks() {
  const strict = withFormats(new Ajv2020({ ...ours, allErrors: false }));
  const coercing = withFormats(new Ajv2020({ ...ours, coerceTypes: true, useDefaults: true }));
  return {
    body: (schema: TSchema): Check => checkWith(once(strict, schema), 'The request body'),
    text: (schema: TSchema, where: string): Check => checkWith(once(coercing, schema), where),
    answer: (schema: TSchema): Compiled => once(strict, schema),
  };
}

function once(ajv: Ajv2020, schema: TSchema): Compiled {
  let compiled: ValidateFunction | undefined;
  return () => {
    compiled ??= ajv.compile(schema);
    return compiled;
  };
}

function withFormats(ajv: Ajv2020): Ajv2020 {
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv;
}

function checkWith(compiled: Compiled, where: string): Check {
  return (value) => {
    const validate = compiled();
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
