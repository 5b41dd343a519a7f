import test from 'ava';
import fc from 'fast-check';
import { diffTerms, widens } from '../../registry/terms/index.ts';
import type { Manifest } from '../../sdk/manifest/index.ts';
import { exampleManifest } from './example-plugin.ts';

const before = exampleManifest();
const [list, notes] = before.scopes as [Manifest['scopes'][number], Manifest['scopes'][number]];
const [purpose] = before.purposes as [Manifest['purposes'][number]];
const texts = { fi: 'a', sv: 'b', en: 'c' };
const host = {
  host: 'api.example.fi',
  port: 443,
  processor: 'Pilvi Oy',
  country: 'FI',
  purpose: 'class-list',
  elements: ['students.givenName'],
};

/** Each change that takes more than the version before. */
const widenings: Record<string, Partial<Manifest>> = {
  'a new scope': { scopes: [list, notes, { ...list, capability: 'calendar', elements: [] }] },
  'a new element': { scopes: [{ ...list, elements: [...list.elements, 'students.photo'] }, notes] },
  'an element for another purpose': { scopes: [list, notes, { ...list, purpose: 'class-notes' }] },
  'a new purpose': { purposes: [...before.purposes, { ...purpose, id: 'marketing' }] },
  'a basis that no longer asks for consent': { scopes: [list, { ...notes, legalBasis: 'public-task' }] },
  'reading when nobody uses the plugin': { scopes: [{ ...list, background: true }, notes] },
  'a longer retention': { scopes: [list, { ...notes, retentionDays: 366 }] },
  'a server outside': { egress: [host] },
  'a sub-processor': { subProcessors: [{ name: 'Pilvi Oy', country: 'FI', task: texts }] },
  'a country': { subProcessors: [{ name: 'Cloud Inc', country: 'US', task: texts }] },
  'younger learners': { audience: { ...before.audience, ages: [6, 16] } },
  'older learners': { audience: { ...before.audience, ages: [7, 17] } },
  'a new group of users': { audience: { ...before.audience, roles: ['teacher', 'guardian'] } },
  'the use of AI': { ai: { used: true, explanation: texts } },
  'another owner': { vendor: { ...before.vendor, businessId: '7654321-1' } },
};

for (const [title, change] of Object.entries(widenings))
  test(`${title} widens the terms, and taking it back narrows them`, (t) => {
    const after = { ...before, ...change };
    const changes = diffTerms(before, after);
    t.true(widens(changes), JSON.stringify(changes));
    for (const { text } of changes) t.true(text.fi.length > 5 && text.sv.length > 5 && text.en.length > 5);
    if (title !== 'another owner') t.false(widens(diffTerms(after, before)));
  });

test('a new text, price or look changes nothing of the terms', (t) => {
  const after = {
    ...before,
    version: '9.0.0',
    name: texts,
    description: texts,
    price: { ...before.price, perLearnerYear: 5 },
  };
  t.deepEqual(diffTerms(before, after), []);
});

test('other words for a purpose are shown but widen nothing by themselves', (t) => {
  const [first, ...rest] = before.purposes;
  const changes = diffTerms(before, { ...before, purposes: [{ ...first!, text: texts }, ...rest] });
  t.deepEqual(
    changes.map(({ kind, direction }) => [kind, direction]),
    [['purpose-text', 'rewords']],
  );
});

test('the words of a longer retention say from what to what', (t) => {
  const [change] = diffTerms(before, { ...before, ...widenings['a longer retention'] });
  t.is(change?.text.fi, 'Säilytysaika päivinä: storage.notes – class-notes: 365 → 366.');
});

/** Manifests that differ from the example in any combination of the changes above. */
const someManifest = fc
  .subarray(Object.values(widenings))
  .map((changes) => Object.assign({}, before, ...changes) as Manifest);

test('nothing differs from itself, and what one direction widens the other narrows', (t) => {
  fc.assert(
    fc.property(someManifest, someManifest, (one, other) => {
      t.deepEqual(diffTerms(one, one), []);
      const count = (changes: ReturnType<typeof diffTerms>, direction: string) =>
        changes.filter((change) => change.direction === direction).length;
      return count(diffTerms(one, other), 'widens') === count(diffTerms(other, one), 'narrows');
    }),
    { numRuns: 200 },
  );
  t.pass();
});
