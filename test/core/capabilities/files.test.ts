import test from 'ava';
import type { Manifest } from '@digione/sdk/manifest';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type Installed, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld({
    fileQuota: { files: 3, bytes: 1_000, fileBytes: 500 },
    scan: async (bytes) => (bytes.includes('EICAR') ? 'infected' : 'clean'),
  });
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const [studentsScope] = sampleManifest().scopes as [Manifest['scopes'][number], Manifest['scopes'][number]];
const scope = { ...studentsScope, capability: 'files', elements: [] } as unknown as Manifest['scopes'][number];
const install = (name: string) =>
  world.install({
    manifest: sampleManifest({ id: `demo-vendor/${name}`, scopes: [studentsScope, scope], collections: [] }),
  });

const base64 = (text: string | number[]) => Buffer.from(text as string).toString('base64');
const text = (content: string) => ({ name: 'note.txt', type: 'text/plain', content: base64(content) });
const png = base64([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const idOf = ({ value }: { value?: unknown }) => (value as { id: string }).id;
const list = async ({ ask }: Installed) =>
  ((await ask('files.list', {})).value as { files: { id: string; subject?: string }[] }).files;
const contents = () =>
  world.database.inTenant(world.town.municipality, (tx) => tx.query({ text: 'select sha256 from file_content' }));

test.serial(
  'a file is kept, listed, read and removed; the same content is kept once and goes with its last file',
  async (t) => {
    const [one, other] = [await install('keeping'), await install('also-keeping')];
    const id = idOf(await one.ask('files.put', text('hello')));
    const same = idOf(await other.ask('files.put', { ...text('hello'), purpose: 'class-list' }));
    const { value } = await one.ask('files.get', { id });
    t.like((value as { file: object }).file, {
      id,
      name: 'note.txt',
      type: 'text/plain',
      size: 5,
      content: base64('hello'),
    });
    t.deepEqual(
      (await list(one)).map((file) => file.id),
      [id],
      'no other plugin sees it',
    );
    t.deepEqual((await other.ask('files.get', { id })).value, { file: null });
    t.deepEqual((await other.ask('files.remove', { id })).value, { removed: false });
    t.is((await contents()).length, 1);
    t.deepEqual((await one.ask('files.remove', { id })).value, { removed: true });
    t.is((await contents()).length, 1);
    await other.ask('files.remove', { id: same });
    t.is((await contents()).length, 0);
  },
);

test.serial('a file about a learner is there only while the learner may be seen', async (t) => {
  const one = await install('about');
  const { value } = await one.ask('education.students', {});
  const subject = (value as { students: { id: string }[] }).students[0]?.id;
  const id = idOf(await one.ask('files.put', { ...text('about'), subject }));
  t.deepEqual(
    (await list(one)).map((file) => file.subject),
    [subject],
  );
  const teaches = (until: string | null) =>
    world.database.inTenant(world.town.municipality, (tx) =>
      tx.query({ text: `update enrollment set valid_to = $1 where role = 'teacher'`, values: [until] }),
    );
  await teaches('2026-11-01');
  t.deepEqual(await list(one), []);
  t.deepEqual((await one.ask('files.get', { id })).value, { file: null });
  t.deepEqual((await one.ask('files.remove', { id })).value, { removed: false });
  t.is((await one.ask('files.put', { ...text('more'), subject })).code, 'not-allowed');
  await teaches(null);
  t.is((await list(one)).length, 1);
});

test.serial('what is in a file must be what it says', async (t) => {
  const { ask } = await install('types');
  const put = async (type: string, content: string) => (await ask('files.put', { name: 'x', type, content })).code;
  t.is(await put('image/png', png), undefined);
  t.is(await put('application/json', base64('{"a":1}')), undefined);
  for (const [type, content] of [
    ['text/plain', png],
    ['image/jpeg', png],
    ['application/json', base64('{')],
    ['text/plain', base64('<script>1</script>')],
    ['text/csv', base64([0xff, 0xfe, 0])],
    ['text/html', base64('hello')],
    ['text/plain', ''],
    ['text/plain', 'not base64!'],
  ] as const)
    t.is(await put(type, content), 'invalid-argument', `${type} ${content}`);
  t.is(await put('text/plain', base64('EICAR')), 'not-allowed', 'the scanner is asked');
});

test.serial('files have bounds, and need the scope', async (t) => {
  const { ask } = await install('bounds');
  t.is((await ask('files.put', text('x'.repeat(501)))).code, 'too-large');
  for (const size of [450, 450]) t.is((await ask('files.put', text('x'.repeat(size)))).code, undefined);
  t.is((await ask('files.put', text('x'.repeat(450)))).code, 'quota-exceeded', 'bytes');
  await ask('files.put', text('y'));
  t.is((await ask('files.put', text('z'))).code, 'quota-exceeded', 'files');
  t.is((await ask('files.put', { ...text('x'), name: '../x' })).code, 'invalid-argument');
  t.is((await ask('files.put', { ...text('x'), purpose: 'class-notes' })).code, 'scope-missing');
  t.is((await ask('files.put', { ...text('x'), subject: 'nobody' })).code, 'quota-exceeded');
  const none = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/no-files' }) });
  for (const [door, argument] of [
    ['files.put', text('x')],
    ['files.get', { id: 'x' }],
    ['files.list', {}],
    ['files.remove', { id: 'x' }],
  ] as const)
    t.is((await none.ask(door, argument)).code, 'scope-missing', door);
});
