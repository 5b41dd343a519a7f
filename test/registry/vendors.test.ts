import { generateKeyPairSync } from 'node:crypto';
import anyTest, { type TestFn } from 'ava';
import { fixedClock } from '../../core/kernel/index.ts';
import { refusedWithoutTrace } from './nothing-stored.ts';
import { runningRegistry, type RunningRegistry } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry }>;

test.before(async (t) => {
  t.context = { registry: await runningRegistry() };
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

const newVendor = {
  namespace: 'new-vendor',
  name: 'Uusi Oy',
  businessId: '1234567-1',
  country: 'FI',
  members: [{ name: 'Elli', role: 'owner' }],
};
const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
  String(key.export({ type: 'spki', format: 'pem' }));

test('a namespace belongs to one vendor', async (t) => {
  const { registry } = t.context;
  t.is((await registry.admin('/v1/vendors', newVendor)).status, 201);
  const act = () => registry.admin('/v1/vendors', { ...newVendor, name: 'Toinen Oy' });
  await refusedWithoutTrace(t, registry, { status: 409, code: 'namespace-taken', act });
});

test('vendors, keys and tokens are made by the administrator alone', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('plain-vendor');
  for (const path of [
    '/v1/vendors',
    '/v1/vendors/plain-vendor/keys',
    '/v1/tokens',
    '/v1/vendors/plain-vendor/shut-out',
  ])
    for (const token of [vendor.token, undefined]) {
      const answer = await registry.ask(path, { method: 'POST', body: {}, ...(token !== undefined && { token }) });
      t.is(answer.status, token === undefined ? 401 : 403, path);
    }
});

const badVendors: Record<string, object> = {
  'a namespace in capitals': { namespace: 'New-Vendor' },
  'a namespace with letters that look Latin': { namespace: 'nеw-vendor' },
  'a namespace with a slash': { namespace: 'a/b' },
  'no members': { members: [] },
  'an unknown role': { members: [{ name: 'x', role: 'king' }] },
  'a member more than asked': { state: 'suspended' },
};
for (const [title, change] of Object.entries(badVendors))
  test(`a vendor with ${title} is refused`, async (t) => {
    const { registry } = t.context;
    const act = () => registry.admin('/v1/vendors', { ...newVendor, namespace: 'other-new', ...change });
    await refusedWithoutTrace(t, registry, { status: 400, code: 'invalid', act });
  });

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const badKeys: Record<string, string> = {
  'an RSA key': pem(rsa.publicKey),
  'a private key': String(ed.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  'random text': 'x'.repeat(60),
};
for (const [title, publicKey] of Object.entries(badKeys))
  test(`${title} is no vendor key`, async (t) => {
    const { registry } = t.context;
    await registry.vendor(`keys-${title.replaceAll(' ', '-').toLowerCase()}`);
    const act = () => registry.admin('/v1/vendors/new-vendor/keys', { publicKey });
    await refusedWithoutTrace(t, registry, { status: 400, code: 'invalid', act });
  });

test('a key belongs to one vendor once', async (t) => {
  const { registry } = t.context;
  const publicKey = pem(ed.publicKey);
  t.is((await registry.admin('/v1/vendors/new-vendor/keys', { publicKey })).status, 201);
  const act = () => registry.admin('/v1/vendors/new-vendor/keys', { publicKey });
  await refusedWithoutTrace(t, registry, { status: 409, code: 'key-known', act });
});

test('the public page of a vendor shows keys, and no member and no token', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('shown-vendor');
  const { body, bytes } = await registry.ask<{ keys: { keyId: string }[] }>('/v1/vendors/shown-vendor');
  t.is(body.keys[0]?.keyId, vendor.keyId);
  t.notRegex(bytes.toString(), /Elli|dgo_/);
});

test('a token lives a day at most, is told once and kept as a hash', async (t) => {
  const { registry } = t.context;
  const asked = { vendor: 'new-vendor', scopes: ['publish'], lifetimeSeconds: 86_401 };
  t.is((await registry.admin('/v1/tokens', asked)).status, 400);
  const { body } = await registry.admin<{ token: string }>('/v1/tokens', { ...asked, lifetimeSeconds: 86_400 });
  t.regex(body.token, /^dgo_[A-Za-z0-9_-]{43}$/);
  const [found] = await registry.database.asOwner<{ text: string }>(
    'select string_agg(publish_token::text, chr(10)) as text from registry.publish_token',
  );
  t.false(found!.text.includes(body.token));
});

test('a token for a plugin of another namespace is not issued', async (t) => {
  const asked = { vendor: 'new-vendor', scopes: ['publish'], plugin: 'other/thing', lifetimeSeconds: 60 };
  t.is((await t.context.registry.admin('/v1/tokens', asked)).body['code'], 'namespace-foreign');
});

test('an expired token publishes nothing', async (t) => {
  const clock = fixedClock(new Date().toISOString());
  await using registry = await runningRegistry({ clock });
  const vendor = await registry.vendor();
  clock.advance(3_601_000);
  await refusedWithoutTrace(t, registry, { status: 401, code: 'token-invalid', act: () => registry.publish(vendor) });
});
