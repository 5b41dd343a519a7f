import { refuse } from '../kernel/index.ts';

export interface TarEntry {
  path: string;
  content: Buffer;
}

const block = 512;
const regularFile = new Set([0x30, 0]); // '0', or NUL as old writers put it (POSIX.1-1988 ustar)

/**
 * The regular files of a ustar archive, in order. Anything else — links, devices, directories, extension
 * headers, wrong checksums, bytes after the end — refuses the whole archive: nothing is skipped in silence.
 */
export function* tarEntries(archive: Buffer, limits: { files: number }): Generator<TarEntry> {
  let offset = 0;
  for (let count = 0; ; count += 1) {
    if (offset + block > archive.length) spoiled('it ends in the middle of an entry');
    const header = archive.subarray(offset, offset + block);
    if (isZero(header)) break;
    if (count >= limits.files) spoiled(`it holds more than ${limits.files} files`);
    checkHeader(header);
    const size = octal(header, 124, 12);
    const start = offset + block;
    if (start + size > archive.length) spoiled('a file is longer than the archive');
    yield { path: pathOf(header), content: archive.subarray(start, start + size) };
    offset = start + Math.ceil(size / block) * block;
  }
  if (!isZero(archive.subarray(offset))) spoiled('bytes follow its end');
}

function checkHeader(header: Buffer): void {
  if (header.toString('latin1', 257, 262) !== 'ustar') spoiled('an entry is not in ustar form');
  if (!regularFile.has(header[156] ?? -1)) spoiled('it holds something that is not a regular file');
  let sum = 8 * 0x20; // the checksum field itself counts as spaces
  for (let at = 0; at < block; at += 1) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  if (octal(header, 148, 8) !== sum) spoiled('an entry has a wrong checksum');
}

function pathOf(header: Buffer): string {
  const name = text(header, 0, 100);
  const prefix = text(header, 345, 155);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function octal(header: Buffer, at: number, length: number): number {
  const digits = text(header, at, length).trim();
  if (!/^[0-7]{1,11}$/.test(digits)) spoiled('an entry has a number that is not octal');
  return Number.parseInt(digits, 8);
}

function text(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function spoiled(why: string): never {
  return refuse('bundle-invalid', `The bundle was refused: ${why}.`);
}
