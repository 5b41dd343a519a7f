import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BulkTx, Database } from '../../db/index.ts';
import { refuse, type Clock, type Id } from '../../kernel/index.ts';
import { bundleFileNames, isLoadedFile, loadOrder } from '../import/bundle-files.ts';
import { exportQueries } from './export-queries.ts';

export interface ExportOptions {
  database: Database;
  clock: Clock;
  municipality: Id;
  /** Receives the zip; closed at the end. */
  output: Writable;
}

// A fixed time inside the zip: the same data gives the same bytes.
const entryTime = new Date('2000-01-01T00:00:00Z');

/**
 * Writes the municipality's roster as a OneRoster 1.2 CSV bundle (bulk), of one moment and in constant memory. What is
 * the municipality's own — protections, court and manual guardianships — does not leave with it.
 */
export async function exportBundle({ database, clock, municipality, output }: ExportOptions): Promise<void> {
  const today = clock.today();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) refuse('internal', 'The clock has no school date.');
  await database.inTenantBulk(
    municipality,
    async (tx) => {
      // Statistics may not know this municipality yet; hash joins are right for whole tables.
      await tx.query({ text: 'set local enable_nestloop = off; set local jit = off' });
      await writeZip(tx, { municipality, today, output });
    },
    {
      isolation: 'repeatable read',
      readOnly: true,
    },
  );
}

interface ZipOptions {
  municipality: Id;
  today: string;
  output: Writable;
}

async function writeZip(tx: BulkTx, { municipality, today, output }: ZipOptions): Promise<void> {
  const zip = new ZipFile();
  const delivery = pipeline(zip.outputStream, output);
  zip.addBuffer(Buffer.from(manifest()), 'manifest.csv', { mtime: entryTime });
  for (const file of loadOrder) {
    // COPY takes no parameters; both values have been checked to be a UUID and a date.
    const query = exportQueries[file].replaceAll('$M', `'${municipality}'`).replaceAll('$TODAY', `date '${today}'`);
    zip.addReadStreamLazy(`${file}.csv`, { mtime: entryTime }, (done) => {
      done(null, tx.copyOut(`copy (${query} order by 1) to stdout (format csv, header)`));
    });
  }
  const failed = once(zip, 'error').then(([error]) => Promise.reject(error));
  zip.end();
  await Promise.race([delivery, failed]);
}

function manifest(): string {
  const files = bundleFileNames.map((name) => `file.${name},${isLoadedFile(name) ? 'bulk' : 'absent'}`);
  const lines = [
    'propertyName,value',
    'manifest.version,1.0',
    'oneroster.version,1.2',
    ...files,
    'source.systemName,DigiOne',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
