import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { systemClock, type Clock } from '../../core/kernel/index.ts';
import { encodeEnvelope, signEnvelope, writeBundle, type Claim } from '../../registry/bundle/index.ts';
import type { StartInSandbox } from '../../registry/checks/index.ts';
import { startRegistry, type Registry } from '../../registry/service.ts';
import { quietLog, testDatabase, type TestDatabase } from '../support/database.ts';
import { exampleFiles, exampleManifest } from './example-plugin.ts';

const adminSecret = 'bootstrap-secret-of-this-test';
export const service = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
  bytes: Buffer;
}

export interface Asking {
  method?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A vendor with a key and a publish token. */
export interface TestVendor {
  namespace: string;
  key: KeyObject;
  keyId: string;
  token: string;
  member: string;
}

/** A running registry with a database and a folder of its own. */
export interface RunningRegistry extends AsyncDisposable {
  url: string;
  folder: string;
  database: TestDatabase;
  ask<T = Record<string, unknown>>(path: string, asking?: Asking): Promise<Answer<T>>;
  admin<T = Record<string, unknown>>(path: string, body: unknown, method?: string): Promise<Answer<T>>;
  /** As a reviewer, with a service token of its own for each request. */
  review<T = Record<string, unknown>>(path: string, body?: unknown, reviewer?: string): Promise<Answer<T>>;
  vendor(namespace?: string, account?: string): Promise<TestVendor>;
  publish(vendor: TestVendor, upload?: Upload): Promise<Answer>;
  /** Waits until the version stands in one of the states. */
  reaches(plugin: string, version: string, ...states: string[]): Promise<Answer>;
  /** Publishes a version and approves it. */
  release(vendor: TestVendor, upload?: Upload): Promise<void>;
  /** Rows of a table of the registry, counted past the service. */
  count(table: string): Promise<number>;
  /** A second node over the same database and folder; ends with the first. */
  another(): Promise<string>;
  /** Ends the service and starts it again over the same database and folder. */
  restart(): Promise<void>;
}

/** What is sent; everything that is left out is right. */
export interface Upload {
  manifest?: Record<string, unknown>;
  files?: Record<string, string | Uint8Array>;
  bytes?: Uint8Array;
  claim?: Partial<Claim>;
  key?: KeyObject;
  token?: string;
  /** Address to send to, `vendor/name/version`. */
  to?: string;
  envelope?: string;
}

export interface RegistrySetting {
  clock?: Clock;
  startInSandbox?: StartInSandbox;
}

export async function runningRegistry(setting: RegistrySetting = {}): Promise<RunningRegistry> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'digione-registry-'));
  const options = {
    databaseUrl: database.provisioned.registryUrl,
    host: '127.0.0.1',
    port: 0,
    folder,
    adminSecret,
    serviceKeys: async () => [{ kid: 'service', alg: 'ES256' as const, key: service.publicKey }],
    platform: '0.1.0',
    startInSandbox: setting.startInSandbox ?? (async () => undefined),
    clock: setting.clock ?? systemClock(),
    log: quietLog,
  };
  let registry = await startRegistry(options);
  const others: Registry[] = [];
  const running: RunningRegistry = {
    get url() {
      return registry.url;
    },
    folder,
    database,
    ask: (path, asking) => ask(`${registry.url}${path}`, asking),
    admin: (path, body, method = 'POST') => ask(`${registry.url}${path}`, { method, token: adminSecret, body }),
    review: (path, body, reviewer = 'reviewer-1') =>
      ask(`${registry.url}${path}`, { method: body ? 'POST' : 'GET', token: serviceToken({ sub: reviewer }), body }),
    vendor: (namespace = 'demo-vendor', account) => newVendor(running, namespace, account),
    publish: (vendor, upload) => publish(running, vendor, upload),
    reaches: (plugin, version, ...states) => reaches(running, `/v1/plugins/${plugin}/${version}`, states),
    release: (vendor, upload) => release(running, vendor, upload),
    count: async (table) => {
      const [row] = await database.asOwner<{ count: string }>(`select count(*) from registry.${table}`);
      return Number(row!.count);
    },
    async another() {
      const other = await startRegistry(options);
      others.push(other);
      return other.url;
    },
    async restart() {
      await registry[Symbol.asyncDispose]();
      registry = await startRegistry(options);
    },
    async [Symbol.asyncDispose]() {
      for (const node of [registry, ...others]) await node[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return running;
}

/** A token as the core makes it for one request; single claims can be replaced. */
export function serviceToken(
  claims: Record<string, unknown> = {},
  options: { key?: KeyObject; typ?: string; alg?: jwt.Algorithm } = {},
): string {
  const { key = service.privateKey, typ = 'service+jwt', alg = 'ES256' } = options;
  const now = Math.floor(Date.now() / 1000);
  const usual = {
    iss: 'core',
    aud: 'registry',
    sub: 'reviewer-1',
    name: 'Reino Arvioija',
    role: 'reviewer',
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
  };
  const payload = Object.fromEntries(
    Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined),
  );
  return jwt.sign(payload, key, { algorithm: alg, header: { alg, typ } });
}

async function ask<T>(url: string, { method = 'GET', token, body, headers = {} }: Asking = {}): Promise<Answer<T>> {
  const isJson = body !== undefined && !(body instanceof Uint8Array);
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(isJson && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer>) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const isAnswer = /json/.test(response.headers.get('content-type') ?? '') && bytes.length > 0;
  return {
    status: response.status,
    body: (isAnswer ? JSON.parse(bytes.toString()) : {}) as T,
    headers: response.headers,
    bytes,
  };
}

async function newVendor(registry: RunningRegistry, namespace: string, account?: string): Promise<TestVendor> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const members = [{ name: 'Elli Kehittäjä', role: 'owner', ...(account !== undefined && { account }) }];
  const vendor = await registry.admin<{ members: { id: string }[] }>('/v1/vendors', {
    namespace,
    name: `${namespace} Oy`,
    businessId: '1234567-1',
    country: 'FI',
    members,
  });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const key = await registry.admin<{ keyId: string }>(`/v1/vendors/${namespace}/keys`, { publicKey: pem });
  const token = await registry.admin<{ token: string }>('/v1/tokens', {
    vendor: namespace,
    scopes: ['publish'],
    lifetimeSeconds: 3600,
  });
  return {
    namespace,
    key: privateKey,
    keyId: key.body.keyId,
    token: token.body.token,
    member: vendor.body.members[0]!.id,
  };
}

/** The bundle's bytes for an upload. */
export async function bundleOf(vendor: string, upload: Upload = {}): Promise<Uint8Array> {
  const manifest = { ...exampleManifest(vendor), ...upload.manifest };
  const files = { ...exampleFiles(), 'digione.json': JSON.stringify(manifest), ...upload.files };
  return writeBundle(new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])));
}

async function publish(registry: RunningRegistry, vendor: TestVendor, upload: Upload = {}): Promise<Answer> {
  const { id, version } = { ...exampleManifest(vendor.namespace), ...upload.manifest } as {
    id: string;
    version: string;
  };
  const bytes = upload.bytes ?? (await bundleOf(vendor.namespace, upload));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const claim = { plugin: id, version, sha256, size: bytes.length, ...upload.claim };
  const envelope = upload.envelope ?? encodeEnvelope(signEnvelope(claim, upload.key ?? vendor.key));
  return registry.ask(`/v1/plugins/${upload.to ?? `${id}/${version}`}`, {
    method: 'PUT',
    token: upload.token ?? vendor.token,
    body: bytes,
    headers: { 'digione-envelope': envelope, 'content-type': 'application/octet-stream' },
  });
}

async function reaches(registry: RunningRegistry, path: string, states: string[]): Promise<Answer> {
  for (;;) {
    const answer = await registry.ask<{ state: string }>(path);
    if (states.includes(answer.body.state)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function release(registry: RunningRegistry, vendor: TestVendor, upload: Upload = {}): Promise<void> {
  const { id, version } = { ...exampleManifest(vendor.namespace), ...upload.manifest } as {
    id: string;
    version: string;
  };
  const answer = await publish(registry, vendor, upload);
  if (answer.status !== 202) throw new Error(`publishing answered ${answer.status} ${JSON.stringify(answer.body)}`);
  const { body } = await reaches(registry, `/v1/plugins/${id}/${version}`, [
    'in-review',
    'published',
    'changes-requested',
    'held',
  ]);
  if (body['state'] === 'published') return;
  const decided = await registry.review(`/v1/review/${id}/${version}/decision`, {
    decision: 'approve',
    reason: 'All is well.',
  });
  if (decided.status !== 200) throw new Error(`approving answered ${decided.status} ${JSON.stringify(decided.body)}`);
}
