import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { BulkTx } from '../../db/index.ts';
import { columnsOf, type LoadedFile } from './bundle-files.ts';
import { stagingType } from './column-kinds.ts';
import type { Lines } from './read-lines.ts';
import { BrokenCsv } from './split-records.ts';

export interface Staged {
  rows: number;
  columns: ReadonlySet<string>;
}

export const stageTable = (file: LoadedFile): string => `staged_${file.toLowerCase()}`;

export interface StageOptions {
  file: LoadedFile;
  lines: AsyncIterable<Lines>;
  /** Told now and then how far it is. */
  progress: (at: { rows: number; bytes: number }) => void;
}

/** Streams checked lines into a temporary table of this transaction; tells how many rows. */
export async function stageFile(tx: BulkTx, { file, lines, progress }: StageOptions): Promise<number> {
  await createStage(tx, file);
  const copy = tx.copyIn(`copy ${stageTable(file)} from stdin`);
  const ended = finished(copy);
  // Awaited below; until then a failing COPY must not count as unhandled.
  ended.catch(() => undefined);
  let rows = 0;
  try {
    for await (const { text, rows: more, bytes } of lines) {
      rows += more;
      await write(copy, text);
      progress({ rows, bytes });
    }
  } catch (error) {
    // A CSV error ends the COPY in good order, since the transaction goes on without this file.
    if (error instanceof BrokenCsv) copy.end();
    else copy.destroy(error as Error);
    if (error instanceof BrokenCsv) await ended;
    throw error;
  }
  copy.end();
  await ended;
  return rows;
}

async function createStage(tx: BulkTx, file: LoadedFile): Promise<void> {
  const own = Object.values(columnsOf(file)).map(({ as, check }) => `"${as}" ${stagingType(check)}`);
  const columns = ['line integer', 'sourced_id text', 'status text', 'bad boolean', ...own];
  await tx.query({ text: `create temporary table ${stageTable(file)} (${columns.join(', ')}) on commit drop` });
}

/** The planner needs to know of the columns by which rows are joined, and of no others. */
export async function analyzeStage(tx: BulkTx, file: LoadedFile): Promise<void> {
  const references = Object.values(columnsOf(file)).filter(({ check }) => check.kind === 'id');
  const joined = ['sourced_id', ...references.map(({ as }) => `"${as}"`)];
  await tx.query({ text: `analyze ${stageTable(file)} (${joined.join(', ')})` });
}

async function write(copy: Writable, text: Buffer): Promise<void> {
  if (text.length > 0 && !copy.write(text)) await once(copy, 'drain');
}
