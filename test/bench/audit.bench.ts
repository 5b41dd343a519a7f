// Durable events with their tree, chains and signed checkpoints, beside plain inserts of the same rows. The events come
// from all classes of a municipality of 10 000 pupils, 200 to a commit, while the sequencer works beside them; the time ends
// when the last event is under a checkpoint.
import { generateKeyPairSync } from 'node:crypto';
import { createAudit } from '../../core/audit/index.ts';
import { fixedClock } from '../../core/kernel/index.ts';
import { quietLog } from '../support/database.ts';
import { benchSchool, elements, municipality, people, plugin, school } from './bench-school.ts';
import { compete, report } from './harness.ts';

const runs = 5;
const perCommit = 200;
const classes = 400;
const perClass = 25;

await using bench = await benchSchool(classes);
const { database } = bench.platform;
const { privateKey } = generateKeyPairSync('ed25519');
const clock = fixedClock('2026-11-24T10:00:00Z');
const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'bench', privateKey } });
await database.global((tx) => tx.query({ text: `select audit_add_month('2026-11-24')` }));
await bench.platform.asOwner(`create table plain (like audit_event including defaults including constraints);
  alter table plain add primary key (municipality_id, position);
  create table shown (size int, number int, persons uuid[], masks int[], primary key (size, number));
  insert into shown select 1, n, array[('eeeeeeee-0000-4000-8000-' || lpad((n + 1)::text, 12, '0'))::uuid], '{3}'
    from generate_series(0, ${classes * perClass - 1}) n;
  insert into shown select ${perClass}, n / ${perClass}, array_agg(('eeeeeeee-0000-4000-8000-' || lpad((n + 1)::text, 12, '0'))::uuid),
    array_agg(3) from generate_series(0, ${classes * perClass - 1}) n group by n / ${perClass};
  grant select, insert on plain, shown to public`);

/** One statement and one transaction per 200 events. */
async function insertInto(table: string, { events, subjects }: Load): Promise<void> {
  const groups = (classes * perClass) / subjects;
  const text = `insert into ${table} (municipality_id, at, action, decision, school_id, plugin, version, purpose, actor_id, actor_role, elements, subjects, masks, revision)
    select $1, $2, 'students.read', 'allow', $3, $4, '1.0.0', 'list', $5, 'teacher', $6, persons, masks, 1
    from generate_series($8::int, $9::int) n join shown on size = $7 and number = n % ${groups}`;
  for (let done = 0; done < events; done += perCommit) {
    const from = (turn * perCommit) % groups;
    turn += 1;
    const values = [municipality, clock.now(), school, plugin, people.teacher, elements, subjects];
    await database.inTenant(municipality, (tx) =>
      tx.query({ name: `into-${table}-${subjects}`, text, values: [...values, from, from + perCommit - 1] }),
    );
  }
}
let turn = 0;

interface Load {
  events: number;
  subjects: number;
}

/** The sequencer beside the inserts; ends when everything is in the tree. */
async function insertAndProve(load: Load): Promise<void> {
  let inserting = true;
  const inserted = insertInto('audit_event', load).finally(() => (inserting = false));
  let left = load.events;
  while (left > 0 || inserting) left -= await audit.sequencer.integrate(municipality);
  await inserted;
}

async function perSecond(events: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return events / ((performance.now() - started) / 1000);
}

const single = { events: 20_000, subjects: 1 };
const lists = { events: 8_000, subjects: perClass };
const rows = [];
for (const { load, what } of [
  { load: single, what: 'one learner per event' },
  { load: lists, what: `class lists of ${perClass}` },
])
  rows.push(
    await compete(
      {
        what: `${what}, under a signed checkpoint`,
        unit: 'events per second',
        besideName: 'plain inserts',
        goal: 0.7,
        better: 'higher',
        ours: () => perSecond(load.events, () => insertAndProve(load)),
        beside: () => perSecond(load.events, () => insertInto('plain', load)),
      },
      runs,
    ),
  );
const [ofSingle, ofLists] = rows as [(typeof rows)[0], (typeof rows)[0]];
await report('audit', runs, [
  ofSingle,
  { ...ofSingle, ...absolute(ofSingle.ours, 10_000), what: 'the same, beside the rate that is asked' },
  ofLists,
  {
    ...ofLists,
    ...absolute(ofLists.ours * perClass, 50_000),
    what: 'the same, beside the rate that is asked',
    unit: 'subject-reads per second',
  },
]);

function absolute(ours: number, asked: number) {
  const ratio = ours / asked;
  return {
    ours,
    beside: asked,
    besideName: 'asked',
    ratio,
    goal: 1,
    met: ratio >= 1,
    spread: [ratio, ratio] as [number, number],
  };
}
