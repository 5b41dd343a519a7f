import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Database } from '../../../core/db/index.ts';
import { exportBundle, importBundle, type ImportOptions, type ImportReport } from '../../../core/education/index.ts';
import { fixedClock, newId, type Id } from '../../../core/kernel/index.ts';

export const clock = fixedClock('2026-11-24T08:00:00Z', '2026-11-24');
export const today = '2026-11-24';

export interface Scratch extends AsyncDisposable {
  path(name: string): string;
}

export async function scratchFolder(): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'digione-import-'));
  return {
    path: (name) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** File name → its text, or its lines with the header first. */
export type BundleFiles = Record<string, string | Buffer | readonly string[]>;

const asText = (content: string | Buffer | readonly string[]) =>
  typeof content === 'string' || Buffer.isBuffer(content) ? content : `${content.join('\r\n')}\r\n`;

export function manifestOf(modes: Record<string, string>): string {
  const files = Object.entries(modes).map(([name, mode]) => `file.${name},${mode}`);
  return ['propertyName,value', 'manifest.version,1.0', 'oneroster.version,1.2', ...files].join('\r\n');
}

/** Writes a zip; the manifest says bulk for every file unless told otherwise. */
export async function writeBundle(path: string, files: BundleFiles, mode: 'bulk' | 'delta' = 'bulk'): Promise<string> {
  const zip = new ZipFile();
  const names = Object.keys(files).filter((name) => name !== 'manifest');
  const manifest = files['manifest'] ?? manifestOf(Object.fromEntries(names.map((name) => [name, mode])));
  zip.addBuffer(Buffer.from(asText(manifest)), 'manifest.csv');
  for (const name of names) zip.addBuffer(Buffer.from(asText(files[name]!)), name.includes('.') ? name : `${name}.csv`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

export async function addMunicipality(database: Database, code: string): Promise<Id> {
  const id = newId();
  await database.global((tx) =>
    tx.query({
      text: `insert into municipality (id, code, oid, name_fi, name_sv, name_en) values ($1, $2, $3, $2, $2, $2)`,
      values: [id, code, `1.2.246.562.99.10.${Number(code)}`],
    }),
  );
  return id;
}

export const hashIdentifier = (value: string): string => `hashed-${value}`;

export function load(
  database: Database,
  municipality: Id,
  path: string,
  more: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  return importBundle({ database, clock, municipality, path, hashIdentifier, ...more });
}

export function save(database: Database, municipality: Id, path: string): Promise<void> {
  return exportBundle({ database, clock, municipality, output: createWriteStream(path) });
}
