import { CsvError, parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { damaged } from './open-bundle.ts';

export interface CsvRecord {
  /** Line on which the record begins, the first of the file being 1. */
  line: number;
  fields: readonly string[];
}

/** The file stopped making sense at `line`. */
export class BrokenCsv extends Error {
  readonly line: number;

  constructor(line: number, cause: unknown) {
    super('the file can’t be read to its end', { cause });
    this.name = 'BrokenCsv';
    this.line = line;
  }
}

/** Records of a CSV file (RFC 4180, forgiving about stray quotes and column counts), one at a time. */
export async function* readRecords(source: Readable, delimiter: ',' | ';' = ','): AsyncGenerator<CsvRecord> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 256 * 1024,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const fields of parser as AsyncIterable<string[]>) {
      yield { line, fields };
      line += 1 + newlinesIn(fields);
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw new BrokenCsv(lineOf(cause) ?? line, cause);
    damaged(cause);
  } finally {
    source.destroy();
  }
}

/** Where the parser gave up, which it tells only in words; a quote was opened somewhere before. */
function lineOf({ message }: CsvError): number | undefined {
  const line = /at line (\d+)/.exec(message)?.[1];
  return line === undefined ? undefined : Number(line);
}

function newlinesIn(fields: readonly string[]): number {
  let count = 0;
  for (const field of fields) {
    if (field.includes('\n')) count += field.split('\n').length - 1;
  }
  return count;
}
