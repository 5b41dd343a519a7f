import { generateKeyPairSync } from 'node:crypto';
import anyTest, { type TestFn } from 'ava';
import { runningRegistry, serviceToken, type Answer, type RunningRegistry } from './running-registry.ts';

const test = anyTest.serial as TestFn<{ registry: RunningRegistry }>;

interface Desk {
  role: string;
  members: { id: string; name: string; username: string | null; hasSignedIn: boolean }[];
  keys: { keyId: string; revokedAt: string | null }[];
  tokens: { id: string; isGood: boolean }[];
  plugins: { plugin: string; versions: { version: string; state: string }[] }[];
}

test.before(async (t) => {
  const registry = await runningRegistry();
  t.context = { registry };
  for (const [namespace, owner] of [
    ['koulu-apps', 'elli'],
    ['muut-apps', 'muu'],
  ])
    await registry.admin('/v1/vendors', {
      namespace,
      name: `${namespace} Oy`,
      businessId: '1234567-1',
      country: 'FI',
      members: [{ name: owner, role: 'owner', username: `${owner}@example.org` }],
    });
});
test.after.always((t) => t.context.registry?.[Symbol.asyncDispose]());

/** Asks as a person whom the core names. */
function as<T = Record<string, unknown>>(
  registry: RunningRegistry,
  who: string,
  path: string,
  body?: object,
): Promise<Answer<T>> {
  const token = serviceToken({ sub: `account-of-${who}`, name: who, role: 'vendor', username: `${who}@example.org` });
  return registry.ask<T>(`/v1/console${path}`, { method: body ? 'POST' : 'GET', token, ...(body && { body }) });
}

const desk = async (registry: RunningRegistry, who = 'elli') => (await as<Desk>(registry, who, '/koulu-apps')).body;

test('an owner named by user name finds the vendor at the first sign-in, and nobody else’s', async (t) => {
  const { registry } = t.context;
  const mine = await as<{ items: object[] }>(registry, 'elli', '');
  t.like(mine.body, { items: [{ namespace: 'koulu-apps', role: 'owner' }] });
  t.is((await as(registry, 'elli', '/muut-apps')).body['code'], 'namespace-foreign');
  t.deepEqual((await as(registry, 'stranger', '')).body, { items: [] });
});

test('a user name that passes to another person brings no membership along', async (t) => {
  const { registry } = t.context;
  const heir = serviceToken({ sub: 'another-account', name: 'x', role: 'vendor', username: 'elli@example.org' });
  const { body } = await registry.ask('/v1/console', { token: heir });
  t.deepEqual(body, { items: [] });
});

test('a reviewer, a publisher and a stranger have no desk', async (t) => {
  const { registry } = t.context;
  const vendor = await registry.vendor('desk-less');
  t.is((await registry.ask('/v1/console', { token: serviceToken() })).status, 403);
  t.is((await registry.ask('/v1/console', { token: vendor.token })).status, 403);
  t.is((await registry.ask('/v1/console')).status, 401);
});

test('a developer is invited, makes a token that publishes, and the owner ends it', async (t) => {
  const { registry } = t.context;
  const member = { name: 'Dev', username: 'dev@example.org', role: 'developer' };
  t.is((await as(registry, 'elli', '/koulu-apps/members', member)).status, 201);
  t.is((await as(registry, 'elli', '/koulu-apps/members', member)).body['code'], 'conflict');
  const order = { lifetimeSeconds: 3600 };
  const made = await as<{ id: string; token: string }>(registry, 'dev', '/koulu-apps/tokens', order);
  t.is(made.status, 201);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
  t.is((await as(registry, 'dev', '/koulu-apps/keys', { publicKey: pem })).body['code'], 'not-allowed');
  const key = await as<{ keyId: string }>(registry, 'elli', '/koulu-apps/keys', { publicKey: pem });
  t.is(key.status, 201);
  const vendor = {
    namespace: 'koulu-apps',
    key: privateKey,
    keyId: key.body.keyId,
    member: '',
    token: made.body.token,
  };
  t.is((await registry.publish(vendor)).status, 202);
  await registry.reaches('koulu-apps/hello-class', '1.0.0', 'in-review', 'held');
  const seen = await desk(registry, 'dev');
  t.is(seen.role, 'developer');
  t.is(seen.plugins[0]?.plugin, 'koulu-apps/hello-class');
  t.false(JSON.stringify(seen).includes(made.body.token), 'a token’s text is told once');
  t.is((await as(registry, 'elli', `/koulu-apps/tokens/${made.body.id}/revoke`, {})).status, 204);
  const after = await registry.publish(vendor, { manifest: { version: '1.0.1' } });
  t.is(after.body['code'], 'token-invalid');
});

test('the words of the reviewer and the checks reach the vendor, and no other vendor', async (t) => {
  const { registry } = t.context;
  const path = '/v1/review/koulu-apps/hello-class/1.0.0/decision';
  await registry.review(path, { decision: 'request-changes', reason: 'Say why the address is needed.' });
  const own = await as<{ versions: { state: string; checks: object[]; transitions: { evidence: object }[] }[] }>(
    registry,
    'elli',
    '/koulu-apps/plugins/hello-class',
  );
  t.is(own.body.versions[0]?.state, 'changes-requested');
  t.true(own.body.versions[0]!.checks.length > 0);
  t.deepEqual(own.body.versions[0]!.transitions.at(-1)?.evidence, { note: 'Say why the address is needed.' });
  t.is((await as(registry, 'muu', '/koulu-apps/plugins/hello-class')).body['code'], 'namespace-foreign');
  const token = serviceToken({ sub: 'account-of-muu', name: 'x', role: 'vendor', username: 'muu@example.org' });
  const publicPage = await registry.ask('/v1/plugins/koulu-apps/hello-class/1.0.0', { token });
  t.is(publicPage.body['transitions'], undefined);
});

test('whoever is removed loses desk and tokens at once', async (t) => {
  const { registry } = t.context;
  const made = await as<{ token: string }>(registry, 'dev', '/koulu-apps/tokens', { lifetimeSeconds: 3600 });
  const dev = (await desk(registry)).members.find(({ name }) => name === 'Dev')!;
  t.true(dev.hasSignedIn);
  t.is((await as(registry, 'dev', `/koulu-apps/members/${dev.id}/remove`, {})).body['code'], 'not-allowed');
  t.is((await as(registry, 'elli', `/koulu-apps/members/${dev.id}/remove`, {})).status, 204);
  t.is((await as(registry, 'dev', '/koulu-apps')).body['code'], 'namespace-foreign');
  t.is((await registry.ask('/v1/facets', { token: made.body.token })).body['code'], 'token-invalid');
  const elli = (await desk(registry)).members.find(({ name }) => name === 'elli')!;
  t.is((await as(registry, 'elli', `/koulu-apps/members/${elli.id}/remove`, {})).body['code'], 'conflict');
});

test('whoever was a member does not review the vendor’s versions either', async (t) => {
  const { registry } = t.context;
  const answer = await registry.review(
    '/v1/review/koulu-apps/hello-class/1.0.0/decision',
    { decision: 'approve', reason: 'Mine.' },
    'account-of-dev',
  );
  t.is(answer.body['code'], 'approver-is-publisher');
});

test('one call ends every key and token; the vendor goes on with a new key', async (t) => {
  const { registry } = t.context;
  for (let round = 0; round < 3; round++) await as(registry, 'elli', '/koulu-apps/tokens', { lifetimeSeconds: 3600 });
  const { body } = await as(registry, 'elli', '/koulu-apps/revoke-everything', {});
  t.deepEqual(body, { keys: 1, tokens: 3 });
  const left = await desk(registry);
  t.true(left.keys.every(({ revokedAt }) => revokedAt !== null));
  t.true(left.tokens.every(({ isGood }) => !isGood));
  t.is((await as(registry, 'elli', '/koulu-apps/tokens', { lifetimeSeconds: 3600 })).status, 201);
});

test('a token of the desk lives a day at most, and for the vendor’s own plugins alone', async (t) => {
  const { registry } = t.context;
  t.is((await as(registry, 'elli', '/koulu-apps/tokens', { lifetimeSeconds: 86_401 })).status, 400);
  const foreign = { lifetimeSeconds: 60, plugin: 'muut-apps/thing' };
  t.is((await as(registry, 'elli', '/koulu-apps/tokens', foreign)).body['code'], 'namespace-foreign');
});

test('of two people invited under one name at the same moment one is kept', async (t) => {
  const { registry } = t.context;
  const member = { name: 'Twin', username: 'twin@example.org', role: 'approver' };
  const both = await Promise.all([1, 2].map(() => as(registry, 'elli', '/koulu-apps/members', member)));
  t.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
});
