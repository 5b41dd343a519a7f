import anyTest, { type TestFn } from 'ava';
import { randomUUID } from 'node:crypto';
import { runningRegistry, service, type RunningRegistry, type TestVendor } from '../../registry/running-registry.ts';
import { goodToken, hostileTokens, type Model } from './hostile-tokens.ts';

// One after the other: each asks all doors at once.
const test = anyTest.serial as TestFn;

/** Every address of the registry takes a bearer token, the public ones too: each is asked with each hostile token. */
let registry: RunningRegistry;
let vendor: TestVendor;
let doors: { method: string; path: string }[];
test.before(async () => {
  registry = await runningRegistry();
  vendor = await registry.vendor('token-vendor');
  const { body } = await registry.ask<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json');
  doors = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/[{}]/g, '') })),
  );
});
test.after.always(() => registry?.[Symbol.asyncDispose]());

function model(claims: Record<string, unknown> = {}): Model {
  const now = Math.floor(Date.now() / 1000);
  const person = { sub: 'reviewer-1', name: 'Reino Arvioija', role: 'reviewer' };
  return {
    header: { alg: 'ES256', typ: 'service+jwt', kid: 'service' },
    claims: { iss: 'core', aud: 'registry', ...person, jti: randomUUID(), iat: now, exp: now + 60, ...claims },
    key: service.privateKey,
    kid: 'service',
    now,
  };
}

/** Answers of all doors, each to a header of its own, as `status code`. */
async function askAll(header: () => string): Promise<string[]> {
  const answers = await Promise.all(
    doors.map(({ method, path }) => registry.ask(path, { method, headers: { authorization: header() } })),
  );
  return [...new Set(answers.map(({ status, body }) => `${status} ${body['code']}`))];
}

test('The doors are those of the whole registry', (t) => {
  t.true(doors.length > 20, String(doors.length));
  for (const path of ['/v1/tokens', '/v1/review/queue'])
    t.true(
      doors.some((door) => door.path === path),
      path,
    );
});

test('The model itself opens the door of reviewers', async (t) => {
  t.is((await registry.ask('/v1/review/queue', { token: goodToken(model()) })).status, 200);
});

/** A header can not carry these as they are: HTTP itself cuts or refuses them. */
const fitsHeader = (token: string) => token === token.trim() && token !== '';
const table = hostileTokens(model());
for (const { title } of table.filter(({ make }) => fitsHeader(make())))
  test(`A service token with ${title} is refused at every door`, async (t) => {
    const make = () =>
      hostileTokens(model())
        .find((one) => one.title === title)!
        .make();
    t.deepEqual(await askAll(() => `Bearer ${make()}`), ['401 token-invalid']);
  });

const otherPersons: [string, Record<string, unknown>][] = [
  ['of another role', { role: 'administrator' }],
  ['of several roles', { role: ['reviewer'] }],
  ['without a role', { role: undefined }],
  ['without a person', { sub: undefined }],
  ['without a name', { name: undefined }],
  ['with a nonce, as ID tokens have', { nonce: 'x' }],
  ['with events, as logout tokens have', { events: {} }],
  ['without an id', { jti: undefined }],
];
for (const [title, claims] of otherPersons)
  test(`A service token ${title} is refused at every door`, async (t) => {
    t.deepEqual(await askAll(() => `Bearer ${goodToken(model(claims))}`), ['401 token-invalid']);
  });

test('A service token that was used is refused at every door', async (t) => {
  const token = goodToken(model());
  t.is((await registry.ask('/v1/review/queue', { token })).status, 200);
  t.deepEqual(await askAll(() => `Bearer ${token}`), ['401 token-replayed']);
});

const hostilePublishTokens: [string, (good: string) => string][] = [
  ['that nobody issued', () => `Bearer dgo_${'a'.repeat(43)}`],
  ['with a letter more', (good) => `Bearer ${good}A`],
  ['with a letter less', (good) => `Bearer ${good.slice(0, -1)}`],
  ['with padding', (good) => `Bearer ${good}=`],
  ['without its prefix', (good) => `Bearer ${good.slice(4)}`],
  ['with its prefix in capitals', (good) => `Bearer ${good.replace('dgo_', 'DGO_')}`],
  ['with two prefixes', (good) => `Bearer dgo_${good}`],
  ['twice', (good) => `Bearer ${good}, Bearer ${good}`],
  ['after a space', (good) => `Bearer x ${good}`],
  ['without a scheme', (good) => good],
  ['under another scheme', (good) => `Token ${good}`],
  ['as a password', (good) => `Basic ${btoa(`vendor:${good}`)}`],
  ['as its stored hash', () => `Bearer ${'0'.repeat(64)}`],
  ['as a pattern', () => 'Bearer dgo_%'],
];
for (const [title, header] of hostilePublishTokens)
  test(`A publish token ${title} is refused at every door`, async (t) => {
    t.deepEqual(await askAll(() => header(vendor.token)), ['401 token-invalid']);
  });

test('A publish token counts in the header alone', async (t) => {
  const plugin = '/v1/plugins/token-vendor/hello-class/1.0.0';
  for (const path of [`${plugin}?token=${vendor.token}`, `${plugin}?access_token=${vendor.token}`]) {
    const inBody = { method: 'PUT', body: { token: vendor.token } };
    t.is((await registry.ask(path, inBody)).status, 401);
    const inCookie = { method: 'PUT', headers: { cookie: `token=${vendor.token}; sid=${vendor.token}` } };
    t.is((await registry.ask(path, inCookie)).status, 401);
  }
});

test('A publish token opens nothing that is not its vendor’s', async (t) => {
  const mine = new Set(['PUT /v1/plugins/vendor/name/version', 'POST /v1/plugins/vendor/name/version/state']);
  for (const { method, path } of doors.filter(({ method: verb }) => verb !== 'GET')) {
    const answer = await registry.ask(path, { method, token: vendor.token, body: {} });
    t.true(mine.has(`${method} ${path}`) ? answer.status >= 400 : answer.status === 403, `${method} ${path}`);
  }
});
