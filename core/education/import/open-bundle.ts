import { pipeline, Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { refuse } from '../../kernel/index.ts';

/** A bundle that has been looked through: its files by bare name, without `.csv`. */
export interface OpenBundle extends Disposable {
  /** Lower-cased names without `.csv`, as found in the zip. */
  names: readonly string[];
  /** Uncompressed bytes. */
  size(name: string): number;
  read(name: string): Promise<Readable>;
}

export interface BundleLimits {
  entries: number;
  /** Uncompressed bytes of all files together. */
  bytes: number;
  /** Uncompressed ÷ compressed of one file; more is taken for a zip bomb. */
  ratio: number;
}

const defaultLimits: BundleLimits = { entries: 64, bytes: 20 * 2 ** 30, ratio: 400 };

export async function openBundle(path: string, limits: BundleLimits = defaultLimits): Promise<OpenBundle> {
  const zip = await openPromise(path, { autoClose: false }).catch((cause: Error) =>
    refuse('invalid', 'The file is not a zip archive that can be read.', { cause, detail: cause.message }),
  );
  try {
    const entries = await listEntries(zip, limits);
    return {
      names: [...entries.keys()],
      size: (name) => entries.get(name)?.uncompressedSize ?? 0,
      read: (name) => openEntry(zip, entries, name),
      [Symbol.dispose]: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function openEntry(zip: ZipFile, entries: Map<string, Entry>, name: string): Promise<Readable> {
  const entry = entries.get(name);
  if (!entry) refuse('invalid', `The bundle has no file ${name}.csv.`);
  const source = await zip.openReadStreamPromise(entry).catch((cause: Error) => damaged(cause));
  // Errors reach the reader through the last stream of the pipeline.
  return pipeline(source, checksum(entry.crc32), () => undefined);
}

/** yauzl checks sizes; a flipped bit inside shows only here. */
function checksum(expected: number): Transform {
  let sum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush: (done) => done(sum === expected ? null : new Error('checksum mismatch')),
  });
}

export function damaged(cause: unknown): never {
  refuse('invalid', 'The zip archive is damaged; send it again.', { cause, detail: String(cause) });
}

async function listEntries(zip: ZipFile, limits: BundleLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.entries) refuse('too-large', `A bundle has at most ${limits.entries} files.`);
  const entries = new Map<string, Entry>();
  let bytes = 0;
  for await (const entry of readEntries(zip)) {
    if (entry.fileName.endsWith('/')) continue;
    bytes += entry.uncompressedSize;
    checkEntry(entry, bytes, limits);
    const name = bareName(entry.fileName);
    if (entries.has(name)) refuse('invalid', `The bundle has two files named ${name}.csv.`);
    entries.set(name, entry);
  }
  return entries;
}

async function* readEntries(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (cause) {
    damaged(cause);
  }
}

function checkEntry(entry: Entry, bytes: number, limits: BundleLimits): void {
  if (entry.isEncrypted()) refuse('invalid', 'The bundle is encrypted; send it without a password.');
  if (bytes > limits.bytes) refuse('too-large', 'The bundle is larger than this municipality may load.');
  if (entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize > limits.ratio * entry.compressedSize)
    refuse('too-large', `The file ${entry.fileName} unpacks to far more than a roster would.`);
}

/** Some systems pack their files in a folder and write `Users.CSV`. */
function bareName(fileName: string): string {
  return (fileName.split('/').at(-1) ?? '').replace(/\.csv$/i, '').toLowerCase();
}
