import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { BulkTx } from '../../db/index.ts';
import { columnsOf, type LoadedFile } from './bundle-files.ts';
import { bindHeader, type StagedRow } from './check-record.ts';
import { squeeze, type HashIdentifier } from './check-value.ts';
import { stagingType } from './column-kinds.ts';
import type { ProblemList } from './problems.ts';
import { BrokenCsv, readRecords, type CsvRecord } from './read-records.ts';

export interface StageOptions {
  file: LoadedFile;
  open: () => Promise<Readable>;
  hashIdentifier: HashIdentifier;
  problems: ProblemList;
  /** Told now and then how many rows are in. */
  progress: (rows: number) => void;
}

export interface Staged {
  rows: number;
  /** Columns that the file really has, squeezed; a missing one says nothing about what it would hold. */
  columns: ReadonlySet<string>;
}

export const stageTable = (file: LoadedFile): string => `staged_${file.toLowerCase()}`;

/** Streams one file, checked row by row, into a temporary table of this transaction. Undefined: the file is unusable. */
export async function stageFile(tx: BulkTx, options: StageOptions): Promise<Staged | undefined> {
  const { file, problems } = options;
  const delimiter = await findDelimiter(options);
  const records = readRecords(await options.open(), delimiter);
  try {
    const header = await nextRecord(records);
    const check = header && bindHeader({ ...options, header: header.fields });
    if (!header || !check) return undefined;
    await createStage(tx, file);
    const rows = await copyRecords(tx, { ...options, records, check });
    await tx.query({ text: `analyze ${stageTable(file)}` });
    return { rows, columns: new Set(header.fields.map((name) => squeeze(name.trim()))) };
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    problems.add({
      ...{ file: `${file}.csv`, line: error.line, column: '', value: '' },
      ...{ reason: 'unclosed-quote', action: 'file-left-out' },
    } as const);
    return undefined;
  } finally {
    await records.return(undefined);
  }
}

async function nextRecord(records: AsyncGenerator<CsvRecord>): Promise<CsvRecord | undefined> {
  const { value, done } = await records.next();
  return done ? undefined : value;
}

/** Spreadsheets with Finnish settings write semicolons. */
async function findDelimiter({ open, file, problems }: StageOptions): Promise<',' | ';'> {
  const records = readRecords(await open());
  try {
    const first = (await nextRecord(records))?.fields ?? [];
    if (first.length > 1 || !first[0]?.includes(';')) return ',';
    problems.add({ file: `${file}.csv`, line: 1, column: '', value: ';', reason: 'odd-spelling', action: 'corrected' });
    return ';';
  } catch (error) {
    if (error instanceof BrokenCsv) return ',';
    throw error;
  } finally {
    await records.return(undefined);
  }
}

async function createStage(tx: BulkTx, file: LoadedFile): Promise<void> {
  const own = Object.values(columnsOf(file)).map(({ as, check }) => `"${as}" ${stagingType(check)}`);
  const columns = ['line integer', 'sourced_id text', 'status text', 'bad boolean', ...own];
  await tx.query({ text: `create temporary table ${stageTable(file)} (${columns.join(', ')}) on commit drop` });
}

interface CopyOptions extends StageOptions {
  records: AsyncGenerator<CsvRecord>;
  check: (record: CsvRecord) => StagedRow | undefined;
}

async function copyRecords(tx: BulkTx, options: CopyOptions): Promise<number> {
  const { file, records, check, progress } = options;
  const copy = tx.copyIn(`copy ${stageTable(file)} from stdin`);
  const ended = finished(copy);
  // Awaited below; until then a failing COPY must not count as unhandled.
  ended.catch(() => undefined);
  let rows = 0;
  let chunk = '';
  try {
    for await (const record of records) {
      const row = check(record);
      if (!row) continue;
      chunk += copyLine(row);
      rows += 1;
      if (chunk.length < 65_536) continue;
      await write(copy, chunk);
      chunk = '';
      progress(rows);
    }
  } catch (error) {
    // A CSV error ends the COPY in good order, since the transaction goes on without this file.
    if (error instanceof BrokenCsv) copy.end();
    else copy.destroy(error as Error);
    if (error instanceof BrokenCsv) await ended;
    throw error;
  }
  copy.end(chunk);
  await ended;
  progress(rows);
  return rows;
}

async function write(copy: Writable, chunk: string): Promise<void> {
  if (!copy.write(chunk)) await once(copy, 'drain');
}

const special = /[\\\t\n\r]/;

/** A line of COPY's text format, https://www.postgresql.org/docs/current/sql-copy.html */
function copyLine(row: StagedRow): string {
  let line = '';
  for (const value of row) {
    if (line !== '') line += '\t';
    line += value === null ? '\\N' : special.test(value) ? escaped(value) : value;
  }
  return `${line}\n`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
