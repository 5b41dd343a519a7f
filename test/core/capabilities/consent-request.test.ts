import test from 'ava';
import type { Id } from '../../../core/kernel/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from './school-records.ts';

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
let aino: string;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
  const manifest = pluginFor('asking', [studentsScope, sampleManifest().scopes[1]!, scopeOf('consent.request', [])], {
    collections: sampleManifest().collections,
  });
  plugin = await world.install({ manifest });
  const { students } = (await plugin.ask('education.students', {})).value as {
    students: { id: string; givenName: string }[];
  };
  aino = students.find(({ givenName }) => givenName === 'Aino')!.id;
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const ask = (more: object = {}, who = world.town.teacher) =>
  plugin.ask('consent.request', { subject: aino, purpose: 'class-notes', ...more }, who);
const state = () =>
  records.query<{ state: string; revision: number }>(
    'select state, revision::int from consent_state where plugin = $1',
    [plugin.plugin],
  );
const later = (set: string) => records.query(`update consent_state set ${set} where plugin = $1`, [plugin.plugin]);

test.serial('a plugin asks: the question stands before the family once, and nothing is decided by it', async (t) => {
  t.deepEqual((await ask()).value, { passedOn: true });
  t.deepEqual(await state(), [{ state: 'ConsentRequested', revision: 1 }]);
  t.deepEqual((await ask({}, world.town.principal)).value, { passedOn: true });
  t.deepEqual(await state(), [{ state: 'ConsentRequested', revision: 1 }], 'asked once');
  t.is((await records.audited('consent.request')).filter(({ elements }) => elements.length === 0).length, 1);
});

test.serial('who said no is left in peace for 90 days, in the same words; who said yes is not asked', async (t) => {
  await later(`state = 'ConsentRefused', changed_at = now() - interval '89 days'`);
  t.deepEqual((await ask()).value, { passedOn: true });
  t.is((await state())[0]?.state, 'ConsentRefused');
  await later(`changed_at = now() - interval '91 days'`);
  t.deepEqual((await ask()).value, { passedOn: true });
  t.is((await state())[0]?.state, 'ConsentRequested');
  await later(
    `state = 'ConsentGiven', valid = true, changed_at = now() - interval '200 days', expires_on = '2027-07-31'`,
  );
  t.deepEqual((await ask()).value, { passedOn: true });
  t.is((await state())[0]?.state, 'ConsentGiven');
});

test.serial(
  'without the scope, about strangers, for what rests on law, or by a learner, nothing is asked',
  async (t) => {
    const none = await world.install({ manifest: pluginFor('not-asking', [studentsScope]) });
    t.is((await none.ask('consent.request', { subject: aino, purpose: 'class-notes' })).code, 'scope-missing');
    t.is((await ask({ subject: nobody() })).code, 'not-allowed');
    t.is((await ask({ purpose: 'class-list' })).code, 'not-allowed');
    t.is((await ask({}, records.as(world.town.learners[0] as Id, 'student'))).code, 'not-allowed');
    for (const more of [{ subject: '' }, { purpose: 'X' }, { purpose: undefined }, { more: 1 }])
      t.is((await ask(more)).code, 'invalid-argument', JSON.stringify(more));
  },
);
