import anyTest, { type TestFn } from 'ava';
import { runningRegistry, type RunningRegistry } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry }>;

interface Page {
  items: { plugin: string; version: string; labels: Record<string, unknown> }[];
  next?: string;
}

const plugins = {
  'edu-maker/reading-diary': { fi: 'Lukupäiväkirja', sv: 'Läsdagbok', en: 'Reading diary' },
  'edu-maker/seating-plan': { fi: 'Istumajärjestys', sv: 'Sittordning', en: 'Seating plan' },
  'edu-maker/maths-games': { fi: 'Matematiikkapelejä', sv: 'Mattespel', en: 'Maths games' },
};

test.before(async (t) => {
  const registry = await runningRegistry();
  t.context = { registry };
  const vendor = await registry.vendor('edu-maker');
  for (const [id, name] of Object.entries(plugins)) {
    const ai = { used: id.endsWith('games') };
    await registry.release(vendor, { manifest: { id, name, description: name, ai } });
  }
  await registry.publish(vendor, { manifest: { id: 'edu-maker/unseen-thing' } });
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

const search = async (registry: RunningRegistry, query: string) =>
  (await registry.ask<Page>(`/v1/plugins?${query}`)).body;
const found = async (registry: RunningRegistry, q: string) =>
  (await search(registry, `q=${encodeURIComponent(q)}`)).items.map(({ plugin }) => plugin);

const questions: Record<string, [string, string]> = {
  'its id': ['edu-maker/seating-plan', 'edu-maker/seating-plan'],
  'a Finnish word in another case': ['matematiikkapeli', 'edu-maker/maths-games'],
  'a Swedish word': ['läsdagbok', 'edu-maker/reading-diary'],
  'an English plural': ['diaries', 'edu-maker/reading-diary'],
  'a word with a slip of the finger': ['seatng', 'edu-maker/seating-plan'],
};
for (const [title, [q, plugin]] of Object.entries(questions))
  test(`a plugin is found by ${title}`, async (t) => {
    t.is((await found(t.context.registry, q))[0], plugin);
  });

test('what is not approved is found by nobody', async (t) => {
  t.false((await found(t.context.registry, 'edu-maker/unseen-thing')).includes('edu-maker/unseen-thing'));
  t.is((await search(t.context.registry, '')).items.length, 3);
});

test('facets narrow, together if there are several, and are counted', async (t) => {
  const { registry } = t.context;
  t.deepEqual(
    (await search(registry, 'facet=ai:yes')).items.map(({ plugin }) => plugin),
    ['edu-maker/maths-games'],
  );
  t.is((await search(registry, 'facet=ai:no,data:name')).items.length, 2);
  t.is((await search(registry, 'facet=ai:no,ai:yes')).items.length, 0);
  const { items } = (await registry.ask<{ items: { facet: string; count: number }[] }>('/v1/facets')).body;
  t.like(
    items.find(({ facet }) => facet === 'legal-basis:consent'),
    { count: 3 },
  );
});

test('labels come from the manifest', async (t) => {
  const [item] = (await search(t.context.registry, 'facet=ai:yes')).items;
  t.like(item?.labels, {
    dataCategories: ['content', 'name'],
    legalBases: ['consent', 'public-task'],
    ai: true,
    accessibility: 'AA',
  });
});

test('pages follow each other without a gap or a repetition', async (t) => {
  const { registry } = t.context;
  for (const q of ['', 'q=e&']) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: Page = await search(registry, `${q}limit=1${cursor}`);
      seen.push(...page.items.map(({ plugin }) => plugin));
      cursor = page.next ? `&cursor=${page.next}` : '';
    } while (cursor);
    t.is(new Set(seen).size, seen.length);
    if (q === '') t.is(seen.length, 3);
  }
});

test('an unchanged page is answered with 304 and nothing', async (t) => {
  const { registry } = t.context;
  for (const path of ['/v1/plugins', '/v1/plugins/edu-maker/maths-games', '/v1/facets']) {
    const first = await registry.ask(path);
    const again = await registry.ask(path, { headers: { 'if-none-match': first.headers.get('etag')! } });
    t.is(again.status, 304, path);
    t.is(again.bytes.length, 0);
  }
});

const absurd = [
  'limit=0',
  'limit=-1',
  'limit=101',
  'limit=1e9',
  'limit=x',
  'limit=1&limit=2',
  `q=${'a'.repeat(201)}`,
  'cursor=%00',
  'cursor=e30',
  'cursor=bnVsbA',
  `cursor=${Buffer.from('[1e999,"a"]').toString('base64url')}`,
  'facet=a&facet=b',
  'sort=price',
  'q[$ne]=x',
];
for (const query of absurd)
  test(`the question ${query.slice(0, 40)} is refused calmly`, async (t) => {
    const { status, body } = await t.context.registry.ask(`/v1/plugins?${query}`);
    t.is(status, 400, JSON.stringify(body));
    t.is(body['code'], 'invalid');
  });

const strange = [
  "'; drop table listing; --",
  '%',
  '_',
  '\\',
  '" or "',
  '((((',
  '!!! & | <->',
  '\u0000',
  '🧑‍🏫',
  'a'.repeat(200),
  '-',
  '*:*',
];
for (const q of strange)
  test(`searching for ${JSON.stringify(q).slice(0, 30)} breaks nothing`, async (t) => {
    const answer = await t.context.registry.ask(`/v1/plugins?q=${encodeURIComponent(q)}`);
    t.is(answer.status, 200, JSON.stringify(answer.body));
  });

test('the page of a plugin has its manifest and all versions, the newest first', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('many-versions');
  const id = 'many-versions/wordlist';
  for (const version of ['1.0.0', '1.10.0', '1.2.0', '2.0.0-beta.1'])
    await registry.release(vendor, { manifest: { id, version } });
  const { body } = await registry.ask<{
    version: string;
    manifest: { version: string };
    versions: { version: string }[];
  }>(`/v1/plugins/${id}`);
  t.is(body.version, '1.10.0', 'a preview does not stand in front of a finished version');
  t.is(body.manifest.version, '1.10.0');
  t.deepEqual(
    body.versions.map(({ version }) => version),
    ['2.0.0-beta.1', '1.10.0', '1.2.0', '1.0.0'],
  );
});

test('a plugin that nobody has is not found', async (t) => {
  const { status, body } = await t.context.registry.ask('/v1/plugins/no-vendor/no-plugin');
  t.is(status, 404);
  t.is(body['code'], 'not-found');
});
