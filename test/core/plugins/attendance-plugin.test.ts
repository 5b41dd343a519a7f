import { resolve } from 'node:path';
import test from 'ava';
import { buildPlugin } from '../../../sdk/cli/build/build-plugin.ts';
import { openPluginFolder } from '../../../sdk/cli/plugin-folder.ts';
import type { Id } from '../../../core/kernel/index.ts';
import { schoolRecords } from '../capabilities/school-records.ts';
import type { SchoolWorld } from '../marketplace/school-world.ts';
import { type Installed, type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
  const { bundle } = await buildPlugin(await openPluginFolder(resolve('plugins/attendance')));
  const text = (path: string) => Buffer.from(bundle.files.get(path)!).toString('utf8');
  const locales = ['fi', 'sv', 'en'].map((language) => `locales/${language}.json`);
  const more = Object.fromEntries(locales.map((path) => [path, text(path)]));
  plugin = await world.install({ manifest: bundle.manifest, backend: text('backend.js'), more });
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const tile = async (id: string, who: SchoolWorld['teacher']) =>
  JSON.stringify((await world.service.send(who, 'GET', `/api/plugins/${plugin.plugin}/tiles/${id}`)).body);
const call = async (method: string, argument: object, who = world.town.teacher) =>
  JSON.stringify((await plugin.call(method, argument, who)).body);
const idIn = (view: string, key: string) => new RegExp(`"${key}":"([^"]+)"`).exec(view)?.[1];

test.serial('the attendance plugin works for teacher, guardian and principal in the real sandbox', async (t) => {
  const { teacher, principal, municipality } = world.town;
  await records.lesson();
  const parent = records.as(await records.guardian(world.town.learners[0] as Id), 'guardian');

  const lesson = idIn(await tile('lessons', teacher), 'lesson');
  t.regex(await call('lesson', { lesson }), /Test Aino.*Test Onni/);
  t.regex(await call('mark', { lesson, part: 0, values: { m0: 'absent', m1: 'present' } }), /told of 1 absences/);
  t.regex(await call('lesson', { lesson }), /"value":"absent"/);

  t.regex(JSON.stringify((await world.service.send(parent, 'GET', '/api/inbox')).body), /Absent from a lesson/);
  const seen = await tile('family', parent);
  t.regex(seen, /Absences of the last month: Aino/);
  t.notRegex(seen, /Onni/);
  const told = await call(
    'registerAbsence',
    { student: idIn(seen, 'student'), values: { from: '2026-11-25', to: '2026-11-26' } },
    parent,
  );
  t.regex(told, /reported to the school/);

  t.regex(await tile('school', principal), /No figures yet/);
  await records.query(
    `update calendar_event set start_at = start_at - interval '1 day', end_at = end_at - interval '1 day'`,
  );
  await world.plugins.jobs.drain(municipality);
  await records.query(`update schedule_run set due_at = now() - interval '1 minute'`);
  await world.plugins.jobs.drain(municipality);
  t.deepEqual(await records.query('select last_code from schedule_run'), [{ last_code: null }]);
  t.regex(await tile('school', principal), /"class":"5A","count":"1–4"/);
});
