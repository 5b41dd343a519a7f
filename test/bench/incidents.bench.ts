// "What did this plugin read between two instants, whose, which fields" on a log of 10 million events, beside the two seconds
// that an officer is asked to wait at most. 40 plugins, two months; each tenth event is a class list of 25, the others are of one learner.
import { createOfficer } from '../../core/audit/officer.ts';
import type { Actor } from '../../core/identity/index.ts';
import { fixedClock } from '../../core/kernel/index.ts';
import { benchSchool, elements, municipality, people, school } from './bench-school.ts';
import { medianOf, report, type Row, timed } from './harness.ts';

const events = Number(process.env['DIGIONE_BENCH_EVENTS'] ?? 10_000_000);
const learners = 10_000;
const asked = 2;
const runs = 5;
const step = 500_000;

await using bench = await benchSchool(learners / 25);
const { database } = bench.platform;
const clock = fixedClock('2026-11-30T10:00:00Z');
for (const month of ['2026-10-01', '2026-11-01'])
  await database.global((tx) => tx.query({ text: 'select audit_add_month($1::date)', values: [month] }));

// Set by set and without the index, which is made once over all: 10 million times an index entry would be half of the time.
await bench.platform.asOwner('drop index core.audit_event_of_plugin');
const learner = (number: string) => `('eeeeeeee-0000-4000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
await bench.platform.asOwner(`create table core.shown as
  select n as number, array[${learner('n + 1')}] as one, array(select ${learner(`(n / 25) * 25 + i + 1`)} from generate_series(0, 24) i) as class
  from generate_series(0, ${learners - 1}) n`);
for (let from = 0; from < events; from += step)
  await bench.platform.asOwner(
    `select set_config('digione.municipality', '${municipality}', false);
     insert into core.audit_event (municipality_id, at, action, decision, school_id, plugin, version, purpose, actor_id, actor_role, elements, subjects, masks, revision)
     select '${municipality}', '2026-10-01'::timestamptz + (n::float8 / ${events}) * interval '60 days', 'students.read', 'allow', '${school}',
       'vendor/plugin-' || (n / 10 * 7919 % 40), '1.0.0', 'list', '${people.teacher}', 'teacher', '{${elements.join()}}',
       case when n % 10 = 0 then s.class else s.one end, array_fill(3, array[case when n % 10 = 0 then 25 else 1 end]), 1
     from generate_series(${from}::bigint, ${Math.min(from + step, events) - 1}::bigint) n join core.shown s on s.number = n * 31 % ${learners}`,
  );
await bench.platform.asOwner(
  'create index audit_event_of_plugin on core.audit_event (municipality_id, plugin, at) where plugin is not null',
);
await bench.platform.asOwner('vacuum analyze core.audit_event');

const officer = createOfficer({ database, clock });
const actor = {
  person: people.otherTeacher,
  role: 'dataProtectionOfficer',
  municipality: { id: municipality },
} as Actor;

async function answers(what: string, from: string, to: string): Promise<Row> {
  const question = { plugin: 'vendor/plugin-7', from, to };
  const { totals } = await officer.incident(actor, question);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push((await timed(() => officer.incident(actor, question))) / 1000);
  const ours = medianOf(times);
  const about = `${what}: ${totals.events} events, ${totals.rows} reads of ${totals.persons} persons`;
  const ratios = times.map((time) => time / asked).sort((a, b) => a - b);
  return {
    what: about,
    unit: 'seconds to the first 500 persons with their fields',
    ours,
    beside: asked,
    besideName: 'asked',
    ratio: ours / asked,
    goal: 1,
    met: ours <= asked,
    spread: [ratios[0]!, ratios.at(-1)!],
  };
}

await report('incidents', runs, [
  await answers('an hour', '2026-11-10T08:00:00Z', '2026-11-10T09:00:00Z'),
  await answers('a day', '2026-11-10T00:00:00Z', '2026-11-11T00:00:00Z'),
  await answers('a week', '2026-11-02T00:00:00Z', '2026-11-09T00:00:00Z'),
  await answers('the whole two months', '2026-10-01T00:00:00Z', '2026-12-01T00:00:00Z'),
]);
