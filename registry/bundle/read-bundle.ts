import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { refuse, Refusal } from '@digione/core/kernel';
import { type Manifest, validateManifest } from '@digione/sdk/manifest';
import { readArchive } from './read-archive.ts';
import { type BundleLimits, bundleLimits, ratioFrom } from './limits.ts';
import { refuseBundle } from './refuse-bundle.ts';

/** A bundle that was read whole and is what it should be; whether it should run is for others to decide. */
export interface Bundle {
  readonly manifest: Manifest;
  /** `digione.json` as it is in the bundle. */
  readonly manifestBytes: Uint8Array;
  /** Every file by its path, in order. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of the bundle's bytes, in hex. */
  readonly digest: string;
  /** Number of the bundle's bytes. */
  readonly size: number;
}

interface Measure {
  readonly hash: Hash;
  packed: number;
  unpacked: number;
  /** The last four bytes: gzip's own note of the unpacked size (RFC 1952 §2.3.1). */
  tail: Buffer;
}

/**
 * Reads a bundle strictly, from memory or from a stream, without touching a disk. Throws a `Refusal` with `bundle-invalid` or
 * `manifest-invalid`; stops reading at the first fault.
 */
export async function readBundle(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  limits: BundleLimits = bundleLimits,
): Promise<Bundle> {
  const measure: Measure = { hash: createHash('sha256'), packed: 0, unpacked: 0, tail: Buffer.alloc(0) };
  const files = await unpack(source, measure, limits);
  const manifestBytes = required(files, 'digione.json');
  required(files, 'backend.js');
  const manifest = readManifest(manifestBytes);
  return { manifest, manifestBytes, files, digest: measure.hash.digest('hex'), size: measure.packed };
}

async function unpack(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  measure: Measure,
  limits: BundleLimits,
): Promise<Map<string, Buffer>> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  try {
    const files = await pipeline(measured(source, measure, limits), gunzip, (chunks: AsyncIterable<Buffer>) =>
      readArchive(bounded(chunks, measure, limits), limits),
    );
    checkWhole(gunzip.bytesWritten, measure);
    return files;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuseBundle('not-gzip', 'The bundle is not gzip.', error);
  }
}

async function* measured(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  measure: Measure,
  limits: BundleLimits,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    measure.packed += chunk.byteLength;
    if (measure.packed > limits.packed) refuseBundle('too-large', `The bundle is larger than ${limits.packed} bytes.`);
    measure.hash.update(chunk);
    measure.tail = Buffer.concat([measure.tail, chunk.subarray(-4)]).subarray(-4);
    yield chunk;
  }
}

async function* bounded(chunks: AsyncIterable<Buffer>, measure: Measure, limits: BundleLimits): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    measure.unpacked += chunk.length;
    if (measure.unpacked > limits.unpacked)
      refuseBundle('too-large', `The bundle unpacks to more than ${limits.unpacked} bytes.`);
    if (measure.unpacked > ratioFrom && measure.unpacked > measure.packed * limits.ratio)
      refuseBundle('ratio', `The bundle unpacks to more than ${limits.ratio} times its size.`);
    yield chunk;
  }
}

/** gzip readers skip what follows the first member or join several; a bundle is exactly one. */
function checkWhole(read: number, { packed, unpacked, tail }: Measure): void {
  if (read === packed && tail.length === 4 && tail.readUInt32LE() === unpacked) return;
  refuseBundle('not-gzip', 'The bundle is not exactly one gzip member.');
}

function required(files: ReadonlyMap<string, Buffer>, path: string): Buffer {
  return files.get(path) ?? refuseBundle('missing-file', `The bundle has no ${path}.`);
}

function readManifest(bytes: Uint8Array): Manifest {
  const checked = validateManifest(bytes);
  if (checked.ok) return checked.manifest;
  const [first] = checked.problems;
  return refuse('manifest-invalid', `digione.json line ${first?.line}, column ${first?.column}: ${first?.message}`, {
    extra: { problems: checked.problems },
  });
}
