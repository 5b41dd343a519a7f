import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { validateManifest } from '@digione/sdk/manifest';
import { makeTestSchool, type TestSchool, testPlugin } from '@digione/sdk/testing';
import backend from '../backend.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url));
const checked = validateManifest(await read('../digione.json'));
assert.ok(checked.ok, JSON.stringify(checked));
const { manifest } = checked;
const texts = JSON.parse((await read('../locales/en.json')).toString('utf8')) as Record<string, string>;

const plugin = (school: TestSchool) => testPlugin(backend, manifest, school);
const school = (changes: Partial<TestSchool> = {}) => makeTestSchool({ texts, ...changes });

test('a teacher chooses a lesson of today, marks it and sees it marked', async () => {
  const own = plugin(school());
  const list = (await own.tile('lessons')) as { items: { text: string; action: { argument: unknown } }[] };
  assert.match(list.items[0]!.text, /Matematiikka/);
  const form = JSON.stringify(await own.call('lesson', { lesson: 'lesson-1' }));
  assert.match(form, /Aikio Áilu/);
  await own.call('mark', {
    lesson: 'lesson-1',
    part: 0,
    values: { m0: 'present', m1: 'absent', m2: 'late', m3: 'present' },
  });
  const again = (await own.call('lesson', { lesson: 'lesson-1' })) as unknown as {
    children: [{ fields: { value: string }[] }];
  };
  assert.deepEqual(
    again.children[0].fields.map(({ value }) => value),
    ['present', 'absent', 'late', 'present'],
  );
});

test('guardians hear of a new absence once, in words without a name', async () => {
  const own = plugin(school());
  const values = { m0: 'present', m1: 'absent', m2: 'late', m3: 'present' };
  await own.call('mark', { lesson: 'lesson-1', part: 0, values });
  await own.call('mark', { lesson: 'lesson-1', part: 0, values });
  assert.equal(own.messages.length, 1);
  assert.equal(own.messages[0]!.subject, 'student-3');
  assert.doesNotMatch(own.messages[0]!.title + own.messages[0]!.text, /Leevi|Mäkinen/);
});

test('a guardian sees the absences and reports one', async () => {
  const shared = school();
  const own = plugin(shared);
  await own.call('mark', { lesson: 'lesson-1', part: 0, values: { m0: 'absent' } });
  shared.user = { id: 'guardian-1', role: 'guardian', language: 'en' };
  const seen = JSON.stringify(await own.tile('family'));
  assert.match(seen, /Absences of the last month: Áilu/);
  assert.match(seen, /not told/);
  const tell = (from: string, to: string) =>
    own.call('registerAbsence', { student: 'student-1', values: { from, to } });
  assert.match(JSON.stringify(await tell('2026-11-26', '2026-11-27')), /reported to the school/);
  assert.match(JSON.stringify(await tell('2026-11-27', '2026-11-26')), /before the first/);
});

test('at night the absent are counted by class, and the principal sees no small number', async () => {
  const shared = school();
  const own = plugin(shared);
  await own.call('mark', { lesson: 'lesson-1', part: 0, values: { m0: 'absent', m1: 'absent' } });
  shared.today = '2026-11-25';
  await own.schedule('nightly');
  shared.user = { id: 'principal-1', role: 'principal', language: 'en' };
  assert.match(JSON.stringify(await own.tile('school')), /"class":"7A","count":"1–4"/);
});

test('every text is there in all three languages', async () => {
  const keys = async (language: string) =>
    Object.keys(JSON.parse((await read(`../locales/${language}.json`)).toString('utf8')) as object).sort();
  assert.deepEqual(await keys('fi'), await keys('en'));
  assert.deepEqual(await keys('sv'), await keys('en'));
});
