import test from 'ava';
import fc from 'fast-check';
import { safeReturnTo } from '../../../core/identity/return-address.ts';

const origin = 'https://digione.example';

const kept = ['/', '/classes', '/classes?day=1#top', '/a/b%20c', '/ä'];
const dropped = [
  undefined,
  '',
  'classes',
  'https://attacker.example',
  '//attacker.example',
  '///attacker.example',
  '/\\attacker.example',
  '\\\\attacker.example',
  '/\t/attacker.example',
  '/\n/attacker.example',
  '\t//attacker.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/..//attacker.example',
  '/.//attacker.example',
  '/auth/sign-in',
  '/auth/callback?code=x',
  '/x/../auth/sign-out',
  'https:attacker.example',
  '/%5cattacker.example\u0000',
  `/${'a'.repeat(600)}`,
  '@attacker.example',
  ' //attacker.example',
];

for (const address of kept)
  test(`"${address}" is kept as the page after signing in`, (t) => {
    t.is(new URL(safeReturnTo(address, origin), origin).href, new URL(address, origin).href);
  });

for (const address of dropped)
  test(`${JSON.stringify(address)?.slice(0, 60)} leads to the front page instead`, (t) => {
    t.is(safeReturnTo(address, origin), '/');
  });

test('Whatever is asked, the browser stays on our origin', (t) => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '//',
    '..',
    '.',
    '@',
    ':',
    'attacker.example',
    '%2f',
    '%5c',
    '\t',
    '\r\n',
    '?',
    '#',
    'a',
  );
  const address = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`),
  );
  fc.assert(
    fc.property(address, (asked) => new URL(safeReturnTo(asked, origin), `${origin}/auth/callback`).origin === origin),
    { numRuns: 2000 },
  );
  t.pass();
});
