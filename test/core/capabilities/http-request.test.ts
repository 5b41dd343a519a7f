import test from 'ava';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import type { Manifest } from '@digione/sdk/manifest';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

interface Heard {
  path: string;
  method: string;
  host: string | undefined;
  authorization: string | undefined;
  body: string;
}

let world: PluginWorld;
let outside: Server;
let port: number;
const heard: Heard[] = [];
const addresses = new Map<string, string[]>();

// The names of this test resolve to loopback alone; the guard of the tests knows hosts by their names.
nock.enableNetConnect(/^127\.0\.0\.1:|\.vendor\.example:/);

test.before(async () => {
  outside = createServer(answer).listen(0, '127.0.0.1');
  await once(outside, 'listening');
  port = (outside.address() as AddressInfo).port;
  world = await pluginWorld({
    egress: { allowPrivate: true, resolve: async (host) => addresses.get(host) ?? ['127.0.0.1'] },
  });
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
  outside.closeAllConnections();
  outside.close();
});

async function answer(request: IncomingMessage, response: import('node:http').ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const path = request.url ?? '';
  const { method = '', headers } = request;
  heard.push({ path, method, host: headers.host, authorization: headers.authorization, body });
  if (path.startsWith('/to?')) return void response.writeHead(302, { location: path.slice(4) }).end();
  if (path === '/loop') return void response.writeHead(302, { location: '/loop' }).end();
  if (path === '/large') return void response.end('x'.repeat(600_000));
  if (path === '/never') return;
  if (path === '/broken') return void request.socket.destroy();
  response.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': 'a=1', 'x-inner': 'secret' }).end('answer');
}

type Egress = Manifest['egress'][number];
const entry = (more: Partial<Egress> = {}): Egress => ({
  host: 'api.vendor.example',
  port,
  processor: 'Vendor Cloud Oy',
  country: 'FI',
  purpose: 'class-list',
  elements: [],
  ...more,
});

const [studentsScope, storageScope] = sampleManifest().scopes;

function manifestOf(name: string, egress: Egress[]): Manifest {
  const httpScope = { ...studentsScope, capability: 'http', elements: [] } as unknown as Manifest['scopes'][number];
  return sampleManifest({ id: `demo-vendor/${name}`, egress, scopes: [studentsScope!, storageScope!, httpScope] });
}

const url = (path = '/x', host = 'api.vendor.example') => `http://${host}:${port}${path}`;

test.serial('a request reaches a declared host, with its answer but not its inner headers', async (t) => {
  const { ask } = await world.install({ manifest: manifestOf('asks', [entry()]) });
  const headers = { Authorization: 'Bearer key', 'content-type': 'application/json' };
  const { value } = await ask('http.request', { url: url('/submit'), method: 'POST', headers, body: '{}' });
  t.deepEqual(value, { status: 201, headers: { 'content-type': 'text/plain' }, body: 'answer' });
  t.like(heard.at(-1), {
    path: '/submit',
    method: 'POST',
    host: `api.vendor.example:${port}`,
    authorization: 'Bearer key',
    body: '{}',
  });
});

test.serial('a host or port that the manifest does not name is refused by name, and nothing is sent', async (t) => {
  const { ask } = await world.install({ manifest: manifestOf('elsewhere', [entry()]) });
  const before = heard.length;
  for (const address of [
    url('/x', 'other.example'),
    'http://api.vendor.example:1/x',
    url('/x', 'api.vendor.example.evil.example'),
  ]) {
    const { code, detail } = await ask('http.request', { url: address });
    t.is(code, 'scope-missing', address);
    t.regex(detail ?? '', /does not declare/);
  }
  t.is(heard.length, before);
});

test.serial('without the scope there are no requests', async (t) => {
  const { ask } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/no-http', egress: [entry()] }) });
  t.is((await ask('http.request', { url: url() })).code, 'scope-missing');
});

test.serial('what was read may go only where the agreement lets it go', async (t) => {
  const names = ['students.givenName', 'students.familyName'];
  const egress = [entry(), entry({ host: 'names.vendor.example', elements: names })];
  const { ask, plugin } = await world.install({ manifest: manifestOf('flows', egress) });
  t.is((await ask('http.request', { url: url('/before') })).code, undefined);
  await ask('education.students', {});
  const { code, detail } = await ask('http.request', { url: url('/after') });
  t.is(code, 'not-allowed');
  t.regex(detail ?? '', /students\.familyName, students\.givenName/);
  t.false(heard.some(({ path }) => path === '/after'));
  t.is((await ask('http.request', { url: url('/named', 'names.vendor.example') })).code, undefined);
  const text = 'select reason, elements, subjects from audit_event where plugin = $1 and action = $2 order by at';
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query<{ reason: string; elements: string[]; subjects: string[] }>({ text, values: [plugin, 'data.disclose'] }),
  );
  t.deepEqual(
    rows.map(({ reason }) => reason),
    ['api.vendor.example', 'names.vendor.example'],
  );
  t.deepEqual([...(rows[1]?.subjects ?? [])].sort(), [...world.town.learners].sort());
  t.deepEqual(rows[0]?.subjects, []);
});

test.serial(
  'what may be used here and sent nowhere goes to no host, whatever the agreement says of the host',
  async (t) => {
    const egress = [entry({ elements: ['students.givenName', 'students.familyName'] })];
    const { ask } = await world.install({ manifest: manifestOf('nowhere', egress) }, {}, { noExport: true });
    await ask('education.students', {});
    const { code, detail } = await ask('http.request', { url: url('/nowhere') });
    t.is(code, 'not-allowed');
    t.regex(detail ?? '', /students\.familyName, students\.givenName/);
    t.false(heard.some(({ path }) => path === '/nowhere'));
  },
);

test.serial('what one context read does not weigh on another person', async (t) => {
  const manifest = manifestOf('persons', [entry()]);
  manifest.audience.roles = ['teacher', 'principal'];
  const { ask } = await world.install({ manifest });
  await ask('education.students', {});
  t.is((await ask('http.request', { url: url() })).code, 'not-allowed');
  t.is((await ask('http.request', { url: url() }, world.town.principal)).code, undefined);
});

test.serial('a record that was read weighs too', async (t) => {
  const { ask, plugin } = await world.install({ manifest: manifestOf('records', [entry()]) });
  const [aino = ''] = world.town.learners;
  await world.consent(aino, { plugin, purpose: 'class-notes', elements: ['storage.notes'] });
  const subject = world.plugins.deps.access.pseudonym(world.town.municipality, plugin, aino);
  await ask('storage.put', { collection: 'notes', subject, value: { text: 'x' } });
  t.is((await ask('http.request', { url: url() })).code, undefined);
  await ask('storage.list', { collection: 'notes' });
  const { code, detail } = await ask('http.request', { url: url() });
  t.is(code, 'not-allowed');
  t.regex(detail ?? '', /storage\.notes/);
});

test.serial('each redirect is checked as a request of its own', async (t) => {
  const { ask } = await world.install({
    manifest: manifestOf('redirects', [entry(), entry({ host: 'cdn.vendor.example' })]),
  });
  const headers = { authorization: 'Bearer key' };
  const good = await ask('http.request', { url: url(`/to?${url('/end', 'cdn.vendor.example')}`), headers });
  t.like(good.value as object, { status: 201 });
  t.like(heard.at(-1), { path: '/end', authorization: undefined });
  t.is((await ask('http.request', { url: url(`/to?${url('/end', 'other.example')}`) })).code, 'scope-missing');
  t.is((await ask('http.request', { url: url('/to?ftp://x.example/') })).code, 'not-allowed');
  t.is((await ask('http.request', { url: url('/loop') })).code, 'unavailable');
});

test.serial('a host that is silent, broken or talks too long is unavailable', async (t) => {
  const { ask } = await world.install({ manifest: manifestOf('faults', [entry()]) });
  for (const path of ['/broken', '/large', '/never'])
    t.is((await ask('http.request', { url: url(path) })).code, 'unavailable', path);
});

const wrong: [object, string][] = [
  [{ url: 'not a url' }, 'invalid-argument'],
  [{ url: 'ftp://api.vendor.example/' }, 'not-allowed'],
  [{ url: 'http://user:pass@api.vendor.example/' }, 'invalid-argument'],
  [{ url: 'https://x', method: 'TRACE' }, 'invalid-argument'],
  [{ url: 'https://x.example/', headers: { cookie: 'a=1' } }, 'not-allowed'],
  [{ url: 'https://x.example/', headers: { host: 'evil' } }, 'not-allowed'],
  [{ url: 'https://x.example/', headers: { accept: 'a\r\nb: c' } }, 'invalid-argument'],
  [{ url: 'https://x.example/', body: 5 }, 'invalid-argument'],
  [{}, 'invalid-argument'],
];

for (const [argument, code] of wrong) {
  test.serial(`http.request refuses ${JSON.stringify(argument)}`, async (t) => {
    shaped ??= world.install({ manifest: manifestOf('shaped', [entry()]) });
    t.is((await (await shaped).ask('http.request', argument)).code, code);
  });
}

let shaped: ReturnType<PluginWorld['install']> | undefined;

test.serial('outside development only https goes out, and only to public addresses', async (t) => {
  await using strict = await pluginWorld({
    egress: {
      allowPrivate: false,
      resolve: async (host) => (host === 'mixed.vendor.example' ? ['93.184.216.34', '10.0.0.1'] : ['127.0.0.1']),
    },
  });
  const egress = [entry(), entry({ host: 'mixed.vendor.example' })];
  const { ask } = await strict.install({ manifest: manifestOf('strict', egress) });
  const before = heard.length;
  t.is((await ask('http.request', { url: url() })).code, 'not-allowed');
  t.is((await ask('http.request', { url: `https://api.vendor.example:${port}/` })).code, 'not-allowed');
  t.is((await ask('http.request', { url: `https://mixed.vendor.example:${port}/` })).code, 'not-allowed');
  t.is(heard.length, before);
});
