import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { createAudit } from '../../../core/audit/index.ts';
import { createConsent } from '../../../core/consent/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { runCli } from '../../../sdk/cli/run-cli.ts';
import type { Surroundings } from '../../../sdk/cli/surroundings.ts';
import { addMunicipality, municipality, plantWorld } from '../../core/access/plant-world.ts';
import { actorOf, people, plugin, smallWorld } from '../../core/access/small-world.ts';
import { quietLog, testDatabase } from '../../support/database.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const mother = actorOf('mother', 'guardian');

/** The answer of the receipt's route, taken from a running core that is then gone. */
async function takeReceipt() {
  await using platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const consent = createConsent({
    database,
    clock,
    recordAct: (tx, { person, ...act }) => audit.append(tx, { ...act, subjects: [{ person, mask: 0 }] }),
    onConsentChanged: async () => undefined,
  });
  const [asked] = await consent.forChild(mother, people.aino, 'sv');
  const about = { child: people.aino, plugin, purpose: 'notes' };
  await consent.decide(mother, { ...about, decision: 'give', notice: asked!.notice.hash });
  const { items } = await audit.familyReads(mother, people.aino, {});
  return { receipt: await audit.receipt(mother, people.aino, items[0]!.event), key: audit.key };
}

/** A folder that holds these files and nothing else. */
async function verifyIn(t: ExecutionContext, files: Record<string, string>, args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'digione-verify-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const said: string[] = [];
  const noted: string[] = [];
  const terminal = {
    say: (line: string) => void said.push(line),
    note: (line: string) => void noted.push(line),
    warn: (line: string) => void noted.push(line),
    progress: () => undefined,
  };
  const surroundings = { folder, terminal } as unknown as Surroundings;
  const code = await runCli(['verify', ...args], surroundings);
  return { code, said: said.join('\n'), noted: noted.join('\n') };
}

test('a receipt is checked in a folder that has nothing else, and a changed or foreign one does not hold', async (t) => {
  const taken = await takeReceipt();
  const files = { 'receipt.json': JSON.stringify(taken), 'key.pem': taken.key.publicKey };
  const plain = await verifyIn(t, files, ['receipt.json']);
  t.is(plain.code, 0, plain.noted);
  t.regex(plain.said, /^The receipt holds\.\ndecision {3}ConsentGiven by the guardian/);
  t.regex(plain.noted, /came with the receipt/);
  t.like(await verifyIn(t, files, ['receipt.json', '--key', 'key.pem']), { code: 0, noted: '' });

  const [header, payload = '', signature] = taken.receipt.split('.');
  const forged = Buffer.from(payload, 'base64url').toString().replace('ConsentGiven', 'ConsentGavin');
  const changed = [header, Buffer.from(forged).toString('base64url'), signature].join('.');
  const altered = await verifyIn(t, { 'receipt.json': JSON.stringify({ ...taken, receipt: changed }) }, [
    'receipt.json',
  ]);
  t.is(altered.code, 1);
  t.regex(altered.noted, /does not hold/);

  const { publicKey } = generateKeyPairSync('ed25519');
  const foreign = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const other = await verifyIn(t, { ...files, 'key.pem': foreign }, ['receipt.json', '--key', 'key.pem']);
  t.is(other.code, 1);
});

test('what is no receipt, no key or no file is told in words', async (t) => {
  t.like(await verifyIn(t, {}, []), { code: 2 });
  t.like(await verifyIn(t, {}, ['receipt.json']), { code: 1, noted: 'There is no file receipt.json.' });
  t.like(await verifyIn(t, { 'a.json': '{"receipt":' }, ['a.json']), { code: 1, noted: 'The file is no JSON.' });
  t.like(await verifyIn(t, { 'a.json': '{}' }, ['a.json']), { code: 1, noted: 'The file holds no receipt.' });
  t.is((await verifyIn(t, { 'a.jws': 'nonsense' }, ['a.jws'])).code, 2);
  const badKey = await verifyIn(t, { 'a.jws': 'nonsense', k: 'no key' }, ['a.jws', '--key', 'k']);
  t.like(badKey, { code: 1, noted: 'The key is no public key in PEM.' });
});
