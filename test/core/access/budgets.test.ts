import test from 'ava';
import { createAccess, createBudgets } from '../../../core/access/index.ts';
import type { Database } from '../../../core/db/index.ts';
import { fixedClock, type Refusal } from '../../../core/kernel/index.ts';
import { quietLog } from '../../support/database.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(() => world[Symbol.asyncDispose]());

const noon = '2026-11-24T10:00:00.000Z';

/** One node: its own count, its own way to the data; the database is common. */
function node(rowsPerMinute: number, clock = fixedClock(noon)) {
  const stopped: string[] = [];
  const budgets = createBudgets({
    database: world.database,
    clock,
    log: quietLog,
    rowsPerMinute,
    onStop: async ({ municipality, plugin, kind }) => {
      stopped.push(plugin);
      await world.marketplace.enablements.stopEverywhere(municipality, plugin, `alarm: ${kind}`);
    },
  });
  const access = createAccess({ database: world.database, clock, secret: Buffer.alloc(32, 7), budgets });
  return { budgets, access, clock, stopped };
}

const sql = (text: string, values: unknown[] = []) =>
  world.database.inTenant(world.town.municipality, (tx: Parameters<Parameters<Database['inTenant']>[1]>[0]) =>
    tx.query({ text, values }),
  );

async function plugin(name: string) {
  const manifest = sampleManifest({ id: `demo-vendor/${name}` });
  const installed = await world.install({ manifest });
  const { municipality, school } = world.town;
  const grant = await world.marketplace.grants.of({ municipality, plugin: installed.plugin, school });
  const [scope] = manifest.scopes;
  const question = { grant, actor: world.town.teacher, purpose: scope!.purpose, elements: scope!.elements };
  return { ...installed, grant, question };
}

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error as Refusal).code,
  );

test('a plugin is given so many rows in a minute and no more, until the next minute', async (t) => {
  const { question } = await plugin('greedy');
  const { access, clock } = node(4);
  t.is((await access.students(question)).rows.length, 2);
  t.is((await access.students(question)).rows.length, 2);
  t.is(await codeOf(access.students(question)), 'read-budget');
  clock.advance(60_000);
  t.is((await access.students(question)).rows.length, 2);
});

test('the limit is of a plugin in a municipality: another plugin and the portal go on', async (t) => {
  const [one, other] = [await plugin('spent'), await plugin('thrifty')];
  const { access, budgets } = node(2);
  await access.students(one.question);
  t.is(await codeOf(access.students(one.question)), 'read-budget');
  t.is(await codeOf(access.students(other.question)), undefined);
  t.notThrows(() => budgets.take({ kind: 'portal', municipality: world.town.municipality, purpose: 'class-list' }));
});

test('what one node gave counts on the other one as soon as both have shared', async (t) => {
  const { question } = await plugin('twice');
  const [a, b] = [node(6), node(6)];
  await a.access.students(question);
  await a.access.students(question);
  await a.budgets.share();
  await b.access.students(question);
  await b.budgets.share();
  t.is(await codeOf(b.access.students(question)), 'read-budget');
});

test('ten times what is usual raises an alarm once, which administrator and officer read, and no school is stopped', async (t) => {
  const { grant } = await plugin('sudden');
  const history = `insert into read_minute select $1, $2, $3::timestamptz - n * interval '1 minute', 150 from generate_series(1, 30) n`;
  await sql(history, [world.town.municipality, grant.plugin, noon]);
  const { budgets, stopped } = node(100_000);
  budgets.add(grant, 1_499);
  await budgets.share();
  t.deepEqual(await sql('select kind from read_alarm where plugin = $1', [grant.plugin]), []);
  budgets.add(grant, 1);
  await budgets.share();
  budgets.add(grant, 500);
  await budgets.share();
  t.deepEqual(await sql('select kind, rows, usual, stopped from read_alarm where plugin = $1', [grant.plugin]), [
    { kind: 'tenfold', rows: 1500, usual: 150, stopped: false },
  ]);
  t.is(
    (await sql(`select 1 from audit_event where action = 'plugin.alarm' and plugin = $1`, [grant.plugin])).length,
    1,
  );
  t.deepEqual(stopped, []);
});

test('where the municipality chose so, an alarm stops the plugin in every school', async (t) => {
  const { grant, call } = await plugin('runaway');
  await sql(`insert into read_budget (municipality_id, plugin, stop_on_alarm) values ($1, $2, true)`, [
    world.town.municipality,
    grant.plugin,
  ]);
  const history = `insert into read_minute select $1, $2, $3::timestamptz - n * interval '1 minute', 10 from generate_series(1, 30) n`;
  await sql(history, [world.town.municipality, grant.plugin, noon]);
  const { budgets, stopped } = node(100_000);
  budgets.add(grant, 5_000);
  await budgets.share();
  t.deepEqual(stopped, [grant.plugin]);
  t.like(await call('ask', { door: 'education.students', argument: {} }), {
    status: 409,
    body: { code: 'plugin-stopped' },
  });
});

test('rows of a minute that ended before they were shared are not lost', async (t) => {
  const { grant } = await plugin('late');
  const { budgets, clock } = node(100);
  budgets.add(grant, 7);
  clock.advance(60_000);
  budgets.add(grant, 3);
  await budgets.share();
  const rows = await sql('select rows from read_minute where plugin = $1 order by minute', [grant.plugin]);
  t.deepEqual(rows, [{ rows: 7 }, { rows: 3 }]);
});
