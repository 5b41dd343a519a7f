import { JsonRefused, parseJson } from '@digione/sdk/manifest';
import test from 'ava';
import fc from 'fast-check';

test('what it accepts, it reads as JSON.parse does', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      try {
        t.deepEqual(parseJson(text, 32).value, JSON.parse(text));
      } catch (error) {
        if (!(error instanceof JsonRefused)) throw error;
        t.regex(error.message, /not allowed|half a character/);
      }
    }),
  );
});

test('what JSON.parse refuses, it refuses', (t) => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    '"a"',
    '"',
    ':',
    ',',
    '1',
    '-',
    '01',
    '1.',
    'e5',
    'true',
    'nul',
    ' ',
    '\n',
    '\\',
    '\u0001',
    '"\\x"',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      return accepts(() => JSON.parse(text)) || !accepts(() => parseJson(text, 32));
    }),
    { numRuns: 5000 },
  );
  t.pass();
});

test('the place of a value is found by its pointer, also with slashes and tildes in keys', (t) => {
  const text = '{ "a/b": [ 1, { "~": 22 } ] }';
  const document = parseJson(text, 10);
  t.is(document.offsetOf('/a~1b/1/~0'), text.indexOf('22'));
  t.is(document.offsetOf('/a~1b/1/unknown'), text.indexOf('{ "~"'));
});

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
