// No log, no data: a core is killed with SIGKILL at random moments of its reads, a thousand times on one durable database.
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { municipality } from '../core/access/plant-world.ts';
import { killRun } from '../core/audit/kill-runs.ts';
import { benchSchool } from './bench-school.ts';

const kills = Number(process.env['DIGIONE_BENCH_KILLS'] ?? 1000);
const latestMs = 200;

await using bench = await benchSchool(4);
const { database, provisioned } = bench.platform;
const totals = { kills: 0, answered: 0, unlogged: 0, loggedWithoutAnswer: 0 };
for (let run = 0; run < kills; run += 1) {
  const at = { url: provisioned.coreUrl, name: `run${run}`, afterMs: randomInt(latestMs) };
  const { answered, unlogged, unanswered } = await killRun(database, at);
  totals.kills += 1;
  totals.answered += answered;
  totals.unlogged += unlogged.length;
  totals.loggedWithoutAnswer += unanswered;
  if (run % 50 === 49) console.log(JSON.stringify(totals));
}
const [row] = await database.inTenant(municipality, (tx) =>
  tx.query<{ events: number }>({ text: 'select count(*) as events from audit_event' }),
);
const result = { name: 'kill', date: new Date().toISOString(), node: process.version, ...totals, events: row!.events };
console.table([result]);
await writeFile(new URL('./results/kill.json', import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
if (totals.unlogged > 0) process.exitCode = 1;
