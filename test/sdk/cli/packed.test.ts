import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import test, { type ExecutionContext } from 'ava';
import { createAudit } from '../../../core/audit/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { packCli } from '../../../sdk/cli/release/pack-cli.ts';
import { runCli } from '../../../sdk/cli/run-cli.ts';
import type { Surroundings } from '../../../sdk/cli/surroundings.ts';
import { addMunicipality, municipality, plantWorld } from '../../core/access/plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from '../../core/access/small-world.ts';
import { quietLog, testDatabase } from '../../support/database.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const key = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) as string;
const mother = actorOf('mother', 'guardian');
const officer = actorOf('principal', 'dataProtectionOfficer');

/** Files as the routes give them, taken from a core that is then gone. */
async function takeFiles(reads: number) {
  await using platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  for (let read = 0; read < reads; read += 1)
    await database.inTenant(municipality, (tx) =>
      audit.append(tx, {
        municipality,
        action: 'students.read',
        school,
        plugin,
        purpose: 'list',
        actor: people.teacher,
        actorRole: 'teacher',
        elements: ['students.givenName'],
        subjects: [people.aino, people.eero].slice(0, 1 + (read % 2)).map((person) => ({ person, mask: 1 })),
      }),
    );
  const list = { ...(await audit.familyDownload(mother, people.aino)), key: audit.key };
  const log = await text(await audit.officer.takeLog(officer));
  return { list, log };
}

/** A folder that holds these files and nothing else. */
async function folderWith(t: ExecutionContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'digione-packed-'));
  t.teardown(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

function runPacked(folder: string, args: string[]): Promise<{ code: number; said: string }> {
  return new Promise((done) =>
    execFile(process.execPath, ['digione/digione.mjs', ...args], { cwd: folder, env: {} }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, said: out + err }),
    ),
  );
}

test('the packed CLI checks a log and a family list where nothing else of the project is', async (t) => {
  const { list, log } = await takeFiles(4);
  const spoilt = structuredClone(list);
  spoilt.events.splice(1, 1);
  const files = {
    'list.json': JSON.stringify(list),
    'spoilt.json': JSON.stringify(spoilt),
    'cut.json': JSON.stringify({ ...list, events: list.events.slice(0, -1) }),
    'log.ndjson': log,
    'changed.ndjson': log.replace('"action":"students.read"', '"action":"students.seen"'),
    'key.pem': key,
  };
  const folder = await folderWith(t, files);
  await packCli(`${resolve('.')}/`, join(folder, 'digione'));
  t.false((await readdir(folder)).includes('node_modules'));
  const run = (...args: string[]) => runPacked(folder, args);
  t.like(await run('audit', 'verify', 'log.ndjson', '--key', 'key.pem'), { code: 0 });
  const found = await run('audit', 'verify', 'changed.ndjson', '--key', 'key.pem');
  t.is(found.code, 1);
  t.regex(found.said, /row-changed: Row 1 is not what was logged/);
  const whole = await run('verify', 'list.json', '--key', 'key.pem');
  t.is(whole.code, 0, whole.said);
  t.regex(whole.said, /The list holds, and nothing is missing in it\.\nevents {5}5,/);
  t.regex((await run('verify', 'spoilt.json', '--key', 'key.pem')).said, /events are missing/);
  t.regex((await run('verify', 'cut.json', '--key', 'key.pem')).said, /does not end with its own download/);
});

test('one flipped bit anywhere in a small log is found', async (t) => {
  const { log } = await takeFiles(2);
  const folder = await folderWith(t, { 'key.pem': key });
  const terminal = { say: () => undefined, note: () => undefined, warn: () => undefined, progress: () => undefined };
  const surroundings = { folder, terminal } as unknown as Surroundings;
  const verify = () => runCli(['audit', 'verify', 'log.ndjson', '--key', 'key.pem'], surroundings);
  const bytes = Buffer.from(log);
  const unseen: string[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const spoilt = Buffer.from(bytes);
    spoilt[at]! ^= 1 << ((at * 5 + 3) % 8);
    await writeFile(join(folder, 'log.ndjson'), spoilt);
    if ((await verify()) !== 1) unseen.push(`${at}: ${spoilt.subarray(Math.max(0, at - 20), at + 20)}`);
  }
  t.deepEqual(unseen, []);
  await writeFile(join(folder, 'log.ndjson'), bytes);
  t.is(await verify(), 0);
});
