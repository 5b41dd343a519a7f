import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

const small = 1024;
const squeezers = { '.br': promisify<Buffer, Buffer>(brotliCompress), '.gz': promisify<Buffer, Buffer>(gzip) };

/** Puts a .br and a .gz beside every script and style of a build, so that serving them costs no work. */
export async function compressAssets(dist: string): Promise<void> {
  const folder = path.join(dist, 'assets');
  const files = (await readdir(folder)).filter((file) => /\.(?:js|css)$/.test(file));
  for (const file of files) {
    const bytes = await readFile(path.join(folder, file));
    if (bytes.length < small) continue;
    for (const [ending, squeeze] of Object.entries(squeezers)) {
      await writeFile(path.join(folder, file + ending), await squeeze(bytes));
    }
  }
}
