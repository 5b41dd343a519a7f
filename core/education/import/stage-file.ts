import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { BulkTx } from '../../db/index.ts';
import { columnsOf, type LoadedFile } from './bundle-files.ts';
import { bindHeader, type StagedRow } from './check-record.ts';
import { squeeze, type HashIdentifier } from './check-value.ts';
import { stagingType } from './column-kinds.ts';
import type { ProblemList } from './problems.ts';
import { readRecords } from './read-records.ts';
import { BrokenCsv, type CsvRecord } from './split-records.ts';

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
  const batches = readRecords(await options.open(), delimiter);
  try {
    const [header, ...first] = await nextRecords(batches);
    const check = header && bindHeader({ ...options, header: header.fields });
    if (!header || !check) return undefined;
    await createStage(tx, file);
    const rows = await copyRecords(tx, { ...options, first, batches, check });
    await tx.query({ text: `analyze ${stageTable(file)} (${joinedColumns(file).join(', ')})` });
    return { rows, columns: new Set(header.fields.map((name) => squeeze(name.trim()))) };
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    problems.add({
      ...{ file: `${file}.csv`, line: error.line, column: '', value: '' },
      ...{ reason: 'unclosed-quote', action: 'file-left-out' },
    } as const);
    return undefined;
  } finally {
    await batches.return(undefined);
  }
}

async function nextRecords(batches: AsyncGenerator<CsvRecord[]>): Promise<CsvRecord[]> {
  for (;;) {
    const { value, done } = await batches.next();
    if (done) return [];
    if (value.length > 0) return value;
  }
}

/** Spreadsheets with Finnish settings write semicolons. */
async function findDelimiter({ open, file, problems }: StageOptions): Promise<',' | ';'> {
  const batches = readRecords(await open());
  try {
    const first = (await nextRecords(batches))[0]?.fields ?? [];
    if (first.length > 1 || !first[0]?.includes(';')) return ',';
    problems.add({ file: `${file}.csv`, line: 1, column: '', value: ';', reason: 'odd-spelling', action: 'corrected' });
    return ';';
  } catch (error) {
    if (error instanceof BrokenCsv) return ',';
    throw error;
  } finally {
    await batches.return(undefined);
  }
}

async function createStage(tx: BulkTx, file: LoadedFile): Promise<void> {
  const own = Object.values(columnsOf(file)).map(({ as, check }) => `"${as}" ${stagingType(check)}`);
  const columns = ['line integer', 'sourced_id text', 'status text', 'bad boolean', ...own];
  await tx.query({ text: `create temporary table ${stageTable(file)} (${columns.join(', ')}) on commit drop` });
}

/** The planner needs to know of the columns by which rows are joined, and of no others. */
function joinedColumns(file: LoadedFile): string[] {
  const references = Object.values(columnsOf(file)).filter(({ check }) => check.kind === 'id');
  return ['sourced_id', ...references.map(({ as }) => `"${as}"`)];
}

interface CopyOptions extends StageOptions {
  /** What came together with the header. */
  first: readonly CsvRecord[];
  batches: AsyncGenerator<CsvRecord[]>;
  check: (record: CsvRecord) => StagedRow | undefined;
}

async function copyRecords(tx: BulkTx, options: CopyOptions): Promise<number> {
  const { file, first, batches, check, progress } = options;
  const copy = tx.copyIn(`copy ${stageTable(file)} from stdin`);
  const ended = finished(copy);
  // Awaited below; until then a failing COPY must not count as unhandled.
  ended.catch(() => undefined);
  let rows = 0;
  const stage = async (records: readonly CsvRecord[]) => {
    const lines = copyLines(records, check);
    rows += lines.rows;
    await write(copy, lines.text);
    progress(rows);
  };
  try {
    await stage(first);
    for await (const records of batches) await stage(records);
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

async function write(copy: Writable, text: string): Promise<void> {
  if (text !== '' && !copy.write(text)) await once(copy, 'drain');
}

function copyLines(records: readonly CsvRecord[], check: CopyOptions['check']): { text: string; rows: number } {
  let text = '';
  let rows = 0;
  for (const record of records) {
    const row = check(record);
    if (!row) continue;
    text += copyLine(row);
    rows += 1;
  }
  return { text, rows };
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
