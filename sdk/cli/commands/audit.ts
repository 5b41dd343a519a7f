import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cosignedBy } from '@digione/core/audit/verify';
import { type ExportedLeaf, type Finding, verifyLog } from '@digione/core/audit/verify-log';
import { type Call, type Command, textOf } from '../command.ts';
import { fail, misuse } from '../failure.ts';
import { fingerprintOf, jsonIn, pemIn, readKey, readSmallFile } from '../public-key.ts';

const mostKeyBytes = 100_000;
const mostKeptBytes = 10_000_000;
const mostShown = 100;

export const audit: Command = {
  summary: 'check a whole log: digione audit verify log.ndjson --key key.json',
  help: `digione audit verify LOG

Checks every row, hash and checkpoint of a log as /api/officer/log gives it, without a network, and names each row that was
changed, removed or added behind the log. Checkpoints that somebody else kept (--kept) unmask a rewritten history.`,
  options: {
    key: { type: 'string', value: 'FILE', help: 'public key of the platform, PEM or JSON as /api/audit/key gives it' },
    witness: {
      type: 'string',
      value: 'FILE',
      help: 'name and public key of a witness, as JSON: its cosignature is asked for',
    },
    kept: { type: 'string', value: 'FILE', help: 'a checkpoint that was kept elsewhere, by a witness for example' },
  },
  async run(call) {
    const [verb, file, ...more] = call.words;
    if (verb !== 'verify' || file === undefined || more.length > 0)
      misuse('Call it like this: digione audit verify log.ndjson --key key.json');
    const { folder, terminal } = call.surroundings;
    const keyFile = textOf(call.values, 'key') ?? misuse("Name the platform's public key with --key FILE.");
    const key = readKey(pemIn(await readSmallFile(folder, keyFile, mostKeyBytes)));
    const { leaves, header, counted } = await openLog(resolve(folder, file));
    const checkpoints = [...header.checkpoints, ...(await keptOf(call))];
    const findings = await verifyLog({ leaves, checkpoints, strayPositions: header.strayPositions }, key);
    if (findings.length > 0) fail(`The log does not hold: ${findings.length} findings.`, wordsOf(findings));
    const witnessed = await witnessedOf(call, checkpoints);
    terminal.say('The log holds.');
    if (witnessed) terminal.say(witnessed);
    terminal.say(`events     ${counted.leaves}, checkpoints ${checkpoints.length}`);
    terminal.say(`key        sha256:${fingerprintOf(key)}`);
  },
};

async function keptOf({ values, surroundings }: Call): Promise<string[]> {
  const file = textOf(values, 'kept');
  return file ? [await readSmallFile(surroundings.folder, file, mostKeptBytes)] : [];
}

/** What the witness has seen of this history; without its word there is none that others could hold against it. */
async function witnessedOf(
  { values, surroundings }: Call,
  checkpoints: readonly string[],
): Promise<string | undefined> {
  const file = textOf(values, 'witness');
  if (!file) return undefined;
  const text = await readSmallFile(surroundings.folder, file, mostKeyBytes);
  const name = jsonIn(text)?.['name'];
  if (typeof name !== 'string') return fail(`${file} names no witness.`);
  const witness = { name, publicKey: readKey(pemIn(text)) };
  const seen = checkpoints.flatMap((note) => {
    const at = cosignedBy(note, witness);
    return at ? [{ at, size: Number(note.split('\n')[1]) }] : [];
  });
  const last = seen.sort((a, b) => a.size - b.size).at(-1);
  return last
    ? `witness    ${name} cosigned ${last.size} events at ${last.at.toISOString()}`
    : fail(`No checkpoint of the log is cosigned by ${name}.`);
}

function wordsOf(findings: readonly Finding[]): string[] {
  const lines = findings.slice(0, mostShown).map(({ what, say }) => `${what}: ${say}`);
  return findings.length > mostShown ? [...lines, `… and ${findings.length - mostShown} more`] : lines;
}

interface Header {
  checkpoints: string[];
  strayPositions: number[];
}

/** Line by line: a log may be larger than the memory. */
async function openLog(path: string) {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const all = lines[Symbol.asyncIterator]();
  const first = await all.next().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return fail(`There is no file ${path}.`);
    throw error;
  });
  const header = headerIn(first.done ? '' : first.value);
  const counted = { leaves: 0 };
  async function* leaves(): AsyncGenerator<ExportedLeaf> {
    for (let line = await all.next(); !line.done; line = await all.next()) {
      counted.leaves += 1;
      yield leafIn(line.value, counted.leaves);
    }
  }
  return { header, counted, leaves: leaves() };
}

function headerIn(line: string): Header {
  const { kind, v, checkpoints, strayPositions, ...more } = parsed(line, 1) as Record<string, unknown>;
  const isKnown = kind === 'digione-log' && v === 1 && Object.keys(more).length === 0;
  const isHeader = isKnown && isListOf(checkpoints, 'string') && isListOf(strayPositions, 'number');
  return isHeader ? { checkpoints, strayPositions } : fail('The file is no log.');
}

function leafIn(line: string, number: number): ExportedLeaf {
  const leaf = parsed(line, number + 1) as ExportedLeaf;
  const isLeaf =
    typeof leaf.leaf === 'number' &&
    typeof leaf.tileHash === 'string' &&
    Array.isArray(leaf.subjects) &&
    leaf.subjects.every((one) => typeof one?.subLeaf === 'string') &&
    Object.keys(leaf).every((name) => leafMembers.has(name));
  return isLeaf ? leaf : fail(`Line ${number + 1} of the log is no line of a log.`);
}

const leafMembers = new Set(['leaf', 'position', 'event', 'subjects', 'tileHash']);

function parsed(line: string, number: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    return fail(`Line ${number} of the log is no JSON.`);
  }
  return fail(`Line ${number} of the log is no line of a log.`);
}

function isListOf<T extends 'string' | 'number'>(
  value: unknown,
  type: T,
): value is (T extends 'string' ? string : number)[] {
  return Array.isArray(value) && value.every((one) => typeof one === type);
}
