import { createHash } from 'node:crypto';
import test from 'ava';
import { runningRegistry } from './running-registry.ts';

const plugin = 'demo-vendor/hello-class';

test('of twenty publishes of one version with different bytes exactly one wins, and its bytes are those of its metadata', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  const racers = Array.from({ length: 20 }, (_, number) =>
    registry.publish(vendor, { files: { 'README.md': `# Racer ${number}` } }),
  );
  const answers = await Promise.all(racers);
  t.deepEqual(answers.map(({ status }) => status).sort(), [202, ...Array<number>(19).fill(409)]);
  t.true(answers.filter(({ status }) => status === 409).every(({ body }) => body['code'] === 'version-taken'));
  const [kept] = await registry.database.asOwner<{ digest: string; bytes: Buffer; size: number }>(
    'select r.digest, r.size, c.bytes from registry.release r join registry.content c using (digest)',
  );
  t.is(createHash('sha256').update(kept!.bytes).digest('hex'), kept!.digest);
  t.is(kept!.bytes.length, kept!.size);
  t.is(await registry.count('content'), 1, 'the bytes of those that lost are not kept');
  t.is(await registry.count(`log_entry where kind = 'release-uploaded'`), 1);
});

test('twenty versions published at once are all kept', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  const versions = Array.from({ length: 20 }, (_, number) => `1.${number}.0`);
  const answers = await Promise.all(versions.map((version) => registry.publish(vendor, { manifest: { version } })));
  t.true(answers.every(({ status }) => status === 202));
  t.is(await registry.count('release'), 20);
  for (const version of versions) await registry.reaches(plugin, version, 'in-review');
});

test('the same bytes again are answered with 200 and the state, and leave no second trace', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  t.is((await registry.publish(vendor)).status, 202);
  await registry.reaches(plugin, '1.0.0', 'in-review');
  const entries = await registry.count('log_entry');
  const again = await registry.publish(vendor);
  t.is(again.status, 200);
  t.is(again.body['state'], 'in-review');
  t.is(await registry.count('log_entry'), entries);
});

test('a withdrawn version stays taken: other bytes under its number are refused for ever', async (t) => {
  await using registry = await runningRegistry();
  const vendor = await registry.vendor();
  await registry.release(vendor);
  const withdrawn = await registry.ask(`/v1/plugins/${plugin}/1.0.0/state`, {
    method: 'POST',
    token: vendor.token,
    body: { to: 'withdrawn' },
  });
  t.is(withdrawn.body['state'], 'withdrawn', JSON.stringify(withdrawn.body));
  t.is((await registry.publish(vendor, { files: { 'README.md': 'other' } })).status, 409);
  const same = await registry.publish(vendor);
  t.is(same.status, 200);
  t.is(same.body['state'], 'withdrawn', 'the same bytes do not bring it back');
  t.deepEqual((await registry.ask('/v1/plugins')).body['items'], []);
});
