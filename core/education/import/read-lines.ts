import type { Readable } from 'node:stream';
import type { LoadedFile } from './bundle-files.ts';
import { bindHeader, type StagedRow } from './check-record.ts';
import { squeeze, type HashIdentifier } from './check-value.ts';
import type { ProblemList } from './problems.ts';
import { readRecords } from './read-records.ts';
import { BrokenCsv, type CsvRecord } from './split-records.ts';

export interface ReadOptions {
  file: LoadedFile;
  open: () => Promise<Readable>;
  hashIdentifier: HashIdentifier;
  problems: ProblemList;
}

/** Checked rows, as lines of COPY's text format. */
export interface Lines {
  /** As bytes: a text that waits for the database would wait in the thousand pieces from which it was put together. */
  text: Buffer;
  rows: number;
  /** Of the file, up to here. */
  bytes: number;
}

/** A file whose header can be used. */
export interface CheckedFile {
  /** Columns that the file really has, squeezed; a missing one says nothing about what it would hold. */
  columns: ReadonlySet<string>;
  /** Throws BrokenCsv where the file stops making sense. */
  lines: AsyncGenerator<Lines>;
}

/** Reads a file, checked row by row, in bounded memory. Undefined: the file is unusable, and the problems tell why. */
export async function readLines(options: ReadOptions): Promise<CheckedFile | undefined> {
  const delimiter = await findDelimiter(options);
  let bytes = 0;
  const count = (length: number): void => {
    bytes += length;
  };
  const batches = readRecords(await options.open(), { delimiter, count });
  try {
    const [header, ...first] = await nextRecords(batches);
    const check = header && bindHeader({ ...options, header: header.fields });
    if (header && check) {
      const columns = new Set(header.fields.map((name) => squeeze(name.trim())));
      return { columns, lines: checkedLines({ first, batches, check, bytes: () => bytes }) };
    }
  } catch (error) {
    await batches.return(undefined);
    if (!(error instanceof BrokenCsv)) throw error;
    reportBroken(options, error);
    return undefined;
  }
  await batches.return(undefined);
  return undefined;
}

export function reportBroken({ problems, file }: Pick<ReadOptions, 'problems' | 'file'>, { line }: BrokenCsv): void {
  const at = { file: `${file}.csv`, line, column: '', value: '' };
  problems.add({ ...at, reason: 'unclosed-quote', action: 'file-left-out' });
}

async function nextRecords(batches: AsyncGenerator<CsvRecord[]>): Promise<CsvRecord[]> {
  for (;;) {
    const { value, done } = await batches.next();
    if (done) return [];
    if (value.length > 0) return value;
  }
}

/** Spreadsheets with Finnish settings write semicolons. */
async function findDelimiter({ open, file, problems }: ReadOptions): Promise<',' | ';'> {
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

interface Reading {
  /** What came together with the header. */
  first: readonly CsvRecord[];
  batches: AsyncGenerator<CsvRecord[]>;
  check: (record: CsvRecord) => StagedRow | undefined;
  bytes: () => number;
}

async function* checkedLines({ first, batches, check, bytes }: Reading): AsyncGenerator<Lines> {
  try {
    yield { ...copyLines(first, check), bytes: bytes() };
    for await (const records of batches) yield { ...copyLines(records, check), bytes: bytes() };
  } finally {
    await batches.return(undefined);
  }
}

function copyLines(records: readonly CsvRecord[], check: Reading['check']): { text: Buffer; rows: number } {
  let text = '';
  let rows = 0;
  for (const record of records) {
    const row = check(record);
    if (!row) continue;
    text += copyLine(row);
    rows += 1;
  }
  return { text: Buffer.from(text), rows };
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
