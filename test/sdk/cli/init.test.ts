import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import test from 'ava';
import { anAuthor } from './surroundings.ts';

test('a new plugin builds, passes the checks of the registry and its own test', async (t) => {
  const { run, folder } = await anAuthor(t);
  const { code, noted } = await run(['init', 'my-company/seating', 'new']);
  t.is(code, 0, noted);
  const home = join(folder, 'new');
  await symlink(resolve('node_modules'), join(home, 'node_modules'));
  const checked = await run(['check'], { folder: home });
  t.is(checked.code, 0, checked.said + checked.noted);
  const tested = await run(['test'], { folder: home });
  t.is(tested.code, 0, tested.noted);
});

test('the folder of a new plugin is named after it', async (t) => {
  const { run, folder } = await anAuthor(t);
  await run(['init', 'my-company/seating']);
  t.is(JSON.parse(await readFile(join(folder, 'seating', 'digione.json'), 'utf8')).id, 'my-company/seating');
});

test('a folder that is not empty is left as it is', async (t) => {
  const { run, folder } = await anAuthor(t);
  const before = await readdir(folder);
  t.like(await run(['init', 'my-company/seating', '.']), { code: 1 });
  t.deepEqual(await readdir(folder), before);
});

for (const id of ['', 'seating', 'My/Seating', '../x/y']) {
  test(`"${id}" is not the id of a plugin`, async (t) => {
    const { run } = await anAuthor(t);
    t.is((await run(['init', ...(id ? [id] : [])])).code, 2);
  });
}

test("the example's own tests pass, and one that fails ends with 1", async (t) => {
  const { run, folder } = await anAuthor(t);
  t.is((await run(['test'])).code, 0);
  await writeFile(
    join(folder, 'test', 'wrong.test.ts'),
    "import { test } from 'node:test';\ntest('wrong', () => { throw new Error('as it should'); });\n",
  );
  const { code, said } = await run(['test']);
  t.is(code, 1);
  t.regex(said, /as it should/);
});
