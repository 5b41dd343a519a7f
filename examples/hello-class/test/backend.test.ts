import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { validateManifest } from '@digione/sdk/manifest';
import { makeTestSchool, type TestSchool, testPlugin } from '@digione/sdk/testing';
import backend from '../backend.ts';

const checked = validateManifest(await readFile(new URL('../digione.json', import.meta.url)));
assert.ok(checked.ok);
const { manifest } = checked;

const plugin = (changes: Partial<TestSchool> = {}) => testPlugin(backend, manifest, makeTestSchool(changes));

test('a teacher sees the learners of the class by name', async () => {
  const { classes, students } = await plugin().call('todaysClass', {});
  assert.deepEqual(classes, [{ id: 'class-7a', title: '7A' }]);
  assert.deepEqual(
    students.map(({ name }) => name),
    ['Aikio Áilu', 'Mäkinen Leevi', 'Žukovskaja Šarlotta', 'Öhman Åsa'],
  );
});

test('a note that was saved is there the next time, and can be emptied', async () => {
  const own = plugin();
  const noteOf = async () => (await own.call('todaysClass', {})).students.find(({ id }) => id === 'student-1')?.note;
  assert.deepEqual(await own.call('saveNote', { student: 'student-1', text: ' Tarvitsee lisäaikaa ' }), {
    saved: true,
  });
  assert.equal(await noteOf(), 'Tarvitsee lisäaikaa');
  await own.call('saveNote', { student: 'student-1', text: '' });
  assert.equal(await noteOf(), '');
});

test('a learner without consent is on the list, but has no note', async () => {
  const own = plugin({ consents: (student) => student !== 'student-2' });
  const { students } = await own.call('todaysClass', {});
  assert.deepEqual(
    students.map(({ id, noteAllowed }) => [id, noteAllowed]),
    [
      ['student-1', true],
      ['student-3', true],
      ['student-4', true],
      ['student-2', false],
    ],
  );
  assert.deepEqual(await own.call('saveNote', { student: 'student-2', text: 'x' }), { saved: false });
  assert.deepEqual(own.records('notes'), []);
});

test('when the consent is withdrawn the note is gone from the page at once', async () => {
  const school = makeTestSchool();
  const own = testPlugin(backend, manifest, school);
  await own.call('saveNote', { student: 'student-3', text: 'Lukee innokkaasti' });
  school.consents = () => false;
  const { students } = await own.call('todaysClass', {});
  assert.ok(students.every(({ note, noteAllowed }) => note === '' && !noteAllowed));
});

test('a teacher without classes gets an empty page', async () => {
  assert.deepEqual(await plugin({ classes: [] }).call('todaysClass', {}), { classes: [], students: [] });
});

test('the tile lists the classes in the language of the user', async () => {
  const tile = await plugin({ user: { id: 'teacher-1', role: 'teacher', language: 'sv' } }).tile('home');
  assert.deepEqual(tile, {
    kind: 'list',
    label: 'Egna klasser',
    items: [{ text: '7A', action: { page: 'main', argument: { class: 'class-7a' } } }],
  });
});
