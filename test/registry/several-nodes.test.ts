import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { Updater } from 'tuf-js';
import { refuse } from '../../core/kernel/index.ts';
import { runningRegistry, serviceToken } from './running-registry.ts';

const names = ['atlas', 'bell-times', 'choir', 'diary', 'experiments', 'forest-walks', 'geometry', 'homework'];

test('two nodes that approve at once sign one line of metadata, and lose nothing', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  const nodes = [registry.url, await registry.another()];
  for (const name of names) await registry.publish(vendor, { manifest: { id: `demo-vendor/${name}` } });
  for (const name of names) await registry.reaches(`demo-vendor/${name}`, '1.0.0', 'in-review');

  const answers = await Promise.all(
    names.map((name, index) =>
      fetch(`${nodes[index % 2]}/v1/review/demo-vendor/${name}/1.0.0/decision`, {
        method: 'POST',
        headers: { authorization: `Bearer ${serviceToken()}`, 'content-type': 'application/json' },
        body: JSON.stringify({ decision: 'approve', reason: 'Fine.' }),
      }),
    ),
  );
  t.deepEqual(
    answers.map(({ status }) => status),
    names.map(() => 200),
  );

  const metadataDir = await mkdtemp(join(tmpdir(), 'digione-tuf-'));
  await copyFile(join(registry.folder, 'root.json'), join(metadataDir, 'root.json'));
  const updater = new Updater({ metadataDir, metadataBaseUrl: `${nodes[1]}/v1/trust` });
  await updater.refresh();
  for (const name of names) t.truthy(await updater.getTargetInfo(`demo-vendor/${name}/1.0.0.digione`), name);
  const versions = await registry.database.asOwner<{ version: number }>(
    `select version from registry.trust_metadata where role = 'targets' order by version`,
  );
  t.deepEqual(
    versions.map(({ version }) => version),
    Array.from({ length: names.length + 1 }, (_, index) => index + 1),
  );
});

test('of two approvals of one version at the same moment one wins', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.publish(vendor);
  await registry.reaches('demo-vendor/hello-class', '1.0.0', 'in-review');
  const path = '/v1/review/demo-vendor/hello-class/1.0.0/decision';
  const decide = (reviewer: string) => registry.review(path, { decision: 'approve', reason: 'Fine.' }, reviewer);
  const both = await Promise.all([decide('reviewer-1'), decide('reviewer-2')]);
  t.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
});

test('an approval whose signature can not be stored did not happen', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.publish(vendor);
  await registry.reaches('demo-vendor/hello-class', '1.0.0', 'in-review');
  const entries = await registry.count('log_entry');
  await registry.database.asOwner(
    `alter table registry.trust_metadata add constraint broken check (version < 2) not valid`,
  );
  const path = '/v1/review/demo-vendor/hello-class/1.0.0/decision';
  const failed = await registry.review(path, { decision: 'approve', reason: 'Fine.' });
  t.is(failed.status, 500);
  t.notRegex(failed.bytes.toString(), /trust_metadata|constraint/, 'a failure explains nothing');
  t.is((await registry.ask('/v1/plugins/demo-vendor/hello-class/1.0.0')).body['state'], 'in-review');
  t.is(await registry.count('log_entry'), entries);
  t.is(await registry.count('trust_target'), 0);
  t.deepEqual((await registry.ask('/v1/plugins')).body['items'], []);

  await registry.database.asOwner('alter table registry.trust_metadata drop constraint broken');
  t.is((await registry.review(path, { decision: 'approve', reason: 'Fine.' })).status, 200);
});

test('checks that a killed node left half done are taken up again', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.publish(vendor);
  await registry.reaches('demo-vendor/hello-class', '1.0.0', 'in-review');
  await registry.database.asOwner(`update registry.release set state = 'checking'`);
  await registry.restart();
  await registry.reaches('demo-vendor/hello-class', '1.0.0', 'in-review');
  t.pass();
});

test('a backend that does not start sends its own version back and holds no other up', async (t) => {
  await using registry = await runningRegistry({
    startInSandbox: async (source) => {
      if (source.includes('spoilt')) refuse('plugin-timeout-cpu', 'it took too long');
    },
  });
  const vendor = await registry.vendor();
  const files = { 'backend.js': '/* spoilt */ education.students; storage.collection;' };
  await registry.publish(vendor, { manifest: { id: 'demo-vendor/atlas' }, files });
  await registry.publish(vendor, { manifest: { id: 'demo-vendor/choir' } });
  await registry.reaches('demo-vendor/choir', '1.0.0', 'in-review');
  t.is((await registry.reaches('demo-vendor/atlas', '1.0.0', 'changes-requested')).status, 200);
});

test('while the sandbox is out of order a version waits, and is checked when it works again', async (t) => {
  let isBroken = true;
  await using registry = await runningRegistry({
    startInSandbox: async () => {
      if (isBroken) throw new Error('no memory');
    },
  });
  const vendor = await registry.vendor();
  await registry.publish(vendor);
  t.is((await registry.reaches('demo-vendor/hello-class', '1.0.0', 'checking')).status, 200);
  isBroken = false;
  await registry.restart();
  t.is((await registry.reaches('demo-vendor/hello-class', '1.0.0', 'in-review')).status, 200);
});
