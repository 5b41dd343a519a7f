import test from 'ava';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addMunicipality, writeBundle } from '../education/bundle-fixture.ts';
import { smallSchool } from '../education/small-school.ts';
import { testDatabase } from '../../support/database.ts';

const entry = fileURLToPath(new URL('../../../core/launch/import.ts', import.meta.url));

async function run(args: string[], environment: Record<string, string>): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, [...process.execArgv, entry, ...args], {
    env: { ...process.env, ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (text += piece.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, text };
}

test('the import command loads a bundle in a process of its own, and says clearly why it can’t', async (t) => {
  await using made = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'digione-import-command-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const environment = { DIGIONE_DATA_DIR: folder, DIGIONE_CORE_DATABASE: made.provisioned.coreUrl };
  const path = await writeBundle(join(folder, 'roster.zip'), smallSchool);
  const noFolder = await run([path, '--municipality', '101'], environment);
  t.is(noFolder.code, 2);
  t.regex(noFolder.text, /no data folder of DigiOne/);
  mkdirSync(join(folder, 'secrets'));
  writeFileSync(join(folder, 'secrets', 'identifiers.key'), Buffer.alloc(32, 1).toString('base64'));
  t.is((await run([], environment)).code, 2);
  t.is((await run([path, '--municipality', '999'], environment)).code, 2);
  await addMunicipality(made.database, '101');
  const loaded = await run([path, '--municipality', '101'], environment);
  t.is(loaded.code, 0, loaded.text);
  t.regex(loaded.text, /3 new learners/);
  const elsewhere = { ...environment, DIGIONE_CORE_DATABASE: 'postgres://nobody@127.0.0.1:9/none' };
  const unreachable = await run([path, '--municipality', '101'], elsewhere);
  t.is(unreachable.code, 1);
  t.regex(unreachable.text, /did not begin/);
});
