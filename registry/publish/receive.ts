import type { IncomingMessage } from 'node:http';
import type { Database } from '@digione/core/db';
import { readBytes } from '@digione/core/http';
import { refuse, sha256Hex, type Clock } from '@digione/core/kernel';
import type { Manifest } from '@digione/sdk/manifest';
import { bundleLimits, readBundle, type Claim } from '../bundle/index.ts';
import type { Publisher } from '../caller.ts';
import { appendToLog } from '../log/index.ts';
import { checkEnvelope } from './check-envelope.ts';
import { findRelease, insertRelease, type NewRelease, type Release } from './release-store.ts';

export interface ReceiveDeps {
  database: Database;
  clock: Clock;
}

export interface Upload {
  plugin: string;
  version: string;
  envelope: string;
  publisher: Publisher;
  request: IncomingMessage;
}

/** Takes a version in: each step refuses what it is for, and nothing is stored until all have passed. */
export async function receive(
  { database, clock }: ReceiveDeps,
  upload: Upload,
): Promise<{ release: Release; isNew: boolean }> {
  checkScope(upload);
  const { claim, keyId } = await checkEnvelope(database, upload);
  const bytes = await readBytes(upload.request, bundleLimits.packed);
  const digest = checkDigest(bytes, claim);
  // the manifest in the bytes is the only one: a request carries no metadata of its own
  const { manifest, manifestBytes } = await readBundle(bytes);
  checkIdentity(manifest, upload);
  const { plugin, version, envelope, publisher } = upload;
  const manifestDigest = sha256Hex(manifestBytes);
  const common = { plugin, version, digest, size: bytes.length, manifest, manifestDigest, publishedAt: clock.now() };
  return store(database, {
    ...common,
    envelope,
    keyId,
    vendor: publisher.vendor,
    publishedBy: publisher.member,
    bytes,
  });
}

function checkScope({ plugin, publisher }: Upload): void {
  const { namespace, scopes } = publisher;
  if (!scopes.includes('publish')) refuse('not-allowed', 'This token may not publish.');
  if (!plugin.startsWith(`${namespace}/`))
    refuse(
      'namespace-foreign',
      `This token publishes in the namespace "${namespace}"; "${plugin}" is another vendor's.`,
    );
  if (publisher.plugin !== undefined && publisher.plugin !== plugin)
    refuse('namespace-foreign', `This token publishes "${publisher.plugin}" only.`);
}

function checkDigest(bytes: Buffer, claim: Claim): string {
  const digest = sha256Hex(bytes);
  if (digest !== claim.sha256 || bytes.length !== claim.size)
    refuse('digest-mismatch', 'The bytes are not those that the envelope signs. Sign and send the same file.');
  return digest;
}

function checkIdentity({ id, version }: Manifest, upload: Upload): void {
  if (id !== upload.plugin || version !== upload.version)
    refuse('id-mismatch', `The bundle is ${id} ${version}; it was sent as ${upload.plugin} ${upload.version}.`);
}

/** One transaction: bytes, version and log entry, or nothing. */
function store(database: Database, release: NewRelease): Promise<{ release: Release; isNew: boolean }> {
  const { plugin, version, digest, keyId, publishedAt: at } = release;
  return database.global(async (tx) => {
    const isNew = await insertRelease(tx, release);
    const stored = (await findRelease(tx, plugin, version))!;
    if (!isNew && stored.digest !== digest)
      refuse('version-taken', `${plugin} ${version} exists with other bytes. A version is for ever: raise its number.`);
    if (isNew) await appendToLog(tx, { kind: 'release-uploaded', at, facts: { plugin, version, digest, keyId } });
    return { release: stored, isNew };
  });
}
