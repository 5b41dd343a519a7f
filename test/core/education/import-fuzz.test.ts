import test from 'ava';
import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../core/kernel/index.ts';
import { writeBundle } from './bundle-fixture.ts';
import { smallSchool } from './small-school.ts';
import { writeSpoiltBundle } from './spoilt-bundles.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

// The long run, which counts and keeps a report, is `npm run bench -- import-fuzz`.
const runs = Number(process.env['DIGIONE_FUZZ_RUNS'] ?? 40);

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

test(`${runs} spoilt bundles: each is loaded with remarks or refused by a rule, none crashes, none leaves a part`, async (t) => {
  t.timeout(60_000 + runs * 2_000);
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  const before = await readFile(await town.save());
  const sound = await readFile(await writeBundle(towns.path('sound.zip'), smallSchool));
  const path = towns.path('spoilt.zip');
  for (let run = 0; run < runs; run += 1) {
    await writeSpoiltBundle(path, run, sound);
    try {
      await town.loadPath(path, { dryRun: true, ...confirmed });
    } catch (error) {
      t.true(error instanceof Refusal, `run ${run}: ${error}`);
      t.not((error as Refusal).code, 'internal');
    }
  }
  t.deepEqual(await readFile(await town.save()), before);
});
