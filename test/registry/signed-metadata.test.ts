import { copyFile, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { Updater } from 'tuf-js';
import { fixedClock } from '../../core/kernel/index.ts';
import { runningRegistry, type RunningRegistry } from './running-registry.ts';

const plugin = 'demo-vendor/hello-class';
const path = `${plugin}/1.0.0.digione`;

async function client(registry: RunningRegistry, folder?: string) {
  const metadataDir = folder ?? (await mkdtemp(join(tmpdir(), 'digione-tuf-')));
  if (!folder) await copyFile(join(registry.folder, 'root.json'), join(metadataDir, 'root.json'));
  const metadataBaseUrl = `${registry.url}/v1/trust`;
  const updater = new Updater({
    metadataDir,
    metadataBaseUrl,
    targetDir: metadataDir,
    targetBaseUrl: `${metadataBaseUrl}/targets`,
    config: { fetchRetries: 0 },
  });
  return { metadataDir, updater };
}

const signedOf = async (registry: RunningRegistry, file: string) =>
  (await registry.ask<{ signed: Record<string, unknown>; signatures: unknown[] }>(`/v1/trust/${file}`)).body;

test('root and targets need two of three keys, timestamps end within a day', async (t) => {
  await using registry = await runningRegistry();
  const root = await signedOf(registry, '1.root.json');
  const roles = root.signed['roles'] as Record<string, { keyids: string[]; threshold: number }>;
  for (const role of ['root', 'targets']) t.like(roles[role], { threshold: 2 });
  for (const role of ['root', 'targets']) t.is(new Set(roles[role]!.keyids).size, 3);
  t.is(root.signatures.length, 2);
  t.true(root.signed['consistent_snapshot']);
  const { signed } = await signedOf(registry, 'timestamp.json');
  const left = Date.parse(signed['expires'] as string) - Date.now();
  t.true(left > 0 && left <= 24 * 3_600_000);
});

test('keys are files that only the registry reads', async (t) => {
  await using registry = await runningRegistry();
  const keys = await readdir(join(registry.folder, 'keys'));
  t.is(keys.length, 9, keys.join());
  for (const key of keys) t.is((await stat(join(registry.folder, 'keys', key))).mode & 0o777, 0o600);
});

test('a client follows through a restart, and the anchor stays what it was', async (t) => {
  await using registry = await runningRegistry();
  const { updater, metadataDir } = await client(registry);
  await updater.refresh();
  const anchor = await readFile(join(registry.folder, 'root.json'));
  await registry.restart();
  const vendor = await registry.vendor();
  await registry.release(vendor);
  const again = await client(registry, metadataDir);
  await again.updater.refresh();
  t.like((await again.updater.getTargetInfo(path))?.custom, { state: 'published' });
  t.deepEqual(await readFile(join(registry.folder, 'root.json')), anchor);
});

test('what is in review is no target and its bytes are nobody’s to fetch', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  const { body } = await registry.publish(vendor);
  await registry.reaches(plugin, '1.0.0', 'in-review');
  const { updater } = await client(registry);
  t.is(await updater.getTargetInfo(path), undefined);
  t.is((await registry.ask(`/v1/bundles/sha256/${body['digest']}`)).status, 404);
});

test('a revocation reaches the client with an id that grows, and killed bytes are not handed out', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.release(vendor);
  const { body } = await registry.ask(`/v1/plugins/${plugin}/1.0.0`);
  const revoke = (strength: string) =>
    registry.review(`/v1/plugins/${plugin}/1.0.0/revocations`, { strength, reason: 'data-leak' });

  const warned = await revoke('warn');
  t.is(warned.body['state'], 'published', JSON.stringify(warned.body));
  t.is((await registry.ask(`/v1/bundles/sha256/${body['digest']}`)).status, 200);
  const killed = await revoke('kill');
  t.is(killed.body['state'], 'revoked');
  const { updater } = await client(registry);
  t.like((await updater.getTargetInfo(path))?.custom, {
    state: 'revoked',
    revoked: { id: 2, strength: 'kill', reason: 'data-leak' },
  });
  const gone = await registry.ask(`/v1/bundles/sha256/${body['digest']}`);
  t.is(gone.status, 410);
  t.is(gone.body['code'], 'release-revoked');
  t.deepEqual((await registry.ask('/v1/plugins')).body['items'], []);
  const { items } = (await registry.ask<{ items: { id: number; strength: string }[] }>('/v1/advisories?after=1')).body;
  t.deepEqual(
    items.map(({ id, strength }) => [id, strength]),
    [[2, 'kill']],
  );
});

test('a version that may not be newly enabled steps back behind an older one in the catalogue', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  for (const version of ['1.0.0', '1.1.0']) await registry.release(vendor, { manifest: { version } });
  const shown = async () => (await registry.ask(`/v1/plugins/${plugin}`)).body['version'];
  t.is(await shown(), '1.1.0');
  await registry.review(`/v1/plugins/${plugin}/1.1.0/revocations`, { strength: 'no-new-enable', reason: 'data-leak' });
  t.is(await shown(), '1.0.0');
  const { updater } = await client(registry);
  const target = await updater.getTargetInfo(`${plugin}/1.1.0.digione`);
  t.like(target?.custom, { state: 'published', revoked: { id: 1, strength: 'no-new-enable' } });
});

test('what was never approved can not be revoked, and a vendor revokes nothing', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.publish(vendor);
  await registry.reaches(plugin, '1.0.0', 'in-review');
  const order = { strength: 'kill', reason: 'data-leak' };
  t.is((await registry.review(`/v1/plugins/${plugin}/1.0.0/revocations`, order)).status, 409);
  const asVendor = await registry.ask(`/v1/plugins/${plugin}/1.0.0/revocations`, {
    method: 'POST',
    token: vendor.token,
    body: order,
  });
  t.is(asVendor.status, 403);
  t.is(await registry.count('revocation'), 0);
});

test('timestamps are signed anew before they end, and a frozen one is refused by clients', async (t) => {
  const clock = fixedClock(new Date(Date.now() - 13 * 3_600_000).toISOString());
  await using registry = await runningRegistry({ clock });
  const { updater } = await client(registry);
  await updater.refresh();
  const before = (await signedOf(registry, 'timestamp.json')).signed['version'] as number;
  clock.advance(13 * 3_600_000);
  await registry.restart();
  const after = (await signedOf(registry, 'timestamp.json')).signed['version'] as number;
  t.is(after, before + 1);

  const frozen = fixedClock(new Date(Date.now() - 25 * 3_600_000).toISOString());
  await using stale = await runningRegistry({ clock: frozen });
  const victim = await client(stale);
  await t.throwsAsync(() => victim.updater.refresh(), { message: /expired/i });
});

test('a registry that is set back to an older state is refused by a client that saw the newer', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  const { updater, metadataDir } = await client(registry);
  await registry.release(vendor);
  await updater.refresh();
  await registry.database.asOwner(`delete from registry.trust_metadata where role = 'timestamp' and version > 1`);
  const later = await client(registry, metadataDir);
  await t.throwsAsync(() => later.updater.refresh());
});

test('metadata of another registry under the same address is refused', async (t) => {
  await using registry = await runningRegistry();
  await using other = await runningRegistry();
  const { metadataDir } = await client(registry);
  await writeFile(join(metadataDir, 'root.json'), await readFile(join(registry.folder, 'root.json')));
  const fooled = await client(other, metadataDir);
  await t.throwsAsync(() => fooled.updater.refresh());
});

test('a registry whose keys are lost does not start with new ones', async (t) => {
  await using registry = await runningRegistry();
  const key = join(registry.folder, 'keys', 'targets-1.pem');
  const kept = await readFile(key);
  await copyFile(join(registry.folder, 'keys', 'root-1.pem'), key);
  await t.throwsAsync(() => registry.restart(), { message: /Restore them/ });
  await writeFile(key, kept);
  await registry.restart();
});

test('there is no metadata under names that are none, and no way out of the folder', async (t) => {
  await using registry = await runningRegistry();
  const names = ['0.root.json', '2.root.json', '99999.targets.json', 'secrets.json', 'timestamp.json%00'];
  for (const name of [...names, '..%2fkeys%2froot-1.pem']) {
    const { status } = await registry.ask(`/v1/trust/${name}`);
    t.true([400, 404].includes(status), `${name}: ${status}`);
  }
});

test('a download under a wrong name, a wrong digest or a strange host gives nothing else', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.release(vendor);
  const { digest } = (await registry.ask(`/v1/plugins/${plugin}/1.0.0`)).body as { digest: string };
  const base = '/v1/trust/targets';
  t.is((await registry.ask(`${base}/${plugin}/${digest}.1.0.0.digione`)).status, 200);
  t.is((await registry.ask(`${base}/${plugin}/${'0'.repeat(64)}.1.0.0.digione`)).status, 404);
  t.is((await registry.ask(`${base}/other-vendor/hello-class/${digest}.1.0.0.digione`)).status, 404);
  t.is((await registry.ask(`${base}/${plugin}/${digest}.2.0.0.digione`)).status, 404);
  t.not((await registry.ask(`${base}/%2e%2e/%2e%2e/${digest}.1.0.0.digione`)).status, 200);
  const spoofed = await registry.ask('/v1/plugins', { headers: { 'x-forwarded-host': 'evil.example' } });
  t.false(spoofed.bytes.toString().includes('evil.example'));
});
