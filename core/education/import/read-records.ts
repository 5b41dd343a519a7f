import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { damaged } from './open-bundle.ts';
import { BrokenCsv, splitRecords, type CsvRecord } from './split-records.ts';

export interface RecordOptions {
  /** Default: a comma. */
  delimiter?: ',' | ';';
  /** Told the length of each piece of the file, in bytes. */
  count?: (bytes: number) => void;
}

/** Records of a CSV file, as many at a time as have been read, in bounded memory. */
export async function* readRecords(source: Readable, options: RecordOptions = {}): AsyncGenerator<CsvRecord[]> {
  const { delimiter = ',', count } = options;
  const splitter = splitRecords(delimiter);
  let decode: ((bytes: Buffer) => string) | undefined;
  try {
    for await (const bytes of source as AsyncIterable<Buffer>) {
      decode ??= decoderOf(bytes);
      count?.(bytes.length);
      const records = splitter.push(decode(bytes));
      if (records.length > 0) yield records;
    }
    yield splitter.end();
  } catch (cause) {
    if (cause instanceof BrokenCsv) throw cause;
    damaged(cause);
  } finally {
    source.destroy();
  }
}

/** UTF-8, or UTF-16 when the file begins with its mark; the mark itself is not text. */
function decoderOf(first: Buffer): (bytes: Buffer) => string {
  const decoder = new StringDecoder(first[0] === 0xff && first[1] === 0xfe ? 'utf16le' : 'utf8');
  let started = false;
  return (bytes) => {
    const text = decoder.write(bytes);
    if (started || text === '') return text;
    started = true;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
}
