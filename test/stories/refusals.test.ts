import anyTest, { type TestFn } from 'ava';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { encodeEnvelope, signEnvelope } from '@digione/registry/bundle';
import { sha256Hex } from '../../core/kernel/index.ts';
import { municipalities, story } from '../../core/demo/index.ts';
import type { Person } from '../support/browserless.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { callPlugin, enabledInSchool, helloClass, type Listing } from './hello-class.ts';
import { until } from './until.ts';

interface Context {
  platform: RunningPlatform;
  administrator: Person;
  teacher: Person;
}
const test = (anyTest as TestFn<Context>).serial;

anyTest.before(async (t) => {
  t.timeout(400_000);
  const context = t.context as Context;
  context.platform = await runningPlatform();
  const { administrator } = await enabledInSchool(context.platform);
  context.administrator = administrator;
  context.teacher = await context.platform.signIn(story.teacher.sub, '092', 'mpassid');
});
anyTest.after.always(async (t) => (t.context as Context).platform?.[Symbol.asyncDispose]());

const listClass = (person: Person) => callPlugin<Listing>(person, 'todaysClass', {});

test('a plugin that nobody enabled is refused by name', async (t) => {
  const answer = await t.context.teacher.api('POST', '/api/plugins/nobody/nothing/call', {
    method: 'x',
    argument: null,
  });
  t.is(answer.status, 404);
  t.regex(String(answer.code), /^plugin-(unknown|not-enabled)$/);
});

test('a method that the plugin does not have, and an argument that is no JSON object of ours, are refused', async (t) => {
  const unknown = await callPlugin(t.context.teacher, 'dropEverything', {});
  t.true(unknown.status >= 400 && unknown.status < 500, String(unknown.status));
  const shapeless = await t.context.teacher.api('POST', `/api/plugins/${helloClass}/call`, { argument: 1 });
  t.is(shapeless.code, 'invalid');
});

test("a school of another municipality does not exist for this municipality's administrator", async (t) => {
  const elsewhere = municipalities.find(({ code }) => code === '049')!.schools[0]!.id;
  const { administrator } = t.context;
  const answer = await administrator.api('POST', '/api/municipality/enablements', {
    plugin: helloClass,
    school: elsewhere,
  });
  t.is(answer.status, 404);
  const invented = await administrator.api('POST', '/api/municipality/enablements', {
    plugin: helloClass,
    school: '00000000-0000-4000-8000-000000000000',
  });
  t.is(invented.status, answer.status);
  t.is(invented.code, answer.code);
});

test('roles keep to their own pages', async (t) => {
  const { teacher, platform } = t.context;
  t.is((await teacher.api('GET', '/api/municipality/plugins')).code, 'not-allowed');
  t.is((await teacher.api('GET', '/api/review/queue')).code, 'not-allowed');
  t.is((await teacher.api('GET', '/api/family/children')).code, 'not-allowed');
  t.is((await platform.stranger().api('GET', '/api/classes')).code, 'not-signed-in');
  const guardian = await platform.signIn(story.guardian.sub, '092', 'suomifi');
  t.not((await listClass(guardian)).status, 200);
});

test('a write without the anti-forgery token of the session is refused', async (t) => {
  const { teacher, platform } = t.context;
  const answer = await fetch(`${platform.core}/api/plugins/${helloClass}/call`, {
    method: 'POST',
    headers: { cookie: teacher.cookieHeader(), 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'todaysClass', argument: {} }),
  });
  t.is(answer.status, 403);
  t.is(((await answer.json()) as { code: string }).code, 'csrf-failed');
});

test('an expired session is told so, and a new sign-in finds everything as it was', async (t) => {
  const { platform } = t.context;
  const teacher = await platform.signIn(story.teacher.sub, '092', 'mpassid');
  t.is((await listClass(teacher)).status, 200);
  await asAdministrator(
    platform,
    `update core.session set seen_at = seen_at - interval '1 day', ends_at = now() - interval '1 minute'
     where id = (select id from core.session order by created_at desc limit 1)`,
  );
  t.is((await listClass(teacher)).code, 'not-signed-in');
  const again = await platform.signIn(story.teacher.sub, '092', 'mpassid');
  t.is((await listClass(again)).status, 200);
});

test("a bundle signed with another key than the vendor's is refused and nothing is stored", async (t) => {
  const { platform } = t.context;
  const bytes = readFileSync(join(platform.dataFolder, 'demo-vendor', 'hello-class.digione'));
  const { privateKey } = generateKeyPairSync('ed25519');
  const claim = { plugin: helloClass, version: '1.0.1', sha256: sha256Hex(bytes), size: bytes.length };
  const secret = readFileSync(join(platform.dataFolder, 'secrets', 'registry-bootstrap.key'), 'utf8').trim();
  const issued = await fetch(`${platform.registry}/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ vendor: 'demo-vendor', scopes: ['publish'], lifetimeSeconds: 600 }),
  });
  const { token } = (await issued.json()) as { token: string };
  const answer = await fetch(`${platform.registry}/v1/plugins/${helloClass}/1.0.1`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'digione-envelope': encodeEnvelope(signEnvelope(claim, privateKey)) },
    body: bytes,
  });
  t.true(answer.status >= 400 && answer.status < 500);
  t.regex(((await answer.json()) as { code: string }).code, /signature|key/);
  t.is((await fetch(`${platform.registry}/v1/plugins/${helloClass}/1.0.1`)).status, 404);
});

test('while the registry is silent, what is enabled keeps running and the catalogue still answers', async (t) => {
  const { platform, teacher } = t.context;
  platform.signal('registry', 'SIGSTOP');
  try {
    t.is((await listClass(teacher)).status, 200);
    t.is((await platform.stranger().api('GET', '/api/catalogue')).status, 200);
    const reviewer = await platform.signIn(story.reviewer.sub, '000', 'staff');
    const queue = await reviewer.api('GET', '/api/review/queue');
    t.is(queue.code, 'registry-unavailable');
  } finally {
    platform.signal('registry', 'SIGCONT');
  }
});

test('a worker killed in the middle of calls costs those calls alone, each with a retryable answer', async (t) => {
  const { platform, teacher } = t.context;
  await teacher.api('GET', '/api/session');
  const core = platform.signal('core', 'SIGCONT');
  const running = Array.from({ length: 6 }, () => listClass(teacher));
  for (const worker of childrenOf(core)) process.kill(worker, 'SIGKILL');
  for (const { status, code } of await Promise.all(running))
    t.true(status === 200 || code === 'worker-lost' || code === 'unavailable', `${status} ${code}`);
  await until('the next call to be served', async () => (await listClass(teacher)).status === 200);
});

test('the core killed with SIGKILL comes back by itself and has lost nothing that it confirmed', async (t) => {
  const { platform, teacher } = t.context;
  const before = (await listClass(teacher)).body.value.students.length;
  const pid = platform.signal('core', 'SIGKILL');
  await until('the core to answer again', async () => {
    const healthy = await fetch(`${platform.core}/healthz`).catch(() => undefined);
    return healthy?.ok === true && !isAlive(pid);
  });
  t.is((await listClass(teacher)).body.value.students.length, before);
});

function childrenOf(pid: number): number[] {
  return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // No such process: that is the answer.
    return false;
  }
}

async function asAdministrator(platform: RunningPlatform, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: platform.databaseUrl });
  await client.connect();
  await client.query(text);
  await client.end();
}
