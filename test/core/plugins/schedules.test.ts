import test from 'ava';
import type { Manifest } from '@digione/sdk/manifest';
import { nextTime } from '../../../core/plugins/next-time.ts';
import { sampleBackend, sampleManifest } from '../marketplace/sample-plugin.ts';
import { type Installed, type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const [studentsScope] = sampleManifest().scopes as [Manifest['scopes'][number], Manifest['scopes'][number]];
const scheduleScope = {
  ...studentsScope,
  capability: 'schedule',
  elements: [],
} as unknown as Manifest['scopes'][number];
const journalScope = {
  ...studentsScope,
  capability: 'storage',
  elements: ['storage.journal'],
} as Manifest['scopes'][number];

const backend = sampleBackend.replace(
  'tiles:',
  `schedules: {
    nightly: () => digione.invoke('education.students', {}).then(({ students }) => students.length, ({ code }) => code)
      .then((learners) => digione.invoke('storage.put', { collection: 'journal', value: { learners, ...digione.context.user } })),
    broken: () => { throw new Error('no'); },
  },
  tiles:`,
);

function install(id: string, scopes: Manifest['scopes'], schedule = 'nightly', background = false): Promise<Installed> {
  const manifest = sampleManifest({
    id,
    scopes: [{ ...studentsScope, background }, journalScope, ...scopes],
    collections: [{ name: 'journal', schema: { type: 'object' }, subject: false, purpose: 'class-list' }],
    schedules: [{ id: schedule, cron: '30 3 * * *' }],
  });
  return world.install({ manifest, backend });
}

async function runs(
  plugin: string,
): Promise<{ due: boolean; leased: boolean; last_code: string | null; ran: boolean }[]> {
  return world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({
      text: `select due_at > now() as due, lease_until is not null as leased, last_code, last_at is not null as ran
        from schedule_run where plugin = $1`,
      values: [plugin],
    }),
  );
}

async function change(plugin: string, set: string): Promise<void> {
  await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: `update schedule_run set ${set} where plugin = $1`, values: [plugin] }),
  );
}

const records = async ({ ask }: Installed) => {
  const { value } = await ask('storage.list', { collection: 'journal' });
  return (value as { records: { value: Record<string, unknown> }[] }).records.map((record) => record.value);
};
const drain = () => world.plugins.jobs.drain(world.town.municipality);

test.serial(
  'a schedule runs when its time has come, once, without a person and without sight of learners',
  async (t) => {
    const plugin = 'demo-vendor/nightly';
    const installed = await install(plugin, [scheduleScope]);
    await drain();
    t.deepEqual(await runs(plugin), [{ due: true, leased: false, last_code: null, ran: false }], 'not at once');
    await change(plugin, `due_at = now() - interval '3 days'`);
    await Promise.all([drain(), drain()]);
    t.deepEqual(await runs(plugin), [{ due: true, leased: false, last_code: null, ran: true }]);
    const [record, ...others] = await records(installed);
    t.like(record, { learners: 'not-allowed', role: 'siteAdministrator' });
    t.deepEqual(others, [], 'three missed nights are one run');
  },
);

test.serial(
  'a schedule reads the learners of its school where the agreement opens them to background use',
  async (t) => {
    const plugin = 'demo-vendor/background';
    const { municipality, school } = world.town;
    const installed = await install(plugin, [scheduleScope], 'nightly', true);
    await drain();
    await change(plugin, `due_at = now() - interval '1 minute'`);
    await drain();
    const [record] = await records(installed);
    const [{ learners }] = (await world.database.inTenant(municipality, (tx) =>
      tx.query<{ learners: number }>({
        text: `select count(distinct person_id)::int as learners from enrollment where school_id = $1 and role = 'student'`,
        values: [school],
      }),
    )) as [{ learners: number }];
    t.true(learners > 0);
    t.like(record, { learners });
  },
);

test.serial('while one node is at it no other one starts, until the lease is over', async (t) => {
  const plugin = 'demo-vendor/leased';
  const installed = await install(plugin, [scheduleScope]);
  await drain();
  await change(plugin, `due_at = now() - interval '1 minute', lease_until = now() + interval '1 minute'`);
  await drain();
  t.deepEqual(await records(installed), []);
  await change(plugin, `lease_until = now() - interval '1 second'`);
  await drain();
  t.is((await records(installed)).length, 1);
});

test.serial('a schedule that fails keeps its reason and comes again at its next time', async (t) => {
  const plugin = 'demo-vendor/broken';
  await install(plugin, [scheduleScope], 'broken');
  await drain();
  await change(plugin, `due_at = now() - interval '1 minute'`);
  await drain();
  t.deepEqual(await runs(plugin), [{ due: true, leased: false, last_code: 'plugin-failed', ran: true }]);
});

test.serial('without the scope nothing is planned, and a plugin that is stopped has no times', async (t) => {
  await install('demo-vendor/unplanned', []);
  const { enablement } = await install('demo-vendor/to-stop', [scheduleScope]);
  await drain();
  t.deepEqual(await runs('demo-vendor/unplanned'), []);
  t.is((await runs('demo-vendor/to-stop')).length, 1);
  const stop = `/api/municipality/enablements/${enablement}/stop`;
  await world.service.send(world.town.administrator, 'POST', stop, { reason: 'test' });
  await drain();
  t.deepEqual(await runs('demo-vendor/to-stop'), []);
});

test('times are those of the clock on the school wall, across both changes of the year', (t) => {
  const next = (cron: string, after: string) => nextTime(cron, new Date(after))?.toISOString();
  t.is(next('30 3 * * *', '2026-11-24T10:00:00Z'), '2026-11-25T01:30:00.000Z', 'winter is two hours ahead');
  t.is(next('30 3 * * *', '2026-07-01T10:00:00Z'), '2026-07-02T00:30:00.000Z', 'summer is three');
  t.is(next('30 3 * * *', '2026-03-28T22:00:00Z'), '2026-03-29T01:30:00.000Z', 'the hour that is left out comes later');
  t.is(next('30 3 * * *', '2026-10-24T22:00:00Z'), '2026-10-25T00:30:00.000Z', 'the hour that comes twice counts once');
  t.is(next('30 3 * * *', '2026-10-25T00:30:00Z'), '2026-10-26T01:30:00.000Z');
  t.is(next('0 8 * * 1-5', '2026-11-27T10:00:00Z'), '2026-11-30T06:00:00.000Z', 'after Friday comes Monday');
  t.is(next('*/15 * * * *', '2026-11-24T10:07:00Z'), '2026-11-24T10:15:00.000Z');
  t.is(next('0 0 29 2 *', '2026-11-24T10:00:00Z'), '2028-02-28T22:00:00.000Z', 'leap days');
  t.is(next('0 0 13 * 5', '2026-11-24T10:00:00Z'), '2026-11-26T22:00:00.000Z', 'either day, as cron has it');
  t.is(next('0 0 31 2 *', '2026-11-24T10:00:00Z'), undefined, 'never');
  for (const wrong of ['60 * * * *', '* 24 * * *', '* * 0 * *', '5-1 * * * *', '*/0 * * * *', '* * * *'])
    t.is(next(wrong, '2026-11-24T10:00:00Z'), undefined, wrong);
});
