import test from 'ava';
import { readFile } from 'node:fs/promises';
import { seedDemonstration, story } from '../../../core/demo/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';
import { addMunicipality, clock, hashIdentifier, load, save, scratchFolder, type Scratch } from './bundle-fixture.ts';

let made: TestDatabase;
let scratch: Scratch;

test.before(async () => {
  made = await testDatabase();
  scratch = await scratchFolder();
  await seedDemonstration({ database: made.database, clock, log: quietLog, hashIdentifier });
});

test.after.always(async () => {
  await made[Symbol.asyncDispose]();
  await scratch[Symbol.asyncDispose]();
});

test('a municipality’s export, loaded into an empty one, exports to the same bytes', async (t) => {
  const first = scratch.path('first.zip');
  const second = scratch.path('second.zip');
  await save(made.database, story.municipality.id, first);
  const empty = await addMunicipality(made.database, '901');
  const report = await load(made.database, empty, first, { confirm: { access: true } });
  t.is(report.outcome, 'loaded');
  t.deepEqual(report.problems, []);
  t.like(report.counts.users, { changed: 0, removed: 0 });
  await save(made.database, empty, second);
  t.deepEqual(await readFile(second), await readFile(first));
});

test('a municipality’s export, loaded back into itself, changes nothing and asks nothing', async (t) => {
  const path = scratch.path('own.zip');
  await save(made.database, story.municipality.id, path);
  const report = await load(made.database, story.municipality.id, path);
  t.is(report.outcome, 'loaded');
  for (const [name, count] of Object.entries(report.counts)) {
    if (typeof count !== 'number') t.like(count, { added: 0, changed: 0, removed: 0 }, name);
  }
  t.is(report.counts.guardianships?.waiting, 0);
  t.is(report.counts.waitingRoles, 0);
});
