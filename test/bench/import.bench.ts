// A OneRoster bundle of 60 000 users through the whole import, beside COPY of the same CSV bytes into bare tables.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { writeCityBundle } from '../../core/demo/index.ts';
import { testDatabase } from '../support/database.ts';
import { addMunicipality, load } from '../core/education/bundle-fixture.ts';
import { compete, report, timed } from './harness.ts';

const runs = 3;
// With their guardians and teachers about 60 000 users.
const city = { code: '100', learners: Number(process.env['DIGIONE_BENCH_LEARNERS'] ?? 24_700), schools: 100 };

const folder = mkdtempSync(join(tmpdir(), 'digione-bench-'));
const bundle = join(folder, 'city.zip');
await writeCityBundle(city, createWriteStream(bundle));

await using server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), database: 'bench' });
process.env['DIGIONE_TEST_POSTGRES'] = server.url;
await using platform = await testDatabase();
let loads = 0;
let rows = 0;

/** Rows per second: read, checked, resolved, merged into live tables with their keys, indexes and row-level security. */
async function ours(): Promise<number> {
  loads += 1;
  const municipality = await addMunicipality(platform.database, String(500 + loads));
  let loaded = 0;
  const milliseconds = await timed(async () => {
    const { counts } = await load(platform.database, municipality, bundle, { confirm: { access: true } });
    for (const count of Object.values(counts)) if (typeof count === 'object') loaded += count.added;
  });
  rows = loaded;
  return (loaded * 1_000) / milliseconds;
}

/** Rows per second of the same files, unchecked, into tables of text without keys. */
async function beside(): Promise<number> {
  const client = new pg.Client({ connectionString: platform.url });
  await client.connect();
  let copied = 0;
  try {
    const milliseconds = await timed(async () => {
      await client.query('begin');
      const zip = await openPromise(bundle, { autoClose: false });
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName !== 'manifest.csv') copied += await copyBare(client, zip, entry);
      }
      zip.close();
      await client.query('commit');
    });
    await dropBare(client);
    return (copied * 1_000) / milliseconds;
  } finally {
    await client.end();
  }
}

async function copyBare(client: pg.Client, zip: ZipFile, entry: Entry): Promise<number> {
  const table = `bare_${entry.fileName.replace('.csv', '').toLowerCase()}`;
  const header = await firstLine(zip, entry);
  await client.query(`create table ${table} (${header.map((_, index) => `c${index} text`).join(', ')})`);
  const copy = client.query(copyFrom(`copy ${table} from stdin (format csv, header)`));
  await pipeline(await zip.openReadStreamPromise(entry), copy);
  return (copy as unknown as { rowCount: number }).rowCount;
}

async function firstLine(zip: ZipFile, entry: Entry): Promise<string[]> {
  const source = await zip.openReadStreamPromise(entry);
  for await (const chunk of source) {
    source.destroy();
    return String(chunk).split('\n')[0]!.split(',');
  }
  return [];
}

async function dropBare(client: pg.Client): Promise<void> {
  const { rows: tables } = await client.query(`select tablename from pg_tables where tablename like 'bare_%'`);
  for (const { tablename } of tables) await client.query(`drop table ${tablename}`);
}

try {
  const contest = {
    what: 'city of 60 000 users',
    unit: 'rows/s',
    besideName: 'COPY into bare tables',
    goal: 0.4,
  } as const;
  const row = await compete({ ...contest, better: 'higher', ours, beside }, runs);
  console.log(`${rows} rows written by an import`);
  await report('import', runs, [row]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
