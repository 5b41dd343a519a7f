import test from 'ava';
import { createAccess, type World } from '../../../core/access/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from './small-world.ts';

const administrator = actorOf('principal', 'siteAdministrator');
const always = { from: '2026-08-01' };

async function explainIn(
  changes: Partial<World>,
  who: { viewer?: string; role?: 'teacher' | 'guardian'; person?: string } = {},
) {
  await using platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(changes)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const asked = { school, plugin, viewer: people.teacher, role: 'teacher' as const, person: people.aino, ...who };
  const { fields, visible, refused } = await access.explain(administrator, asked);
  const events = await database.inTenant(municipality, (tx) =>
    tx.query<{ action: string; subjects: string[] }>({ text: 'select action, subjects from audit_event' }),
  );
  const because = Object.fromEntries(fields.map((field) => [field.element, field.because]));
  return { visible, refused, because, fields, events };
}

test('an administrator sees for each field on which basis it is shown or why not, and the question is logged', async (t) => {
  const { visible, because, fields, events } = await explainIn({});
  t.true(visible);
  t.like(because, { 'students.givenName': 'public-task', 'storage.notes': 'consent-missing' });
  t.regex(fields.find(({ element }) => element === 'storage.notes')!.say!.fi, /suostumuksen/);
  t.deepEqual(events, [{ action: 'access.explain', subjects: [people.aino] }]);
});

const cases: { because: string; changes: Partial<World>; who?: Parameters<typeof explainIn>[1] }[] = [
  { because: 'not-related', changes: {}, who: { viewer: people.otherTeacher } },
  { because: 'plugin-not-enabled', changes: { enablements: [] } },
  { because: 'plugin-stopped', changes: { enablements: [{ ...smallWorld().enablements[0]!, status: 'stopped' }] } },
  { because: 'agreement-missing', changes: { agreements: [{ ...smallWorld().agreements[0]!, status: 'terminated' }] } },
  { because: 'objection', changes: { protections: [{ person: people.aino, kind: 'objection', span: always }] } },
  { because: 'restriction', changes: { protections: [{ person: people.aino, kind: 'restriction', span: always }] } },
  {
    because: 'custody',
    changes: { protections: [{ person: people.aino, kind: 'custody', against: people.father, span: always }] },
    who: { viewer: people.father, role: 'guardian' },
  },
];

for (const { because: reason, changes, who } of cases)
  test(`the explanation names ${reason}`, async (t) => {
    const { because, refused } = await explainIn(changes, who);
    t.is(because['students.givenName'] ?? refused?.because, reason);
  });

test('a learner of nowhere can not be explained', async (t) => {
  await t.throwsAsync(explainIn({}, { person: 'ffffffff-0000-4000-8000-000000000001' }), { code: 'not-found' });
});
