import test from 'ava';
import { PassThrough } from 'node:stream';
import { runImportCommand } from '../../../core/education/index.ts';
import { clock, hashIdentifier, writeBundle } from './bundle-fixture.ts';
import { changed, smallSchool } from './small-school.ts';
import { openTowns, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
  await towns.add();
});

test.after.always(() => towns[Symbol.asyncDispose]());

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const output = new PassThrough();
  const code = await runImportCommand({
    args,
    database: towns.database,
    clock,
    hashIdentifier,
    language: 'en',
    output,
  });
  return { code, text: String(output.read() ?? '') };
}

test.serial('a dry run on the command line tells what would change', async (t) => {
  const path = await writeBundle(towns.path('a.zip'), changed({ users: { x: 'x,,,true,,,,Nimetön,,,' } }));
  const { code, text } = await run(path, '--municipality', '101', '--dry-run');
  t.is(code, 0);
  t.regex(text, /^reading orgs\n/);
  t.regex(text, /3 new learners\n/);
  t.regex(text, /users\.csv:8 givenName "": missing-value, row-left-out\n/);
});

test.serial('a load that would remove too much ends with 1', async (t) => {
  const path = await writeBundle(towns.path('b.zip'), smallSchool);
  t.is((await run(path, '--municipality', '101', '--confirm-access')).code, 0);
  const fewer = await writeBundle(towns.path('c.zip'), changed({ enrollments: { e4: undefined } }));
  const stopped = await run(fewer, '--municipality', '101');
  t.is(stopped.code, 1);
  t.regex(stopped.text, /Stopped: more would be removed/);
  t.is((await run(fewer, '--municipality', '101', '--confirm-removals')).code, 0);
});

for (const args of [
  [],
  ['x.zip'],
  ['x.zip', '--municipality', '999'],
  ['x.zip', '--municipality', '101', '--nonsense'],
]) {
  test.serial(`wrong arguments (${args.join(' ')}) end with 2`, async (t) => {
    t.is((await run(...args)).code, 2);
  });
}

test.serial('a file that is not there is refused in words', async (t) => {
  const { code, text } = await run(towns.path('nowhere.zip'), '--municipality', '101');
  t.is(code, 1);
  t.regex(text, /not a zip archive/);
});
