import { gzipSync } from 'node:zlib';
import { manifestBytes } from '../../sdk/sample-manifest.ts';

/** The files of a small bundle. */
export function sampleFiles(): Map<string, Uint8Array> {
  return new Map([
    ['digione.json', manifestBytes()],
    ['backend.js', Buffer.from('digione.register({});\n')],
    ['ui/index.html', Buffer.from('<!doctype html><title>å</title>\n')],
    ['ui/pictures/empty.png', Buffer.alloc(0)],
  ]);
}

/** What a stranger's archive may claim about an entry. */
export interface Entry {
  readonly path: string;
  readonly content?: Uint8Array;
  readonly type?: string;
  readonly size?: string;
  readonly mode?: string;
  readonly link?: string;
  readonly prefix?: string;
}

/** A gzip'd archive that follows no rule but the arithmetic of tar, with a right checksum. */
export function strangeBundle(entries: readonly Entry[], ending: Uint8Array = Buffer.alloc(1024)): Uint8Array {
  return gzipSync(Buffer.concat([...entries.flatMap(blocksOf), ending]));
}

function blocksOf(entry: Entry): Buffer[] {
  const content = Buffer.from(entry.content ?? []);
  return [strangeHeader(entry, content.length), content, Buffer.alloc(-content.length & 511)];
}

function strangeHeader(
  { path, type = '0', size, mode = '0000644', link = '', prefix = '' }: Entry,
  length: number,
): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write(`${mode}\u00000000000\u00000000000\0`, 100);
  header.write(`${size ?? length.toString(8).padStart(11, '0')}\0`, 124, 12);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  header.write(prefix, 345, 155);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
