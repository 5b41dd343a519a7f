import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import { testDatabase } from '../support/database.ts';

const entry = fileURLToPath(new URL('../../registry/main.ts', import.meta.url));

interface Started {
  child: ChildProcess;
  url: string;
}

/** The registry as the start command runs it. */
async function start(t: import('ava').ExecutionContext): Promise<Started> {
  const database = await testDatabase();
  const data = await mkdtemp(join(tmpdir(), 'digione-registry-process-'));
  await mkdir(join(data, 'secrets'));
  await writeFile(join(data, 'secrets', 'registry-bootstrap.key'), 'a-secret\n');
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(join(data, 'secrets', 'service.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  const port = await freePort();
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port - 1),
      DIGIONE_DATA_DIR: data,
      DIGIONE_LOG_LEVEL: 'silent',
      DIGIONE_REGISTRY_DATABASE: database.provisioned.registryUrl,
    },
  });
  t.teardown(async () => {
    child.kill('SIGKILL');
    await database[Symbol.asyncDispose]();
    await rm(data, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) await new Promise((resolve) => setTimeout(resolve, 25));
  return { child, url };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false; // not listening yet
  }
}

test('the process describes itself, knows its administrator and ends on SIGTERM', async (t) => {
  const { child, url } = await start(t);
  const description = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
  for (const path of [
    '/v1/plugins',
    '/v1/plugins/{vendor}/{name}/{version}',
    '/v1/review/queue',
    '/v1/trust/{file}',
    '/v1/log/checkpoint',
  ])
    t.truthy(description.paths[path], path);
  const vendor = {
    namespace: 'process-vendor',
    name: 'x',
    businessId: '1234567-1',
    country: 'FI',
    members: [{ name: 'a', role: 'owner' }],
  };
  const create = (token: string) =>
    fetch(`${url}/v1/vendors`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(vendor),
    });
  t.is((await create('a-wrong-secret')).status, 401);
  t.is((await create('a-secret')).status, 201);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  t.deepEqual(await exited, [0, null]);
});

test('the process ends when the one that started it goes away', async (t) => {
  const { child } = await start(t);
  const exited = once(child, 'exit');
  child.disconnect();
  t.deepEqual(await exited, [0, null]);
});
