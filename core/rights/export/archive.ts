import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Database, Tx } from '../../db/index.ts';
import { type Id, refuse } from '../../kernel/index.ts';
import type { ExportManifest } from './manifest.ts';
import { type PageHead, pageContent, pageHeads } from './page-store.ts';
import { indexPage, sourcePage } from './readable.ts';
import { rowsOf } from './rows-file.ts';

interface Archived {
  municipality: Id;
  id: Id;
  manifest: ExportManifest;
  output: Writable;
}

/** Above that many rows the readable page says where the rest is: browsers give up on endless tables. */
const mostReadable = 5_000;

/** Writes the archive: pages to read, data to process, and the manifest to check both against; a page of it in memory at a time. */
export async function writeArchive(
  database: Database,
  { municipality, id, manifest, output }: Archived,
): Promise<void> {
  await database.inTenant(
    municipality,
    async (tx) => {
      const at = { municipality, id };
      const heads = await pageHeads(tx, at);
      if (heads.length === 0) refuse('export-gone', 'This download has been deleted. Ask for a new one.');
      const zip = new ZipFile();
      const delivery = pipeline(zip.outputStream, output);
      const failed = once(zip, 'error').then(([error]) => Promise.reject(error));
      const mtime = new Date(manifest.readyAt);
      zip.addBuffer(Buffer.from(indexPage(manifest)), 'index.html', { mtime });
      zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json', { mtime });
      for (const mark of manifest.sources) {
        const pages = heads.filter(({ source }) => source === mark.source);
        lazily(zip, mark.file, mtime, () => rowsOf(tx, at, pages));
        lazily(zip, `pages/${mark.source}.html`, mtime, () => readable(tx, at, { manifest, mark, pages }));
        for (const { page, file } of pages)
          if (file !== null) lazily(zip, file, mtime, () => oneBuffer(pageContent(tx, at, page)));
      }
      zip.end();
      await Promise.race([delivery, failed]);
    },
    { isolation: 'repeatable read', readOnly: true },
  );
}

function lazily(zip: ZipFile, name: string, mtime: Date, content: () => AsyncIterable<Buffer>): void {
  zip.addReadStreamLazy(name, { mtime }, (done) => done(null, Readable.from(content(), { objectMode: false })));
}

async function* oneBuffer(content: Promise<Buffer | undefined>): AsyncGenerator<Buffer> {
  yield (await content) ?? Buffer.alloc(0);
}

async function* readable(
  tx: Tx,
  at: { municipality: Id; id: Id },
  { manifest, mark, pages }: { manifest: ExportManifest; mark: ExportManifest['sources'][number]; pages: PageHead[] },
): AsyncGenerator<Buffer> {
  const rows: Record<string, unknown>[] = [];
  for (const { page, file, rows: count } of pages) {
    if (file !== null || count === 0 || rows.length >= mostReadable) continue;
    const content = (await pageContent(tx, at, page))?.toString('utf8') ?? '';
    for (const line of content.split('\n')) rows.push(JSON.parse(line) as Record<string, unknown>);
  }
  yield Buffer.from(sourcePage(mark, rows, manifest.language));
}
