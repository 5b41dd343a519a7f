import test from 'ava';
import { testDatabase } from '../../support/database.ts';
import { worldsAgree } from './many-worlds.ts';

/** `npm run bench -- decide-worlds` compares 100 000. */
test('the statement of the hot path, the index in memory and the reference decision agree on random worlds', async (t) => {
  await using platform = await testDatabase();
  const { disagreements, ...counted } = await worldsAgree(platform, {
    worlds: 300,
    seed: 20261124,
    batch: 300,
    questionsPerWorld: 4,
  });
  t.deepEqual(disagreements, []);
  t.true(counted.shown > 100 && counted.refused > 100, `both answers must be common: ${JSON.stringify(counted)}`);
});
