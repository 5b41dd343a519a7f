import { unsafePattern, validateManifest } from '@digione/sdk/manifest';
import test from 'ava';
import fc from 'fast-check';
import { manifestBytes, sampleManifest } from '../sample-manifest.ts';

function problemsWith(properties: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: { kind: { const: 'a' }, ...properties },
    ...more,
  };
  const collections = sampleManifest.collections.map((collection) => ({ ...collection, schema }));
  const checked = validateManifest(manifestBytes({ collections }));
  return checked.ok ? 'ok' : checked.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('\n');
}

test('an ordinary schema is accepted', (t) => {
  const properties = {
    text: { type: 'string', maxLength: 500 },
    marks: { type: 'array', maxItems: 20, items: { type: 'integer', minimum: 4, maximum: 10 } },
    code: { type: 'string', maxLength: 20, pattern: '^[A-Z]{2,4}-[0-9]{1,6}(:[0-9]{2})?$' },
    day: { type: 'string', format: 'date', maxLength: 10 },
  };
  t.is(problemsWith(properties), 'ok');
});

for (const reference of ['https://elsewhere.example/schema.json', '#', '#/$defs/a', 'file:///etc/passwd']) {
  test(`a reference to ${reference} is refused: nothing to fetch, nothing to loop`, (t) => {
    t.regex(problemsWith({ text: { $ref: reference } }), /"\$ref" may not be used/);
  });
}

for (const keyword of [
  '$id',
  '$defs',
  '$dynamicRef',
  'patternProperties',
  'anyOf',
  'if',
  'not',
  'dependentSchemas',
  'contains',
  'unevaluatedProperties',
  '$anchor',
]) {
  test(`the keyword ${keyword} is refused`, (t) => {
    t.regex(
      problemsWith({}, { [keyword]: {} }),
      new RegExp(`"\\${keyword}" may not be used|"${keyword}" may not be used`),
    );
  });
}

test('an open object is refused', (t) => {
  t.regex(problemsWith({}, { additionalProperties: true }), /additionalProperties/);
  t.regex(problemsWith({ inner: { type: 'object', properties: {} } }), /Close the object/);
});

test('a text or a list without a bound is refused', (t) => {
  t.regex(problemsWith({ text: { type: 'string' } }), /A text needs "maxLength"/);
  t.regex(problemsWith({ list: { type: 'array', items: { type: 'null' } } }), /An array needs "items" and "maxItems"/);
});

test('a property whose name is not a plain name is refused', (t) => {
  t.regex(problemsWith({ Bad: { type: 'null' } }), /"Bad" is not a name/);
  t.regex(problemsWith({ 'a/b': { type: 'null' } }), /"a\/b" is not a name/);
});

test('a schema that is nested too deep is refused', (t) => {
  let node: Record<string, unknown> = { type: 'null' };
  for (let depth = 0; depth < 9; depth += 1) node = { type: 'array', maxItems: 1, items: node };
  t.regex(problemsWith({ deep: node }), /nested deeper/);
});

for (const pattern of [
  '^(a+)+$',
  '^(a|a)*$',
  '^(a|aa)+$',
  '^([a-z]+)*$',
  '^a*a*a*$',
  '^(\\w+\\s?)*$',
  '^(.*)(.*)(.*)$',
  '(x+x+)+y',
  '^(a)\\1$',
  '^(?=a)b$',
  '^(?<!a)b$',
  '^a|b*c*$',
  'a',
  '^(?<n>a)\\k<n>$',
  '^[a',
  '^a{1,9999}{2}$',
  '^.{0,900}.{0,900}$',
]) {
  test(`the pattern ${pattern} is refused`, (t) => {
    t.is(typeof unsafePattern(pattern), 'string');
    t.regex(problemsWith({ text: { type: 'string', maxLength: 100, pattern } }), /The pattern/);
  });
}

for (const pattern of [
  '^[0-9]{4}-[0-9]{2}$',
  '^(A|B|C)$',
  '^[^\\]]{0,10}\\.txt$',
  '^\\p{L}+$',
  '^a?b?c?$',
  '^#[0-9a-f]{6}$',
]) {
  test(`the pattern ${pattern} is accepted`, (t) => {
    t.is(unsafePattern(pattern), undefined);
  });
}

test('a pattern on a long text is refused', (t) => {
  t.regex(
    problemsWith({ text: { type: 'string', maxLength: 100_000, pattern: '^a+$' } }),
    /needs a "maxLength" of at most 1000/,
  );
});

test('no accepted pattern makes the engine try long', (t) => {
  const pieces = fc.constantFrom(
    'a',
    '[ab]',
    '(?:',
    '(',
    ')',
    '|',
    'b',
    '+',
    '*',
    '?',
    '{1,9}',
    '{2}',
    '\\w',
    '.',
    'c',
  );
  const text = `${'a'.repeat(990)}!`;
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(pieces, { minLength: 2, maxLength: 14 }), (parts) => {
      const pattern = `^${parts.join('')}$`;
      if (unsafePattern(pattern)) return;
      accepted += 1;
      // A pattern that backtracks without bound would never come back from here, and the test's own time limit would say so.
      new RegExp(pattern, 'u').test(text);
    }),
    { numRuns: 5000 },
  );
  t.true(accepted > 100);
});
