import { readFile } from 'node:fs/promises';
import { manifestLimits, validateManifest } from '@digione/sdk/manifest';
import test from 'ava';
import fc from 'fast-check';
import { manifestBytes, sampleManifest } from '../sample-manifest.ts';

function messages(bytes: Uint8Array): string {
  const checked = validateManifest(bytes);
  return checked.ok ? 'ok' : checked.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('\n');
}

test('a complete manifest is accepted as it was written', (t) => {
  const checked = validateManifest(manifestBytes());
  t.true(checked.ok);
  t.deepEqual(checked.ok && checked.manifest, sampleManifest);
});

test('the manifest of the smallest example is valid', async (t) => {
  t.is(messages(await readFile('examples/hello-class/digione.json')), 'ok');
});

test('a problem names its line and its column', (t) => {
  const text = JSON.stringify(sampleManifest, null, 2).replace('"1.2.3"', '"1.02.3"');
  const checked = validateManifest(Buffer.from(text));
  t.false(checked.ok);
  if (checked.ok) return;
  const line = text.split('\n').findIndex((each) => each.includes('1.02.3')) + 1;
  t.like(checked.problems[0], { pointer: '/version', line, column: 14 });
});

test('all problems are told at once, in the order of the text', (t) => {
  const checked = validateManifest(manifestBytes({ id: 'Nobody', version: '1', licence: '' }));
  t.deepEqual(!checked.ok && [...new Set(checked.problems.map(({ pointer }) => pointer))], [
    '/id',
    '/version',
    '/licence',
  ]);
});

for (const version of [
  '1.2',
  'v1.2.3',
  '01.2.3',
  '1.2.3+build',
  '1.2.3-',
  '1.2.3-01',
  ' 1.2.3',
  '1.2.3\n',
  `1.2.3-${'a'.repeat(64)}`,
  '',
]) {
  test(`the version ${JSON.stringify(version.slice(0, 20))} is refused`, (t) => {
    t.regex(messages(manifestBytes({ version })), /^\/version/);
  });
}

for (const id of [
  'sample',
  'Test/sample',
  'test/sämple',
  'test/sample/more',
  '../sample',
  'а-vendor/sample',
  'test-vendor/sample ',
  't/sample',
]) {
  test(`the id ${JSON.stringify(id)} is refused`, (t) => {
    t.regex(messages(manifestBytes({ id })), /^\/id/);
  });
}

for (const url of [
  'javascript:alert(1)',
  'http://vendor.example',
  'https://',
  'https://user:secret@vendor.example',
  'https://[',
  'https://a b',
  'vendor.example',
]) {
  test(`the support address ${JSON.stringify(url)} is refused`, (t) => {
    t.regex(messages(manifestBytes({ support: { email: 'a@b.example', url } })), /^\/support\/url/);
  });
}

test('an unknown member is refused by name', (t) => {
  t.regex(messages(manifestBytes({ permissions: ['all'] })), /Unknown: "permissions"/);
});

test('the same key twice is refused, since two readers could see two things', (t) => {
  const text = JSON.stringify(sampleManifest).replace('{', '{"id":"other/plugin",');
  t.regex(messages(Buffer.from(text)), /The key "id" stands here a second time/);
});

for (const key of ['__proto__', 'constructor', 'prototype']) {
  test(`the key ${key} is refused wherever it stands`, (t) => {
    const text = JSON.stringify(sampleManifest).replace('"ai":{', `"ai":{"${key}":{"used":true},`);
    t.regex(messages(Buffer.from(text)), new RegExp(`The key "${key}" is not allowed`));
  });
}

test('an escaped prototype key is the same key', (t) => {
  const text = JSON.stringify(sampleManifest).replace('"ai":{', '"ai":{"\\u005f_proto__":{},');
  t.regex(messages(Buffer.from(text)), /The key "__proto__" is not allowed/);
});

test('deep nesting is refused without exhausting the stack', (t) => {
  t.regex(messages(Buffer.from('['.repeat(100_000))), /nested deeper/);
});

test('a huge manifest is refused before it is parsed', (t) => {
  t.regex(messages(Buffer.alloc(manifestLimits.bytes + 1, ' ')), /larger than 256 KB/);
});

test('bytes that are not UTF-8, and a byte order mark, are refused', (t) => {
  t.regex(messages(Buffer.from([0xff, 0xfe, 0x7b])), /not UTF-8/);
  t.regex(messages(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), manifestBytes()])), /not UTF-8/);
});

test('half a surrogate pair is refused', (t) => {
  t.regex(messages(manifestBytes({ licence: '\ud800' })), /half a character|Must match/);
  t.regex(messages(Buffer.from('{"id":"\\ud800"}')), /half a character/);
});

test('a text that turns its reading direction is refused', (t) => {
  const name = { ...sampleManifest.name, en: 'safe\u202egnp.exe' };
  t.regex(messages(manifestBytes({ name })), /^\/name\/en/);
});

test('a text that is missing in one language is refused', (t) => {
  t.regex(messages(manifestBytes({ name: { fi: 'Nimi', en: 'Name' } })), /^\/name .*sv/);
});

test('a purpose on consent must say what a learner without consent gets', (t) => {
  const [lists, notes] = sampleManifest.purposes;
  const purposes = [lists, { id: notes?.id, text: notes?.text }];
  t.regex(messages(manifestBytes({ purposes })), /\/purposes\/1 A purpose on consent needs "withoutConsent"/);
});

test('a scope for a purpose that is not there is refused', (t) => {
  const scopes = sampleManifest.scopes.map((scope) => ({ ...scope, purpose: 'other' }));
  t.regex(messages(manifestBytes({ scopes })), /There is no purpose "other"/);
});

test("a scope may name only its own door's elements", (t) => {
  const [students, storage] = sampleManifest.scopes;
  const scopes = [{ ...students, elements: ['guardians.phone'] }, storage];
  t.regex(messages(manifestBytes({ scopes })), /"guardians.phone" is not an element of education.students/);
});

test('an element is kept only for the purpose of its collection', (t) => {
  const [students, storage] = sampleManifest.scopes;
  t.regex(
    messages(manifestBytes({ scopes: [students, { ...storage, purpose: 'lists' }] })),
    /"storage.notes" is not an element of storage for "lists"/,
  );
});

test('an index on a property that the schema does not have is refused', (t) => {
  const collections = sampleManifest.collections.map((each) => ({ ...each, indexes: ['colour'] }));
  t.regex(messages(manifestBytes({ collections })), /The schema has no property "colour"/);
});

test('a surface for a role outside of the audience is refused', (t) => {
  const surfaces = {
    ...sampleManifest.surfaces,
    tiles: [{ ...sampleManifest.surfaces.tiles[0], roles: ['guardian'] }],
  };
  t.regex(messages(manifestBytes({ surfaces })), /"guardian" is not in audience.roles/);
});

test('ids that stand twice are refused', (t) => {
  const pages = [...sampleManifest.surfaces.pages, ...sampleManifest.surfaces.pages];
  t.regex(messages(manifestBytes({ surfaces: { tiles: [], pages } })), /"main" stands here a second time/);
});

for (const entry of [
  'index.html',
  'ui/../backend.js',
  '/ui/index.html',
  'ui/index.js',
  'ui//index.html',
  'https://elsewhere.example/index.html',
]) {
  test(`the page entry ${entry} is refused`, (t) => {
    const pages = sampleManifest.surfaces.pages.map((page) => ({ ...page, entry }));
    t.regex(messages(manifestBytes({ surfaces: { tiles: [], pages } })), /\/surfaces\/pages\/0\/entry/);
  });
}

test('whatever the bytes are, the answer is an answer', (t) => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => !validateManifest(bytes).ok));
  fc.assert(fc.property(fc.json({ maxDepth: 5 }), (text) => !validateManifest(Buffer.from(text)).ok));
  t.pass();
});

test('one flipped byte never makes the reader throw', (t) => {
  const bytes = Buffer.from(manifestBytes());
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
      const mutated = Buffer.from(bytes);
      mutated[at] = value;
      return typeof validateManifest(mutated).ok === 'boolean';
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

test('a plugin publishes events in its own name only, each with a schema, under the scope "events"', (t) => {
  const checked = (events: object) =>
    validateManifest(
      Buffer.from(JSON.stringify({ ...sampleManifest, events: { subscribes: [], publishes: [], ...events } })),
    );
  const messages = (events: object) => {
    const result = checked(events);
    return result.ok ? [] : result.problems.map(({ message }) => message);
  };
  t.true(messages({ publishes: ['other.plugin.moved'] }).some((message) => message.includes('begin with')));
  t.true(messages({ publishes: ['other.plugin.moved'] }).some((message) => message.includes('no schema')));
  t.true(messages({ schemas: { 'a.b': { type: 'object' } } }).some((message) => message.includes('does not name')));
  t.true(messages({ subscribes: ['settings.changed'] }).some((message) => message.includes('scope "events"')));
});

test('a schedule needs the scope "schedule" and a time that cron knows', (t) => {
  const checked = messages(manifestBytes({ ...sampleManifest, schedules: [{ id: 'nightly', cron: '61 * * * *' }] }));
  t.true(checked.includes('/schedules/0/cron'));
  t.true(checked.includes('scope "schedule"'));
});
