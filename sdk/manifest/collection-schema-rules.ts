import { pointerStep } from './json-document.ts';
import { maxPatternText, unsafePattern } from './safe-pattern.ts';

/** What is wrong, and where (a JSON pointer). */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

type Node = Record<string, unknown>;
type Rule = (value: unknown) => boolean;

const isText: Rule = (value) => typeof value === 'string' && value.length <= 500;
const isCount: Rule = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1_000_000;
const isNumber: Rule = (value) => typeof value === 'number';
const isNames: Rule = (value) => Array.isArray(value) && value.length <= 100 && value.every(isText);
const isScalar: Rule = (value) => value === null || isText(value) || isNumber(value) || typeof value === 'boolean';
const formats = new Set(['date', 'date-time', 'time', 'email', 'uuid', 'uri']);
const types = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** The keywords of JSON Schema that a collection may use. No `$ref` at all: nothing to fetch, nothing to loop. */
const keywords: Readonly<Record<string, Rule>> = {
  type: (value) => typeof value === 'string' && types.has(value),
  title: isText,
  description: isText,
  properties: (value) => isNode(value) && Object.keys(value).length <= 100,
  required: isNames,
  additionalProperties: (value) => value === false,
  items: isNode,
  minItems: isCount,
  maxItems: isCount,
  uniqueItems: (value) => typeof value === 'boolean',
  minLength: isCount,
  maxLength: isCount,
  pattern: isText,
  format: (value) => typeof value === 'string' && formats.has(value),
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  multipleOf: (value) => isNumber(value) && (value as number) > 0,
  enum: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 200 && value.every(isScalar),
  const: isScalar,
  default: isScalar,
};

/**
 * Checks the JSON Schema of a collection, which the host will run on every record: only plain keywords, every object closed,
 * every array and text bounded, every pattern harmless.
 */
export function collectionSchemaProblems(schema: unknown, pointer: string): Problem[] {
  if (!isNode(schema) || schema.type !== 'object')
    return [{ pointer, message: 'The schema of a collection describes an object: "type": "object".' }];
  return [...nodeProblems(schema, pointer, 1)];
}

function* nodeProblems(node: Node, pointer: string, depth: number): Generator<Problem> {
  if (depth > 8) return yield { pointer, message: 'The schema is nested deeper than 8.' };
  for (const [keyword, value] of Object.entries(node)) {
    const rule = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    const at = pointer + pointerStep(keyword);
    if (!rule) yield { pointer: at, message: `"${keyword}" may not be used in the schema of a collection.` };
    else if (!rule(value))
      yield { pointer: at, message: `"${keyword}" has a value that may not be used in the schema of a collection.` };
  }
  yield* boundProblems(node, pointer);
  yield* childProblems(node, pointer, depth);
}

function* boundProblems(node: Node, pointer: string): Generator<Problem> {
  const lacks = (keyword: string) => !Object.hasOwn(node, keyword);
  const chosen = !lacks('enum') || !lacks('const');
  if (lacks('type') && !chosen) yield { pointer, message: 'Say "type", "enum" or "const".' };
  if (node.type === 'object' && lacks('additionalProperties'))
    yield { pointer, message: 'Close the object: "additionalProperties": false.' };
  if (node.type === 'array' && (lacks('maxItems') || lacks('items')))
    yield { pointer, message: 'An array needs "items" and "maxItems".' };
  if (node.type === 'string' && !chosen && lacks('maxLength')) yield { pointer, message: 'A text needs "maxLength".' };
  if (typeof node.pattern !== 'string') return;
  const reason = unsafePattern(node.pattern);
  if (reason) yield { pointer: `${pointer}/pattern`, message: `The pattern ${reason}.` };
  const longest = typeof node.maxLength === 'number' ? node.maxLength : Infinity;
  if (longest > maxPatternText)
    yield { pointer, message: `A text with a pattern needs a "maxLength" of at most ${maxPatternText}.` };
}

function* childProblems(node: Node, pointer: string, depth: number): Generator<Problem> {
  for (const [name, child] of Object.entries(isNode(node.properties) ? node.properties : {})) {
    const at = `${pointer}/properties${pointerStep(name)}`;
    if (!/^[a-z][a-zA-Z0-9]{0,38}$/.test(name))
      yield { pointer: at, message: `"${name}" is not a name like "createdOn".` };
    else if (!isNode(child)) yield { pointer: at, message: 'Expected a schema.' };
    else yield* nodeProblems(child, at, depth + 1);
  }
  if (isNode(node.items)) yield* nodeProblems(node.items, `${pointer}/items`, depth + 1);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
