import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import anyTest, { type TestFn } from 'ava';
import { encodeEnvelope, signEnvelope } from '../../registry/bundle/index.ts';
import { exampleManifest } from './example-plugin.ts';
import { refusedWithoutTrace } from './nothing-stored.ts';
import { bundleOf, runningRegistry, type RunningRegistry, type TestVendor, type Upload } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry; vendor: TestVendor; other: TestVendor }>;

test.before(async (t) => {
  const registry = await runningRegistry();
  t.context = { registry, vendor: await registry.vendor(), other: await registry.vendor('other-vendor') };
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

const stranger = generateKeyPairSync('ed25519').privateKey;

/** What is sent, and what must be answered. */
const refusals: { title: string; status: number; code: string; upload: Upload | (() => Promise<Upload>) }[] = [
  { title: 'an unknown token', status: 401, code: 'token-invalid', upload: { token: `dgo_${'a'.repeat(43)}` } },
  {
    title: 'something that is no token',
    status: 401,
    code: 'token-invalid',
    upload: { token: 'Robert"); drop table release;--' },
  },
  {
    title: "another vendor's namespace",
    status: 403,
    code: 'namespace-foreign',
    upload: { to: 'other-vendor/hello-class/1.0.0' },
  },
  { title: 'no envelope', status: 400, code: 'envelope-invalid', upload: { envelope: '' } },
  {
    title: 'an envelope of random letters',
    status: 400,
    code: 'envelope-invalid',
    upload: { envelope: randomBytes(300).toString('base64') },
  },
  {
    title: 'an envelope that is JSON of another shape',
    status: 400,
    code: 'envelope-invalid',
    upload: { envelope: btoa('{"payload":[]}') },
  },
  { title: "a stranger's signature", status: 400, code: 'signature-invalid', upload: { key: stranger } },
  {
    title: 'a signature over another version',
    status: 400,
    code: 'id-mismatch',
    upload: { claim: { version: '2.0.0' } },
  },
  {
    title: 'a signature over another plugin',
    status: 400,
    code: 'id-mismatch',
    upload: { claim: { plugin: 'demo-vendor/other' } },
  },
  {
    title: 'a digest of other bytes',
    status: 400,
    code: 'digest-mismatch',
    upload: { claim: { sha256: 'a'.repeat(64) } },
  },
  { title: 'a size that is not the bytes', status: 400, code: 'digest-mismatch', upload: { claim: { size: 1 } } },
  { title: 'random bytes', status: 422, code: 'bundle-invalid', upload: { bytes: randomBytes(5000) } },
  { title: 'an empty body', status: 400, code: 'envelope-invalid', upload: { bytes: new Uint8Array() } },
  { title: 'gzip of no archive', status: 422, code: 'bundle-invalid', upload: { bytes: gzipSync(randomBytes(5000)) } },
  {
    title: 'a bomb of zeros',
    status: 422,
    code: 'bundle-invalid',
    upload: { bytes: gzipSync(Buffer.alloc(100_000_000)) },
  },
  {
    title: 'a cut-off bundle',
    status: 422,
    code: 'bundle-invalid',
    upload: async () => ({ bytes: (await bundleOf('demo-vendor')).slice(0, 400) }),
  },
  {
    title: 'a manifest of another version',
    status: 400,
    code: 'id-mismatch',
    upload: { manifest: { version: '1.0.1' }, to: 'demo-vendor/hello-class/1.0.0', claim: { version: '1.0.0' } },
  },
  {
    title: "a manifest with another vendor's id",
    status: 400,
    code: 'id-mismatch',
    upload: {
      manifest: { id: 'other-vendor/hello-class' },
      to: 'demo-vendor/hello-class/1.0.0',
      claim: { plugin: 'demo-vendor/hello-class' },
    },
  },
];

for (const { title, status, code, upload } of refusals)
  test(`${title} is refused as ${code}, and nothing of it is kept`, async (t) => {
    const { registry, vendor } = t.context;
    const sent = typeof upload === 'function' ? await upload() : upload;
    await refusedWithoutTrace(t, registry, { status, code, act: () => registry.publish(vendor, sent) });
  });

/** Manifests inside bundles that are otherwise right. */
const manifests: Record<string, string | Record<string, unknown>> = {
  'that is no JSON': '{',
  'with a key twice': `${JSON.stringify(exampleManifest()).slice(0, -1)},"id":"other-vendor/stolen"}`,
  'with a prototype key': `${JSON.stringify(exampleManifest()).slice(0, -1)},"__proto__":{"admin":true}}`,
  'nested a thousand times': `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`,
  'of half a megabyte': { description: { fi: 'a'.repeat(500_000), sv: 'b', en: 'c' } },
  'without Swedish': { name: { fi: 'Luokka', en: 'Class' } },
  'with a version with build metadata': { version: '1.0.0+build' },
  'with letters that only look Latin': { id: 'demo-vendor/hеllo-class' },
  'with a web address that is none': { support: { email: 'a@example.fi', url: 'javascript:alert(1)' } },
  'with a password in its web address': { support: { email: 'a@example.fi', url: 'https://user:secret@example.fi/' } },
  'with a recursive collection schema': {
    collections: [{ ...exampleManifest().collections[0]!, schema: { $ref: '#' } }],
  },
  'with a remote reference in a collection schema': {
    collections: [{ ...exampleManifest().collections[0]!, schema: { $ref: 'https://evil.example/s.json' } }],
  },
  'with a pattern that takes for ever': {
    collections: [
      {
        ...exampleManifest().collections[0]!,
        schema: { type: 'object', properties: { text: { type: 'string', pattern: '^(a+)+$' } } },
      },
    ],
  },
  'with a scope that nobody knows': { scopes: [{ ...exampleManifest().scopes[0]!, capability: 'core.everything' }] },
  'with text that turns the reading order': { name: { fi: 'a\u202eb', sv: 'b', en: 'c' } },
};

for (const [title, manifest] of Object.entries(manifests))
  test(`a manifest ${title} is refused, and nothing of it is kept`, async (t) => {
    const { registry, vendor } = t.context;
    const upload: Upload =
      typeof manifest === 'string'
        ? { files: { 'digione.json': manifest } }
        : { files: { 'digione.json': JSON.stringify({ ...exampleManifest(), ...manifest }) } };
    await refusedWithoutTrace(t, registry, {
      status: 400,
      code: 'manifest-invalid',
      act: () => registry.publish(vendor, upload),
    });
  });

test('a body that says it is too large is refused before anything else is looked at', async (t) => {
  const { registry } = t.context;
  const act = () =>
    registry.ask('/v1/plugins/demo-vendor/hello-class/1.0.0', { method: 'PUT', body: Buffer.alloc(8_000_001) });
  await refusedWithoutTrace(t, registry, { status: 413, code: 'too-large', act });
});

test('a body without a declared length and without an end is cut off at the limit', async (t) => {
  const { registry, vendor } = t.context;
  const claim = { plugin: 'demo-vendor/hello-class', version: '1.0.0', sha256: 'a'.repeat(64), size: 10 };
  const headers = {
    authorization: `Bearer ${vendor.token}`,
    'digione-envelope': encodeEnvelope(signEnvelope(claim, vendor.key)),
  };
  const address = `${registry.url}/v1/plugins/demo-vendor/hello-class/1.0.0`;
  const script = fileURLToPath(new URL('endless-body.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, address, JSON.stringify(headers)]);
  t.true(Number(stdout) >= 8_000_000, 'all that is allowed was read');
  t.is(await registry.count('release'), 0);
});

test('without a token nobody publishes', async (t) => {
  const { registry } = t.context;
  const act = () =>
    registry.ask('/v1/plugins/demo-vendor/hello-class/1.0.0', { method: 'PUT', body: Buffer.from('x') });
  await refusedWithoutTrace(t, registry, { status: 401, code: 'not-signed-in', act });
});

test('an administrator is no vendor and can not publish', async (t) => {
  const { registry } = t.context;
  const act = () => registry.admin('/v1/plugins/demo-vendor/hello-class/1.0.0', {}, 'PUT');
  await refusedWithoutTrace(t, registry, { status: 403, code: 'not-allowed', act });
});

test('a token of one plugin publishes no other of the same vendor', async (t) => {
  const { registry, vendor } = t.context;
  const asked = { vendor: 'demo-vendor', scopes: ['publish'], plugin: 'demo-vendor/only-this', lifetimeSeconds: 60 };
  const { body } = await registry.admin<{ token: string }>('/v1/tokens', asked);
  const act = () => registry.publish(vendor, { token: body.token });
  await refusedWithoutTrace(t, registry, { status: 403, code: 'namespace-foreign', act });
});

test("another vendor's key is not this vendor's, even with this vendor's token", async (t) => {
  const { registry, vendor, other } = t.context;
  const act = () => registry.publish(vendor, { key: other.key });
  await refusedWithoutTrace(t, registry, { status: 400, code: 'signature-invalid', act });
});

test('a revoked key signs nothing any more', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('lost-key');
  const revoked = await registry.admin(`/v1/vendors/lost-key/keys/${vendor.keyId}`, undefined, 'DELETE');
  t.is(revoked.status, 204);
  await refusedWithoutTrace(t, registry, {
    status: 400,
    code: 'signature-invalid',
    act: () => registry.publish(vendor),
  });
});

test('a vendor that is shut out has neither keys nor tokens', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('shut-out');
  const { body } = await registry.admin('/v1/vendors/shut-out/shut-out', undefined);
  t.deepEqual(body, { keys: 1, tokens: 1 });
  await refusedWithoutTrace(t, registry, { status: 401, code: 'token-invalid', act: () => registry.publish(vendor) });
});

for (const address of [
  'demo-vendor/..%2f..%2fetc/1.0.0',
  'Demo-Vendor/hello-class/1.0.0',
  'demo-vendor/hello-class/1.0.0%00',
  'demo-vendor/hello-class/latest!',
])
  test(`the address ${address} names no version`, async (t) => {
    const { registry, vendor } = t.context;
    const answer = await registry.publish(vendor, { to: address });
    t.true([400, 404].includes(answer.status), String(answer.status));
    t.is(await registry.count('release'), 0);
  });
