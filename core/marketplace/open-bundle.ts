import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Manifest } from '@digione/sdk/manifest';
import { refuse, sha256Hex } from '../kernel/index.ts';
import { checkManifest } from './check-manifest.ts';
import { tarEntries } from './tar-entries.ts';

/** The files of a bundle whose bytes had the digest that was asked for. */
export interface OpenBundle {
  digest: string;
  files: ReadonlyMap<string, Buffer>;
}

export interface BundleLimits {
  /** Bytes of the compressed bundle. */
  packed: number;
  /** Bytes of the archive inside. */
  unpacked: number;
  files: number;
}

export const bundleLimits: BundleLimits = { packed: 10_000_000, unpacked: 50_000_000, files: 2_000 };

const inflate = promisify(gunzip);

/** Opens a bundle strictly. The digest is checked before the first byte is looked at. */
export async function openBundle(bytes: Buffer, digest: string, limits = bundleLimits): Promise<OpenBundle> {
  if (bytes.length > limits.packed) refuse('bundle-invalid', `The bundle is larger than ${limits.packed} bytes.`);
  if (sha256Hex(bytes) !== digest) refuse('bundle-invalid', `The bundle's bytes do not have the digest ${digest}.`);
  return { digest, files: readFiles(await unpack(bytes, limits), limits) };
}

/**
 * What is checked once, before a bundle is kept. A later platform with stricter rules still opens what it holds, so that an
 * upgrade never takes a plugin out of a school that uses it.
 */
export async function admitBundle(bytes: Buffer, digest: string): Promise<Manifest> {
  const { files } = await openBundle(bytes, digest);
  required(files, 'backend.js');
  return checkManifest(required(files, 'digione.json'));
}

async function unpack(bytes: Buffer, limits: BundleLimits): Promise<Buffer> {
  try {
    return await inflate(bytes, { maxOutputLength: limits.unpacked });
  } catch (cause) {
    return refuse('bundle-invalid', `The bundle is not gzip, or holds more than ${limits.unpacked} bytes.`, { cause });
  }
}

function readFiles(archive: Buffer, limits: BundleLimits): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const seen = new Set<string>();
  for (const { path, content } of tarEntries(archive, limits)) {
    checkPath(path);
    const folded = path.toLowerCase();
    if (seen.has(folded)) refuse('bundle-invalid', `The bundle holds "${path}" twice, or twice but for its case.`);
    seen.add(folded);
    files.set(path, content);
  }
  return files;
}

/** Relative, NFC, no empty, dot or dot-dot segment, nothing that a file system or a URL reads in its own way. */
function checkPath(path: string): void {
  const plain = path.length <= 255 && path === path.normalize('NFC') && !/[\p{C}\\:*?"<>|%#]/u.test(path);
  const segments = path.split('/');
  if (plain && segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')) return;
  refuse('bundle-invalid', 'The bundle holds a file whose path is not allowed.', { detail: path });
}

function required(files: OpenBundle['files'], path: string): Buffer {
  return files.get(path) ?? refuse('bundle-invalid', `The bundle has no ${path}.`);
}
