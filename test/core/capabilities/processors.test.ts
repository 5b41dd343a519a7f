import test from 'ava';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import type { Manifest } from '@digione/sdk/manifest';
import { oweAfterConsent, oweAfterErasure } from '../../../core/capabilities/index.ts';
import { newId, systemClock } from '../../../core/kernel/index.ts';
import { acknowledgement, fixedKeys, issueToken, verifyToken, withdrawalNotice } from '../../../core/tokens/index.ts';
import { goodToken, hostileTokens, type Model } from '../../security/identity/hostile-tokens.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type Installed, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

interface Heard {
  path: string | undefined;
  key: string | undefined;
  token: string;
}

const clock = systemClock('2026-11-24');
const theirs = generateKeyPairSync('ed25519');
const strangers = generateKeyPairSync('ed25519');
const names = ['students.givenName', 'students.familyName'];
let world: PluginWorld;
let outside: Server;
let port: number;
let heard: Heard[] = [];
/** What the processor answers to a notice: status and body. */
let answers: (token: string) => Promise<[number, string]>;
let count = 0;

// The names of this test resolve to loopback alone; the guard of the tests knows hosts by their names.
nock.enableNetConnect(/^127\.0\.0\.1:|\.vendor\.example:/);

test.before(async () => {
  outside = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
  await once(outside, 'listening');
  port = (outside.address() as AddressInfo).port;
  world = await pluginWorld({ egress: { allowPrivate: true, resolve: async () => ['127.0.0.1'] } });
});
test.beforeEach(() => {
  heard = [];
  answers = async () => [202, ''];
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
  outside.closeAllConnections();
  outside.close();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let token = '';
  for await (const chunk of request) token += chunk;
  if (request.url === '/data') return void response.end('taken');
  heard.push({ path: request.url, key: request.headers['idempotency-key'] as string | undefined, token });
  const [status, body] = await answers(token);
  response.writeHead(status).end(body);
}

interface Sent extends Installed {
  host: string;
  purpose: string;
  aino: string;
  ask: Installed['ask'];
}

/** A plugin that has sent the names of the class to a host of its own, on consents. */
async function sends({ withKey = true }: { withKey?: boolean } = {}): Promise<Sent> {
  count += 1;
  const host = `p${count}.vendor.example`;
  const publicKey = theirs.publicKey.export({ format: 'jwk' }).x!;
  const entry: Manifest['egress'][number] = {
    host,
    port,
    processor: 'Vendor Cloud Oy',
    country: 'FI',
    purpose: 'class-list',
    elements: names,
    ...(withKey && { withdrawals: { path: '/withdrawals', publicKey } }),
  };
  const [students, storage] = sampleManifest().scopes;
  const http = { ...students, capability: 'http', elements: [] } as unknown as Manifest['scopes'][number];
  const id = `demo-vendor/sends-${count}`;
  const manifest = sampleManifest({ id, egress: [entry], scopes: [students!, storage!, http] });
  const installed = await world.install({ manifest });
  const [aino = ''] = world.town.learners;
  const { purpose } = students!;
  await world.consent(aino, { plugin: id, purpose, elements: names });
  await installed.ask('education.students', {});
  await installed.ask('http.request', { url: `http://${host}:${port}/data`, method: 'POST', body: '{}' });
  return { ...installed, host, purpose, aino };
}

async function withdraw({ plugin, purpose, aino: person }: Sent): Promise<void> {
  const { municipality } = world.town;
  const act = { municipality, action: 'consent.withdraw', person, plugin, purpose };
  await world.database.inTenant(municipality, (tx) =>
    oweAfterConsent(tx, { clock, access: world.plugins.deps.access }, act),
  );
}

const work = () => world.plugins.jobs.drain(world.town.municipality);
const again = (text = 'update processor_notice set next_at = now() where acknowledged_at is null') =>
  world.database.inTenant(world.town.municipality, (tx) => tx.query({ text }));
const overdue = () =>
  again(`update processor_notice set due_at = now() - interval '1 minute' where acknowledged_at is null`);
const settled = () => again(`delete from processor_notice`);

async function read(token: string, host: string) {
  const keys = fixedKeys([{ kid: 'test-log', alg: 'EdDSA', key: world.logKey }]);
  return verifyToken(token, { kind: withdrawalNotice, issuer: 'test-log', audience: host, keys, clock });
}

async function sign(
  token: string,
  { host, key = theirs.privateKey, claims = {} }: { host: string; key?: KeyObject; claims?: object },
): Promise<string> {
  const { sub, notice, municipality } = await read(token, host);
  return issueToken(
    { sub, notice, municipality, ...claims },
    {
      kind: acknowledgement,
      issuer: host,
      audience: 'test-log',
      lifeSeconds: 600,
      key: { kid: host, alg: 'EdDSA', key },
      clock,
    },
  );
}

const bring = (token: string) =>
  world.service.send(undefined, 'POST', '/api/processors/acknowledgements', { acknowledgement: token });
const officer = () => ({
  ...world.town.administrator,
  role: 'dataProtectionOfficer' as const,
  session: 'officer',
  authTime: new Date(),
});
const seen = async () => (await world.service.send(officer(), 'GET', '/api/officer/processors')).body;
const asks = (sent: Sent) => sent.ask('http.request', { url: `http://${sent.host}:${port}/data` });

test.serial(
  'a withdrawal is told to the host that was sent the data, signed, under a name that only the plugin knows',
  async (t) => {
    const sent = await sends();
    const { host, plugin, purpose, aino } = sent;
    await withdraw(sent);
    await work();
    t.is(heard.length, 1);
    t.is(heard[0]?.path, '/withdrawals');
    const claims = await read(heard[0]!.token, host);
    const subject = world.plugins.deps.access.pseudonym(world.town.municipality, plugin, aino);
    t.like(claims, { sub: subject, event: 'consent.withdrawn', reason: 'withdrawn', plugin, purpose });
    t.deepEqual(claims['elements'], [...names].sort());
    t.is(heard[0]?.key, claims['notice'] as string);
    t.false(heard[0]!.token.includes(aino));
    await settled();
  },
);

test.serial('who was sent nothing is told nothing, also of what another purpose covered', async (t) => {
  const sent = await sends();
  await withdraw({ ...sent, aino: world.town.stranger });
  await world.consent(sent.aino, { plugin: sent.plugin, purpose: 'class-notes', elements: ['storage.notes'] });
  await withdraw({ ...sent, purpose: 'class-notes' });
  await work();
  t.deepEqual(heard, []);
});

test.serial('a processor that can not be reached is told again, under the same key', async (t) => {
  const sent = await sends();
  answers = async () => [500, ''];
  await withdraw(sent);
  await work();
  await again();
  answers = async (token) => [200, await sign(token, sent)];
  await work();
  t.is(heard.length, 2);
  t.is(heard[0]?.key, heard[1]?.key);
  await again();
  await work();
  t.is(heard.length, 2);
  t.like(((await seen())['notices'] as object[])[0], { host: sent.host, acknowledgedBy: 'processor', late: false });
  await settled();
});

test.serial(
  'without an acknowledgement by the deadline the host gets nothing more, and the officer sees it',
  async (t) => {
    const sent = await sends();
    await withdraw(sent);
    await work();
    t.is((await asks(sent)).code, undefined);
    await overdue();
    const { code, detail } = await asks(sent);
    t.is(code, 'processor-suspended');
    t.regex(detail ?? '', /has not acknowledged/);
    t.deepEqual((await seen())['suspended'], [sent.host]);
    await work();
    await work();
    const text = `select reason from audit_event where action = 'processor.suspend' and reason = $1`;
    const logged = await world.database.inTenant(world.town.municipality, (tx) =>
      tx.query({ text, values: [sent.host] }),
    );
    t.is(logged.length, 1);
    t.is((await bring(await sign(heard[0]!.token, sent))).status, 204);
    t.is((await asks(sent)).code, undefined);
    t.like(((await seen())['notices'] as object[])[0], { host: sent.host, late: true });
    await settled();
  },
);

test.serial(
  'only the key of the signed manifest can acknowledge, for the notice and the person that it names',
  async (t) => {
    const sent = await sends();
    await withdraw(sent);
    await work();
    const [{ token }] = heard as [Heard];
    const forged: [string, string][] = [
      ['token-refused', await sign(token, { ...sent, key: strangers.privateKey })],
      ['token-refused', `${await sign(token, sent)}`.replace(/.{8}$/, 'AAAAAAAA')],
      ['token-refused', token],
      ['not-allowed', await sign(token, { ...sent, claims: { sub: newId() } })],
      ['not-found', await sign(token, { ...sent, claims: { notice: newId() } })],
      ['not-found', await sign(token, { ...sent, claims: { municipality: newId() } })],
      ['token-refused', 'x.y.z'],
    ];
    for (const [code, acknowledged] of forged) t.is((await bring(acknowledged)).body.code, code, acknowledged);
    await overdue();
    t.is((await asks(sent)).code, 'processor-suspended');
    await settled();
  },
);

test.serial('an acknowledgement counts once: not for the next withdrawal of the same person', async (t) => {
  const sent = await sends();
  await withdraw(sent);
  await work();
  const first = await sign(heard[0]!.token, sent);
  t.is((await bring(first)).status, 204);
  t.is((await bring(first)).body.code, 'not-found');
  await withdraw(sent);
  t.is((await bring(first)).body.code, 'not-found');
  await overdue();
  t.is((await asks(sent)).code, 'processor-suspended');
  await settled();
});

test.serial(
  'two withdrawals before an answer are one notice, and only the newer one can be acknowledged',
  async (t) => {
    const sent = await sends();
    await withdraw(sent);
    await work();
    await withdraw(sent);
    await work();
    t.is(((await seen())['notices'] as object[]).length, 1);
    t.is((await bring(await sign(heard[0]!.token, sent))).body.code, 'not-found');
    t.is((await bring(await sign(heard[1]!.token, sent))).status, 204);
    await settled();
  },
);

test.serial('a processor without a key is told by the officer, who notes its word', async (t) => {
  const sent = await sends({ withKey: false });
  await withdraw(sent);
  await work();
  t.deepEqual(heard, []);
  const [line] = (await seen())['notices'] as { id: string }[];
  t.like(line, { host: sent.host, deliveredAt: null });
  await overdue();
  t.is((await asks(sent)).code, 'processor-suspended');
  const path = `/api/officer/processors/notices/${line!.id}/acknowledged`;
  t.is((await world.service.send(world.town.teacher, 'POST', path, { note: 'x' })).status, 403);
  t.is((await world.service.send(officer(), 'POST', path, { note: 'A letter of 24 November' })).status, 204);
  t.is((await asks(sent)).code, undefined);
  await settled();
});

test.serial('a request that was on its way when the consent ended is found by the second look', async (t) => {
  const sent = await sends();
  await again(`delete from processor_second_look`);
  const { municipality } = world.town;
  const late = { ...sent, aino: world.town.learners[1]! };
  await world.consent(late.aino, { plugin: sent.plugin, purpose: sent.purpose, elements: names });
  await withdraw(late);
  await again('delete from processor_notice');
  await again(`update processor_second_look set look_at = now()`);
  await work();
  t.is(heard.length, 1);
  const subject = world.plugins.deps.access.pseudonym(municipality, sent.plugin, late.aino);
  t.is((await read(heard[0]!.token, sent.host)).sub as string, subject);
  await settled();
});

test.serial('an erasure is told with everything that was sent, and not by other plugins', async (t) => {
  const [one, other] = [await sends(), await sends()];
  const { municipality } = world.town;
  const access = world.plugins.deps.access;
  const erase = (plugins: 'all' | Set<string>) =>
    world.database.inTenant(municipality, (tx) =>
      oweAfterErasure(tx, { clock, access }, { municipality, person: one.aino, plugins }),
    );
  await erase(new Set([one.plugin]));
  await work();
  t.is(heard.length, 1);
  t.like(await read(heard[0]!.token, one.host), { reason: 'erased', purpose: '', elements: [...names].sort() });
  await erase('all');
  t.true(((await seen())['notices'] as { host: string }[]).some(({ host }) => host === other.host));
  await settled();
});

test.serial('the address of a processor is guarded like that of a plugin', async (t) => {
  await using guarded = await pluginWorld({ egress: { allowPrivate: false, resolve: async () => ['127.0.0.1'] } });
  const id = newId();
  await guarded.install({
    manifest: sampleManifest({
      id: 'demo-vendor/inward',
      egress: [
        {
          host: 'inward.vendor.example',
          port,
          processor: 'V',
          country: 'FI',
          purpose: 'class-list',
          elements: names,
          withdrawals: { path: '/withdrawals', publicKey: theirs.publicKey.export({ format: 'jwk' }).x! },
        },
      ],
    }),
  });
  const text = `insert into processor_notice (municipality_id, id, person_id, plugin, host, purpose, reason, elements, subject, asked_at, due_at, next_at)
    values ($1, $2, $2, 'demo-vendor/inward', 'inward.vendor.example', 'x', 'withdrawn', '{}', $2, now(), now() + interval '1 day', now())`;
  const { municipality } = guarded.town;
  await guarded.database.inTenant(municipality, (tx) => tx.query({ text, values: [municipality, id] }));
  await guarded.plugins.jobs.drain(municipality);
  t.deepEqual(heard, []);
  const rows = await guarded.database.inTenant(municipality, (tx) =>
    tx.query<{ attempts: number; delivered_at: Date | null }>({
      text: 'select attempts, delivered_at from processor_notice',
    }),
  );
  t.deepEqual(rows, [{ attempts: 1, delivered_at: null }]);
});

test.serial('No hostile token is taken for an acknowledgement; the good one is, once', async (t) => {
  const sent = await sends();
  await withdraw(sent);
  await work();
  const { sub, notice, municipality } = await read(heard.at(-1)!.token, sent.host);
  const now = Math.floor(clock.now().getTime() / 1000);
  const model: Model = {
    header: { alg: 'EdDSA', typ: 'consent-acknowledgement+jwt', kid: sent.host },
    claims: { iss: sent.host, aud: 'test-log', sub, notice, municipality, jti: 'one', iat: now, exp: now + 60 },
    key: theirs.privateKey,
    kid: sent.host,
    now,
  };
  for (const { title, make } of hostileTokens(model)) {
    const token = make();
    const { status, body } = await bring(token);
    const tooLong = token === '' || token.length > 8192;
    t.deepEqual([status, body.code], tooLong ? [400, 'invalid'] : [401, 'token-refused'], title);
  }
  t.is((await bring(goodToken(model))).status, 204);
  t.is((await bring(goodToken(model))).status, 404);
});
