import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Manifest } from '@digione/sdk/manifest';
import { refuse, sha256Hex } from '../kernel/index.ts';
import { checkManifest } from './check-manifest.ts';
import { tarEntries } from './tar-entries.ts';

/** A bundle in memory whose bytes had the digest that was asked for. */
export interface OpenBundle {
  digest: string;
  manifest: Manifest;
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
  const files = readFiles(await unpack(bytes, limits), limits);
  const manifest = checkManifest(required(files, 'digione.json'));
  required(files, 'backend.js');
  return { digest, manifest, files };
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

function required(files: Map<string, Buffer>, path: string): Buffer {
  return files.get(path) ?? refuse('bundle-invalid', `The bundle has no ${path}.`);
}
