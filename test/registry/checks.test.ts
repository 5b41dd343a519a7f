import test from 'ava';
import { refuse } from '../../core/kernel/index.ts';
import { readBundle } from '../../registry/bundle/index.ts';
import { passes, runChecks, type CheckResult, type StartInSandbox } from '../../registry/checks/index.ts';
import { exampleManifest } from './example-plugin.ts';
import { bundleOf, type Upload } from './running-registry.ts';

const starts: StartInSandbox = async () => undefined;

async function check(upload: Upload, startInSandbox = starts): Promise<CheckResult[]> {
  const bundle = await readBundle(await bundleOf('demo-vendor', upload));
  return runChecks(bundle, { platform: '0.1.0', startInSandbox });
}

test('a sound plugin passes every check, and each check says so', async (t) => {
  const results = await check({});
  t.true(
    results.every(({ ok }) => ok),
    JSON.stringify(results),
  );
  t.is(results.length, 11);
});

const example = exampleManifest();
const [list, notes] = example.scopes;

/** What is wrong, the check that must find it, how gravely, and where. */
const faults: [string, Upload, Partial<CheckResult>][] = [
  [
    'markup in a text',
    { manifest: { name: { fi: '<b>Luokka</b>', sv: 'a', en: 'b' } } },
    { check: 'plain-text', severity: 'error', where: 'digione.json#/name/fi' },
  ],
  [
    'a picture that phones home in a text',
    { manifest: { description: { fi: 'a', sv: 'b', en: '![x](https://t.example/p.gif)' } } },
    { check: 'plain-text', severity: 'error' },
  ],
  [
    'a text that is not written yet',
    { manifest: { name: { fi: 'Luokka', sv: 'TODO', en: 'Class' } } },
    { check: 'languages', severity: 'error', where: 'digione.json#/name/sv' },
  ],
  [
    'a locale that lacks a key',
    {
      files: {
        'locales/fi.json': '{"a":"1","b":"2"}',
        'locales/sv.json': '{"a":"1"}',
        'locales/en.json': '{"a":"1","b":"2"}',
      },
    },
    { check: 'languages', severity: 'error', where: 'locales/sv.json' },
  ],
  [
    'a locale that is missing',
    { files: { 'locales/fi.json': '{"a":"1"}' } },
    { check: 'languages', severity: 'error' },
  ],
  ['a licence that nobody knows', { manifest: { licence: 'Do-What-I-Say' } }, { check: 'licence', severity: 'error' }],
  [
    'a platform that it was not made for',
    { manifest: { engines: { digione: '^2.0.0' } } },
    { check: 'engines', severity: 'error' },
  ],
  [
    'a range without an end',
    { manifest: { engines: { digione: '>=0.1.0' } } },
    { check: 'engines', severity: 'warning' },
  ],
  [
    'a page that is not in the bundle',
    { manifest: { surfaces: { tiles: [], pages: [{ ...example.surfaces.pages[0], entry: 'ui/gone.html' }] } } },
    { check: 'surfaces', severity: 'error' },
  ],
  [
    'a page that asks the network',
    { files: { 'ui/index.html': '<img src="https://tracker.example/p.gif">' } },
    { check: 'surfaces', severity: 'warning', where: 'ui/index.html' },
  ],
  [
    'a scope that is used but not declared',
    { manifest: { scopes: [notes] } },
    { check: 'capabilities', severity: 'error' },
  ],
  [
    'a scope that is declared but not used',
    { manifest: { scopes: [list, notes, { ...list, capability: 'education.classes', elements: ['classes.title'] }] } },
    { check: 'capabilities', severity: 'warning' },
  ],
  [
    'a private key',
    { files: { 'README.md': '-----BEGIN PRIVATE KEY-----\nMC4=' } },
    { check: 'secrets', severity: 'error', where: 'README.md:1' },
  ],
  [
    'a publish token',
    { files: { 'README.md': `line\ndgo_${'x'.repeat(43)}` } },
    { check: 'secrets', severity: 'error', where: 'README.md:2' },
  ],
  [
    'a database address with a password',
    { files: { 'ui/app.js': 'const u = "postgres://me:hunter2@db/x"' } },
    { check: 'secrets', severity: 'error' },
  ],
  [
    'code that reads otherwise than it runs',
    { files: { 'ui/app.js': 'const a = "\u202e";' } },
    { check: 'invisible-text', severity: 'error', where: 'ui/app.js:1' },
  ],
  [
    'a character that can not be seen',
    { files: { 'ui/app.js': 'const a\u200b = 1;' } },
    { check: 'invisible-text', severity: 'warning' },
  ],
  [
    'a backend of a megabyte',
    { files: { 'backend.js': `${'// education.students storage.collection\n'.repeat(20_000)}` } },
    { check: 'size', severity: 'error' },
  ],
];

for (const [title, upload, expected] of faults)
  test(`${title} is found`, async (t) => {
    const found = (await check(upload)).filter(({ ok }) => !ok);
    t.true(
      found.some((result) =>
        Object.entries(expected).every(([key, value]) => result[key as keyof CheckResult] === value),
      ),
      JSON.stringify(found),
    );
    t.is(passes(found), !found.some(({ severity }) => severity === 'error'));
  });

test('a backend that does not start is found, with the words of the sandbox', async (t) => {
  const results = await check({}, async () => refuse('plugin-timeout-cpu', 'it took too long'));
  t.like(results.at(-1), { check: 'starts', ok: false, severity: 'error', where: 'backend.js' });
  t.regex(results.at(-1)!.message, /it took too long/);
});

test('a sandbox that is out of order is not held against the plugin', async (t) => {
  await t.throwsAsync(() => check({}, async () => refuse('unavailable', 'closing')));
  await t.throwsAsync(() => check({}, async () => Promise.reject(new Error('no memory'))), { message: 'no memory' });
});

test('a thousand faults of one kind are told as thirty', async (t) => {
  const scopes = [list, notes];
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 'x']));
  const files = { 'locales/fi.json': JSON.stringify(keys), 'locales/sv.json': '{}', 'locales/en.json': '{}' };
  const found = (await check({ manifest: { scopes }, files })).filter(({ ok }) => !ok);
  t.true(found.length <= 30, String(found.length));
});

test('a hostile text does not hold the checks up', async (t) => {
  const long = [' '.repeat(200_000), '<a'.repeat(80_000), 'eyJ'.repeat(60_000), 'education '.repeat(20_000)].join(
    'src=',
  );
  const results = await check({ files: { 'ui/index.html': `src=${long}` } });
  t.true(results.length >= 11);
});
