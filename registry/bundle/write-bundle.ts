import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { compare, PathGate } from './bundle-paths.ts';
import { refuseBundle } from './refuse-bundle.ts';
import { blockSize, makeHeader } from './tar-header.ts';

const pack = promisify(gzip);
/** The byte of the gzip header that names the operating system (RFC 1952 §2.3.1). */
const systemByte = 9;
const unknownSystem = 255;

/** Makes the bundle of some files: the same files give the same bytes, in whatever order and on whatever machine. */
export async function writeBundle(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const paths = new PathGate();
  const parts: Uint8Array[] = [];
  for (const [path, content] of [...files].sort(([one], [other]) => compare(one, other))) {
    paths.admit(path);
    const header = makeHeader(path, content.byteLength);
    if (!header) refuseBundle('path', `The path "${path}" is too long for an archive.`);
    parts.push(header, content, Buffer.alloc(-content.byteLength & (blockSize - 1)));
  }
  const packed = await pack(Buffer.concat([...parts, Buffer.alloc(2 * blockSize)]), { level: 9 });
  packed[systemByte] = unknownSystem;
  return packed;
}
