import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { Updater } from 'tuf-js';
import { bundleOf, runningRegistry } from './running-registry.ts';

const plugin = 'demo-vendor/hello-class';

test('a vendor publishes, a reviewer approves, the catalogue shows it and signed metadata carries the bytes', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();

  const uploaded = await registry.publish(vendor);
  t.is(uploaded.status, 202, JSON.stringify(uploaded.body));
  t.is(uploaded.body['state'], 'uploaded');
  await registry.reaches(plugin, '1.0.0', 'in-review');
  t.deepEqual(
    (await registry.ask<{ items: unknown[] }>('/v1/plugins')).body.items,
    [],
    'not in the catalogue before the approval',
  );

  const seen = await registry.review<{ checks: { ok: boolean }[]; comparedWith: null }>(`/v1/review/${plugin}/1.0.0`);
  t.is(seen.status, 200, JSON.stringify(seen.body));
  t.true(
    seen.body.checks.every(({ ok }) => ok),
    JSON.stringify(seen.body.checks),
  );
  const decided = await registry.review(`/v1/review/${plugin}/1.0.0/decision`, {
    decision: 'approve',
    reason: 'Fine.',
  });
  t.is(decided.status, 200, JSON.stringify(decided.body));
  t.is(decided.body['state'], 'published');
  t.is(decided.body['consentMajor'], 1);

  const { items } = (await registry.ask<{ items: { plugin: string }[] }>('/v1/plugins?q=helo%20clas')).body;
  t.deepEqual(
    items.map((item) => item.plugin),
    [plugin],
  );

  const metadataDir = await mkdtemp(join(tmpdir(), 'digione-tuf-'));
  await copyFile(join(registry.folder, 'root.json'), join(metadataDir, 'root.json'));
  const updater = new Updater({
    metadataDir,
    targetDir: metadataDir,
    metadataBaseUrl: `${registry.url}/v1/trust`,
    targetBaseUrl: `${registry.url}/v1/trust/targets`,
  });
  await updater.refresh();
  const target = await updater.getTargetInfo(`${plugin}/1.0.0.digione`);
  const bytes = await bundleOf('demo-vendor');
  t.is(target?.hashes['sha256'], createHash('sha256').update(bytes).digest('hex'));
  t.like(target?.custom, { plugin, version: '1.0.0', state: 'published', channel: 'stable', consentMajor: 1 });
  t.deepEqual(await readFile(await updater.downloadTarget(target!)), Buffer.from(bytes));
});
