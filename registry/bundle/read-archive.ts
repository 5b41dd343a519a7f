import { PathGate } from './bundle-paths.ts';
import { ByteReader } from './byte-reader.ts';
import type { BundleLimits } from './limits.ts';
import { refuseBundle } from './refuse-bundle.ts';
import { blockSize, makeHeader, readHeader } from './tar-header.ts';

const emptyBlock = Buffer.alloc(blockSize);

/**
 * Reads the files of an archive that comes in pieces. One set of files has one archive: each header must be, byte for byte, what our writer
 * makes for that path and size, so that no two readers can see two things in it.
 */
export async function readArchive(
  chunks: AsyncIterable<Uint8Array>,
  limits: BundleLimits,
): Promise<Map<string, Buffer>> {
  const bytes = new ByteReader(chunks);
  const files = new Map<string, Buffer>();
  const paths = new PathGate();
  for (let header = await bytes.take(blockSize); !header.equals(emptyBlock); header = await bytes.take(blockSize)) {
    if (files.size >= limits.files) refuseBundle('too-many-files', `The bundle holds more than ${limits.files} files.`);
    const { path, size } = checkHeader(header, paths, limits);
    files.set(path, await bytes.take(size));
    checkEmpty(await bytes.take(-size & (blockSize - 1)), 'Something stands between two files of the archive.');
  }
  checkEmpty(await bytes.take(blockSize), 'Something follows the end of the archive.');
  if (!(await bytes.ended())) refuseBundle('not-canonical', 'Something follows the end of the archive.');
  return files;
}

function checkHeader(header: Buffer, paths: PathGate, limits: BundleLimits): { path: string; size: number } {
  const { path, size, type } = readHeader(header);
  if (size === undefined) return refuseBundle('not-tar', 'What is inside the gzip is not a ustar archive.');
  if (type !== '0') refuseBundle('file-type', `${JSON.stringify(path)} is not a regular file.`);
  paths.admit(path);
  if (size > limits.file) refuseBundle('too-large', `"${path}" is larger than ${limits.file} bytes.`);
  if (!makeHeader(path, size)?.equals(header))
    refuseBundle('not-canonical', `The header of "${path}" is not in the form that "digione build" makes.`);
  return { path, size };
}

function checkEmpty(bytes: Buffer, message: string): void {
  if (!bytes.equals(emptyBlock.subarray(0, bytes.length))) refuseBundle('not-canonical', message);
}
