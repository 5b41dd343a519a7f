import { createPublicKey } from 'node:crypto';
import anyTest, { type TestFn } from 'ava';
import { leafHash, rootOf, verifyConsistency, verifyInclusion, verifyNote } from '../../core/kernel/index.ts';
import { runningRegistry, type RunningRegistry } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry }>;

test.before(async (t) => {
  const registry = await runningRegistry();
  t.context = { registry };
  const vendor = await registry.vendor();
  await registry.release(vendor);
  await registry.review('/v1/plugins/demo-vendor/hello-class/1.0.0/revocations', {
    strength: 'kill',
    reason: 'data-leak',
  });
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

const fromBase64 = (text: string) => Buffer.from(text, 'base64');

async function head(registry: RunningRegistry) {
  const publicKey = createPublicKey((await registry.ask('/v1/log/key')).bytes.toString());
  const note = (await registry.ask('/v1/log/checkpoint')).bytes.toString();
  const { text } = verifyNote(note, [{ name: 'digione-registry', publicKey }]);
  const [, size, root] = text.split('\n');
  return { size: Number(size), root: fromBase64(root!) };
}

test('vendors, keys, uploads, approvals and revocations are in the log, and no name of a person', async (t) => {
  const { items } = (await t.context.registry.ask<{ items: { kind: string; body: string }[] }>('/v1/log/entries')).body;
  t.deepEqual(
    items.map(({ kind }) => kind),
    ['vendor-created', 'key-added', 'release-uploaded', 'release-state', 'release-revoked', 'release-state'],
  );
  t.false(items.some(({ body }) => /Elli|Reino|reviewer-1/.test(body)));
});

test('the signed head covers every entry, and each can be proved', async (t) => {
  const { registry } = t.context;
  const { size, root } = await head(registry);
  const { items } = (await registry.ask<{ items: { index: number; body: string }[] }>('/v1/log/entries')).body;
  t.is(items.length, size);
  t.deepEqual(rootOf(items.map(({ body }) => leafHash(Buffer.from(body)))), root);
  for (const { index, body } of items) {
    const proof = (await registry.ask<{ proof: string[] }>(`/v1/log/proof/inclusion?index=${index}&size=${size}`)).body
      .proof;
    t.true(verifyInclusion({ leaf: leafHash(Buffer.from(body)), index, size, proof: proof.map(fromBase64), root }));
  }
});

test('a later log begins with the earlier one', async (t) => {
  const { registry } = t.context;
  const first = await head(registry);
  await registry.vendor('later-vendor');
  const second = await head(registry);
  t.true(second.size > first.size);
  const { proof } = (
    await registry.ask<{ proof: string[] }>(`/v1/log/proof/consistency?first=${first.size}&second=${second.size}`)
  ).body;
  t.true(verifyConsistency({ first, second, proof: proof.map(fromBase64) }));
});

test('the right edge is served as a partial tile', async (t) => {
  const { registry } = t.context;
  const { size, root } = await head(registry);
  const tile = await registry.ask(`/v1/log/tile/0/000.p/${size}`);
  t.is(tile.status, 200);
  const leaves = Array.from({ length: size }, (_, index) => tile.bytes.subarray(index * 32, index * 32 + 32));
  t.deepEqual(rootOf(leaves), root);
  t.is((await registry.ask('/v1/log/tile/0/000')).status, 404, 'the tile is not full yet');
});

for (const query of [
  'inclusion?index=999999',
  'inclusion?index=-1',
  'inclusion?index=x',
  'inclusion?index=0&size=999999',
  'consistency?first=0&second=1',
  'consistency?first=3&second=2',
  'inclusion?index=1e308',
])
  test(`there is no proof for ${query}`, async (t) => {
    const { status } = await t.context.registry.ask(`/v1/log/proof/${query}`);
    t.true([400, 404].includes(status), String(status));
  });

test('an entry can not be changed or taken out, not even by the registry itself', async (t) => {
  const own = await t.context.registry.database.connectRegistry();
  const attempts = [
    `update log_entry set body = '{}'`,
    'delete from log_entry',
    'truncate log_entry',
    `update content set bytes = ''`,
    'delete from release',
  ];
  for (const text of attempts)
    await t.throwsAsync(() => own.global((tx) => tx.query({ text })), { message: /permission denied/ });
});
