import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { createAudit, exportLog } from '../../../core/audit/index.ts';
import { verifyLog } from '../../../core/audit/verify-log.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { smallWorld } from '../access/small-world.ts';
import { killRun } from './kill-runs.ts';

const kills = 10;

/** Spread over the first moments by a fixed sequence; `npm run bench -- kill` does a thousand. */
const momentOf = (run: number): number => (run * 37) % 150;

test('a core killed at any moment has given out nothing that the log does not have', async (t) => {
  await using platform = await testDatabase();
  const { database, provisioned } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  t.timeout(300_000);
  let answered = 0;
  for (let run = 0; run < kills; run += 1) {
    const outcome = await killRun(database, { url: provisioned.coreUrl, name: `run${run}`, afterMs: momentOf(run) });
    t.deepEqual(outcome.unlogged, []);
    answered += outcome.answered;
  }
  t.true(answered > 0);
  const { privateKey } = generateKeyPairSync('ed25519');
  const signer = { name: 'test-log', privateKey };
  const audit = createAudit({ database, clock: fixedClock('2026-11-24T10:00:00Z'), log: quietLog, signer });
  while ((await audit.sequencer.integrate(municipality)) > 0);
  const found = await database.inTenant(municipality, async (tx) =>
    verifyLog(await exportLog(tx, municipality), createPublicKey(privateKey)),
  );
  t.deepEqual(found, []);
});
