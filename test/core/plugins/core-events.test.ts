import test from 'ava';
import { type Id, newId } from '../../../core/kernel/index.ts';
import { tellOfConsent } from '../../../core/capabilities/index.ts';
import { sampleBackend, sampleManifest } from '../marketplace/sample-plugin.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from '../capabilities/school-records.ts';
import { type Installed, type PluginWorld, pluginWorld } from './plugin-world.ts';

const heard = ['attendance.reported', 'enrolment.changed', 'consent.changed'];
const backend = `${sampleBackend.replace('tiles:', `events: { ${heard.map((name) => `'${name}': hear`).join(', ')} }, tiles:`)}
  function hear({ name, subject, body }) {
    return digione.invoke('storage.put', { collection: 'journal', value: { name, subject, body } });
  }`;

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

function install(name: string, background: boolean): Promise<Installed> {
  const open = { background };
  const manifest = pluginFor(
    name,
    [
      { ...studentsScope, ...open },
      scopeOf('events', [], open),
      scopeOf('calendar', ['calendar.events'], open),
      scopeOf('attendance', ['attendance.presence', 'attendance.report'], open),
      scopeOf('storage', ['storage.journal'], open),
    ],
    {
      collections: [
        {
          ...sampleManifest().collections[0]!,
          name: 'journal',
          schema: { type: 'object' },
          subject: false,
          purpose: 'class-list',
          indexes: [],
        },
      ],
      events: { publishes: [], subscribes: heard },
    },
  );
  return world.install({ manifest, backend });
}

const journal = async ({ ask }: Installed) => {
  await world.plugins.jobs.drain(world.town.municipality);
  const { value } = await ask('storage.list', { collection: 'journal' });
  return (value as { records: { value: { name: string; subject: string; body: object } }[] }).records.map(
    (one) => one.value,
  );
};

async function enrol(): Promise<Id> {
  const { municipality, school, class: of } = world.town;
  const person = newId();
  await records.query(
    `insert into person (municipality_id, id, given_name, family_name, birth_date) values ($1, $2, 'Uusi', 'Test', '2015-01-01')`,
    [municipality, person],
  );
  await records.query(
    `insert into enrollment (municipality_id, id, class_id, person_id, role, school_id, valid_from) values ($1, $2, $3, $4, 'student', $5, '2026-08-01')`,
    [municipality, newId(), of, person, school],
  );
  return person;
}

test.serial('the core tells of enrolments, attendance and consents, to plugins that may see the learner', async (t) => {
  const [told, apart] = [await install('told', true), await install('apart', false)];
  const learner = await enrol();
  const subject = world.plugins.deps.access.pseudonym(world.town.municipality, told.plugin, learner);
  t.deepEqual(await journal(told), [{ name: 'enrolment.changed', subject, body: {} }]);
  t.deepEqual(await journal(apart), [], 'nobody acted, and the agreement opens nothing to background use');

  await records.lesson();
  const { events } = (await told.ask('calendar.events', { from: '2026-11-24', to: '2026-11-25' })).value as {
    events: { id: string }[];
  };
  await told.ask('attendance.report', {
    calendarEvent: events[0]?.id,
    attendances: [{ student: subject, attendanceMinutes: 45 }],
  });
  t.like(
    (await journal(told)).find(({ name }) => name === 'attendance.reported'),
    { subject, body: {} },
  );

  const { municipality, teacher } = world.town;
  await world.database.inTenant(municipality, (tx) =>
    tellOfConsent(tx, {
      municipality,
      plugin: told.plugin,
      purpose: 'class-list',
      subject: learner,
      by: { person: teacher.person, role: 'teacher' },
      language: 'fi',
      at: new Date(),
    }),
  );
  t.like(
    (await journal(told)).find(({ name }) => name === 'consent.changed'),
    { subject, body: { purpose: 'class-list' } },
  );
});
