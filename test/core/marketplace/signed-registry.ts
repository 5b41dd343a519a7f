import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Key, Metadata, MetaFile, Root, Signature, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models';
import { sha256Hex } from '../../../core/kernel/index.ts';

/** A registry of a test: its own keys, real metadata, a real socket, and every way to go wrong. */
export interface SignedRegistry extends AsyncDisposable {
  url: string;
  /** File with the root that a core pins. */
  trustedRoot: string;
  /** Signs a version (again, when `more` differs). */
  release(plugin: string, version: string, bytes: Uint8Array, more?: Record<string, unknown>): void;
  /** Serves these bytes under the digest of others. */
  swap(digest: string, bytes: Uint8Array): void;
  /** Lets the signature of the newest metadata end at the given instant. */
  expireAt(instant: string): void;
  /** Signs everything from now on with keys that no pinned root knows. */
  loseKeys(): void;
  /** Answers nothing until `wake`. */
  sleep(): void;
  wake(): void;
  /** Answers given to the review routes, by path. */
  answers: Map<string, { status: number; body: unknown }>;
  requests: { method: string; path: string; authorization: string | undefined; body: string }[];
}

const specVersion = '1.0.31';
const farAway = '2099-01-01T00:00:00.000Z';

interface Pair {
  key: Key;
  secret: KeyObject;
}

export async function signedRegistry(): Promise<SignedRegistry> {
  let pair = newPair();
  const rootPair = pair;
  const folder = mkdtempSync(join(tmpdir(), 'digione-registry-'));
  const files = new Map<string, Buffer>();
  const targets = new Map<string, TargetFile>();
  const bundles = new Map<string, Uint8Array>();
  const answers: SignedRegistry['answers'] = new Map();
  const requests: SignedRegistry['requests'] = [];
  let version = 0;
  let expires = farAway;
  let asleep = false;

  const signed = <T extends Root | Targets | Snapshot | Timestamp>(part: T): Buffer => {
    const metadata = new Metadata(part);
    const { key, secret } = part instanceof Root ? rootPair : pair;
    metadata.sign((data) => new Signature({ keyID: key.keyID, sig: sign(null, data, secret).toString('hex') }));
    return Buffer.from(JSON.stringify(metadata.toJSON()));
  };

  const publish = () => {
    version += 1;
    const common = { version, specVersion, expires: farAway };
    files.set(`${version}.targets.json`, signed(new Targets({ ...common, targets: Object.fromEntries(targets) })));
    files.set(
      `${version}.snapshot.json`,
      signed(new Snapshot({ ...common, meta: { 'targets.json': new MetaFile({ version }) } })),
    );
    files.set('timestamp.json', signed(new Timestamp({ ...common, expires, snapshotMeta: new MetaFile({ version }) })));
  };

  const server = createServer((request, response) => {
    if (asleep) return void request.socket.destroy();
    const path = request.url ?? '';
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push({ method: request.method ?? '', path, authorization: request.headers.authorization, body });
      const found = find(path);
      response.writeHead(found.status, { 'content-type': 'application/json' }).end(found.content);
    });
  });

  const find = (path: string): { status: number; content: Uint8Array | string } => {
    const answer = answers.get(path);
    if (answer) return { status: answer.status, content: JSON.stringify(answer.body) };
    const content = path.startsWith('/v1/trust/')
      ? files.get(path.slice('/v1/trust/'.length))
      : path.startsWith('/v1/bundles/sha256/')
        ? bundles.get(path.slice('/v1/bundles/sha256/'.length))
        : path.startsWith('/v1/plugins?')
          ? list(targets)
          : undefined;
    return content === undefined ? { status: 404, content: '{}' } : { status: 200, content };
  };

  const root = new Root({ version: 1, specVersion, expires: farAway, consistentSnapshot: true });
  for (const role of ['root', 'targets', 'snapshot', 'timestamp']) root.addKey(pair.key, role);
  const trustedRoot = join(folder, 'root.json');
  writeFileSync(trustedRoot, signed(root));
  publish();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trustedRoot,
    answers,
    requests,
    release(plugin, release, bytes, more = {}) {
      const digest = sha256Hex(bytes);
      const path = `${plugin}/${release}.digione`;
      const custom = {
        plugin,
        version: release,
        digest,
        manifestDigest: digest,
        state: 'published',
        channel: 'stable',
        consentMajor: 1,
        ...more,
      };
      targets.set(
        path,
        new TargetFile({ path, length: bytes.length, hashes: { sha256: digest }, unrecognizedFields: { custom } }),
      );
      if (!bundles.has(digest)) bundles.set(digest, bytes);
      publish();
    },
    swap: (digest, bytes) => void bundles.set(digest, bytes),
    expireAt(instant) {
      expires = instant;
      publish();
    },
    loseKeys() {
      pair = newPair();
      publish();
    },
    sleep() {
      asleep = true;
      server.closeAllConnections();
    },
    wake() {
      asleep = false;
    },
    [Symbol.asyncDispose]: () => close(server),
  };
}

function list(targets: Map<string, TargetFile>): string {
  const items = [...targets.values()].map(({ custom }) => ({ plugin: custom['plugin'], version: custom['version'] }));
  return JSON.stringify({ items });
}

function newPair(): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hex = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
  const key = new Key({ keyID: sha256Hex(hex), keyType: 'ed25519', scheme: 'ed25519', keyVal: { public: hex } });
  return { key, secret: privateKey };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
