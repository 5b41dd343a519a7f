// Durable events with their tree, chains and checkpoints, beside plain inserts of the same rows.
import { generateKeyPairSync } from 'node:crypto';
import { createAudit } from '../../core/audit/index.ts';
import { fixedClock } from '../../core/kernel/index.ts';
import { quietLog } from '../support/database.ts';
import { benchSchool, elements, municipality, people, plugin, school } from './bench-school.ts';
import { compete, report } from './harness.ts';

const runs = 3;
const perCommit = 200;
const perClass = 25;

await using bench = await benchSchool(400);
const { database } = bench.platform;
const { privateKey } = generateKeyPairSync('ed25519');
const clock = fixedClock('2026-11-24T10:00:00Z');
const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'bench', privateKey } });
await bench.platform.asOwner('create table plain (like audit_event including defaults including identity)');
await bench.platform.asOwner(`alter table plain add primary key (municipality_id, position)`);
await bench.platform.asOwner(`grant insert on plain to public`);

/** Group commit: one statement and one transaction per 200 events. */
async function insertInto(table: string, events: number, subjects: number): Promise<void> {
  const persons = Array.from(
    { length: subjects },
    (_, n) => `eeeeeeee-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
  );
  const masks = persons.map(() => 3);
  const text = `insert into ${table} (municipality_id, at, action, decision, school_id, plugin, version, purpose, actor_id, actor_role, elements, subjects, masks, revision)
    select $1, now(), 'students.read', 'allow', $2, $3, '1.0.0', 'list', $4, 'teacher', $5, $6, $7, 1 from generate_series(1, $8)`;
  for (let done = 0; done < events; done += perCommit)
    await database.inTenant(municipality, (tx) =>
      tx.query({
        name: `into-${table}`,
        text,
        values: [municipality, school, plugin, people.teacher, elements, persons, masks, perCommit],
      }),
    );
}

async function perSecond(events: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return events / ((performance.now() - started) / 1000);
}

function contest(what: string, unit: string, { events, subjects }: { events: number; subjects: number }) {
  const weight = unit.startsWith('subject') ? subjects : 1;
  return compete(
    {
      what,
      unit,
      besideName: 'plain inserts',
      goal: 0.7,
      better: 'higher',
      ours: async () =>
        weight *
        (await perSecond(events, async () => {
          await insertInto('audit_event', events, subjects);
          while ((await audit.sequencer.integrate(municipality)) > 0);
        })),
      beside: async () => weight * (await perSecond(events, () => insertInto('plain', events, subjects))),
    },
    runs,
  );
}

await report('audit', runs, [
  await contest('one learner per event, tree included', 'events per second', { events: 2_000, subjects: 1 }),
  await contest('a class of 25 per event, tree included', 'subject-reads per second', {
    events: 400,
    subjects: perClass,
  }),
]);
