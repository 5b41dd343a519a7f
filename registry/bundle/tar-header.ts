/** Size of a tar block in bytes (POSIX.1-1988 ustar). */
export const blockSize = 512;

/** The one form in which our writer makes headers: nothing of the machine, the person or the time that made it. */
const fixed = {
  mode: '0000644\0',
  owner: '0000000\0',
  time: '00000000000\0',
  regularFile: '0',
  magic: 'ustar\x0000',
} as const;
const at = {
  name: 0,
  mode: 100,
  uid: 108,
  gid: 116,
  size: 124,
  time: 136,
  checksum: 148,
  type: 156,
  magic: 257,
  prefix: 345,
} as const;
const longestName = 100;
const longestPrefix = 155;

/** A header's path, size and type, as far as they can be told; nothing here is checked. */
export interface TarHeader {
  readonly path: string;
  /** `undefined` when the field is not an octal number. */
  readonly size: number | undefined;
  /** `'0'` for a regular file. */
  readonly type: string;
}

/** The header of a regular file, or `undefined` when the path doesn't fit into ustar's fields. */
export function makeHeader(path: string, size: number): Buffer | undefined {
  const split = splitPath(path);
  if (!split) return undefined;
  const header = Buffer.alloc(blockSize);
  header.write(split.name, at.name);
  header.write(split.prefix, at.prefix);
  header.write(fixed.mode, at.mode);
  header.write(fixed.owner, at.uid);
  header.write(fixed.owner, at.gid);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, at.size);
  header.write(fixed.time, at.time);
  header.write(fixed.regularFile, at.type);
  header.write(fixed.magic, at.magic, 'latin1');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, at.checksum);
  return header;
}

/** Reads what a header claims. */
export function readHeader(header: Buffer): TarHeader {
  const prefix = text(header, at.prefix, longestPrefix);
  const name = text(header, at.name, longestName);
  const digits = text(header, at.size, 12);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : undefined,
    type: String.fromCharCode(header[at.type] ?? 0),
  };
}

function splitPath(path: string): { name: string; prefix: string } | undefined {
  if (Buffer.byteLength(path) <= longestName) return { name: path, prefix: '' };
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    const [prefix, name] = [path.slice(0, slash), path.slice(slash + 1)];
    if (Buffer.byteLength(name) <= longestName && Buffer.byteLength(prefix) <= longestPrefix) return { name, prefix };
  }
  return undefined;
}

/** The sum of all bytes, with the checksum's own field counted as spaces. */
function checksum(header: Buffer): number {
  let sum = 8 * 0x20;
  for (const [index, byte] of header.entries()) if (index < at.checksum || index >= at.checksum + 8) sum += byte;
  return sum;
}

function text(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}
