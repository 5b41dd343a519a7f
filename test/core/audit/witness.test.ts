import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import {
  askForCosignature,
  createAudit,
  createWitness,
  exportLog,
  type WitnessPeer,
} from '../../../core/audit/index.ts';
import { cosignedBy } from '../../../core/audit/verify.ts';
import { verifyLog } from '../../../core/audit/verify-log.ts';
import { fixedClock, Refusal } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { people, smallWorld } from '../access/small-world.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);
const witnessKeys = generateKeyPairSync('ed25519');

/** A node with a log, and the node of another municipality that watches it. */
async function start() {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const witness = createWitness({
    database,
    clock,
    signer: { name: 'tampere-witness', privateKey: witnessKeys.privateKey },
    logs: [{ name: 'test-log', publicKey }],
  });
  const peer: WitnessPeer = {
    name: 'tampere-witness',
    publicKey: witnessKeys.publicKey,
    async ask(body) {
      try {
        const answer = await witness.addCheckpoint(body);
        return 'line' in answer ? { status: 200, text: answer.line } : { status: 409, text: String(answer.knownSize) };
      } catch (error) {
        if (error instanceof Refusal) return { status: 403, text: error.code };
        throw error;
      }
    },
  };
  const append = async (reason: string) => {
    const subjects = [{ person: people.aino, mask: 1 }];
    const event = { municipality, action: 'students.read', actorRole: 'teacher', reason, subjects };
    await database.inTenant(municipality, (tx) => audit.append(tx, event));
    await audit.sequencer.integrate(municipality);
  };
  const ask = () => askForCosignature({ database, clock }, municipality, peer);
  const checkpoints = () =>
    database.inTenant(municipality, async (tx) => (await exportLog(tx, municipality)).checkpoints);
  return { platform, database, witness, append, ask, checkpoints };
}

test('another node cosigns each checkpoint that goes on from the last, and the verifier sees it', async (t) => {
  const { platform, database, append, ask, checkpoints } = await start();
  await using _ = platform;
  for (const reason of ['one', 'two', 'three']) {
    await append(reason);
    t.is(await ask(), 'cosigned');
  }
  t.is(await ask(), 'nothing-new');
  const newest = (await checkpoints()).at(-1)!;
  const witness = { name: 'tampere-witness', publicKey: witnessKeys.publicKey };
  t.deepEqual(cosignedBy(newest, witness), new Date('2026-11-24T10:00:00Z'));
  t.is(cosignedBy(newest, { ...witness, publicKey }), undefined);
  t.is(cosignedBy(newest.replace('\n3\n', '\n2\n'), witness), undefined);
  const found = await database.inTenant(municipality, async (tx) =>
    verifyLog(await exportLog(tx, municipality), publicKey),
  );
  t.deepEqual(found, []);
});

test('a history that was rewritten is not cosigned again', async (t) => {
  const { platform, append, ask, checkpoints } = await start();
  await using _ = platform;
  await append('the true one');
  await append('and another');
  t.is(await ask(), 'cosigned');
  const kept = (await checkpoints()).at(-1)!;
  await platform.asOwner(`begin; select set_config('digione.municipality', '${municipality}', true);
    delete from audit_event; delete from audit_batch; delete from audit_tile; delete from audit_subject;
    delete from audit_checkpoint; delete from audit_head; delete from audit_cosignature; commit`);
  for (const reason of ['a forged one', 'another', 'a third']) await append(reason);
  t.is(await ask(), 'refused');
  t.false((await checkpoints()).some((note) => note.includes('tampere-witness')));
  t.truthy(cosignedBy(kept, { name: 'tampere-witness', publicKey: witnessKeys.publicKey }));
});

test('a witness refuses logs that it does not watch, forged checkpoints, and what is no request', async (t) => {
  const { platform, witness, append, checkpoints } = await start();
  await using _ = platform;
  await append('one');
  const [note = ''] = await checkpoints();
  await t.throwsAsync(witness.addCheckpoint('nonsense'), { code: 'invalid' });
  await t.throwsAsync(witness.addCheckpoint(`old 5\n\n${note}`), { code: 'invalid' });
  const forged = note.replace('\n1\n', '\n2\n');
  await t.throwsAsync(witness.addCheckpoint(`old 0\n\n${forged}`), { code: 'signature-invalid' });
  const foreign = note.replaceAll('test-log', 'other-log');
  await t.throwsAsync(witness.addCheckpoint(`old 0\n\n${foreign}`), { code: 'signature-invalid' });
  t.true('line' in (await witness.addCheckpoint(`old 0\n\n${note}`)));
  t.deepEqual(await witness.addCheckpoint(`old 0\n\n${note}`), { knownSize: 1 });
});
