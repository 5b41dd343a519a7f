// Spoilt OneRoster bundles through the whole import: none may crash, hang, leave a part or grow the memory.
// DIGIONE_FUZZ_RUNS=10000 is the long run; `test/core/education/spoilt-bundles.ts` makes bundle n from the number n alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../core/db/index.ts';
import { Refusal } from '../../core/kernel/index.ts';
import { writeBundle } from '../core/education/bundle-fixture.ts';
import { smallSchool } from '../core/education/small-school.ts';
import { writeSpoiltBundle } from '../core/education/spoilt-bundles.ts';
import { confirmed, openTowns, type Town } from '../core/education/towns.ts';

const runs = Number(process.env['DIGIONE_FUZZ_RUNS'] ?? 300);
/** Number of the first bundle, for going on where a run was cut off. */
const first = Number(process.env['DIGIONE_FUZZ_FIRST'] ?? 0);
/** One bundle of so many is loaded for good, into a municipality of its own; their codes have three digits. */
const keepEvery = Math.max(20, Math.ceil(runs / 800));

const lanes = 4;

const folder = mkdtempSync(join(tmpdir(), 'digione-fuzz-'));
await using server = await startEmbeddedPostgres({
  dataFolder: join(folder, 'postgres'),
  database: 'fuzz',
  durable: false,
});
process.env['DIGIONE_TEST_POSTGRES'] = server.url;
const towns = await openTowns();

const told = { loaded: 0, refused: 0, problems: 0, crashed: [] as string[], parts: [] as string[] };
const refusals: Record<string, number> = {};
let memory = 0;

try {
  const sound = await readFile(await writeBundle(towns.path('sound.zip'), smallSchool));
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane, sound)));
  await keep();
} finally {
  await towns[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = told.crashed.length + told.parts.length > 0 ? 1 : 0;

/** Several municipalities at once, each with its own bundles. */
async function runLane(lane: number, sound: Buffer): Promise<void> {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  for (let run = first + lane; run < runs; run += lanes) {
    await oneBundle(town, run, sound);
    memory = Math.max(memory, process.memoryUsage().rss);
    if ((run + 1) % 250 === 0) console.log(`${run + 1} of ${runs}`, { ...told, crashed: told.crashed.length });
  }
}

async function oneBundle(town: Town, run: number, sound: Buffer): Promise<void> {
  const path = towns.path(`spoilt-${run % lanes}.zip`);
  await writeSpoiltBundle(path, run, sound);
  const forGood = run % keepEvery === 0;
  const target = forGood ? await towns.add() : town;
  const before = forGood ? undefined : await fingerprint(town);
  try {
    const report = await target.loadPath(path, { dryRun: !forGood, ...confirmed });
    told.loaded += 1;
    told.problems += report.problemCount;
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'internal') {
      told.refused += 1;
      refusals[error.code] = (refusals[error.code] ?? 0) + 1;
      if (forGood && (await fingerprint(target)) !== '0 0 0 0 0') told.parts.push(String(run));
    } else told.crashed.push(`${run}: ${error}`);
  }
  if (before !== undefined && (await fingerprint(town)) !== before) told.parts.push(String(run));
}

/** How much there is of everything, and a digest of the people. */
async function fingerprint(town: Town): Promise<string> {
  const [row] = await town.rows<{ all: string }>(
    `select concat_ws(' ', (select count(*) from org), (select count(*) from class),
       (select coalesce(sum(hashtext(p::text)), 0) from person p), (select coalesce(sum(hashtext(e::text)), 0) from enrollment e),
       (select coalesce(sum(hashtext(g::text)), 0) from guardianship g)) as all`,
  );
  return row!.all;
}

async function keep(): Promise<void> {
  const results = new URL('./results/', import.meta.url);
  await mkdir(results, { recursive: true });
  const report = {
    name: 'import-fuzz',
    date: new Date().toISOString(),
    node: process.version,
    first,
    runs: runs - first,
    ...told,
    refusals,
    memoryMb: Math.round(memory / 1e6),
  };
  console.log(report);
  await writeFile(new URL('import-fuzz.json', results), `${JSON.stringify(report, null, 2)}\n`);
}
