import test from 'ava';
import { createAccess, type World } from '../../../core/access/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, people, plugin, smallWorld } from './small-world.ts';

const mother = actorOf('mother', 'guardian');
const officer = actorOf('principal', 'dataProtectionOfficer');

async function start(changes: Partial<World> = {}) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(changes)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const said = (revision: number, act: string, state: string, at: string) =>
    database.inTenant(municipality, (tx) =>
      tx.query({
        text: `insert into consent_event (municipality_id, id, person_id, plugin, purpose, revision, act, state, by_person_id, by_role, page, buttons, elements, consent_major, at)
          values ($1, gen_random_uuid(), $2, $3, 'notes', $4, $5, $6, $7, 'guardian', '', '{}', '{storage.notes}', 1, $8)`,
        values: [municipality, people.aino, plugin, revision, act, state, people.mother, at],
      }),
    );
  return { platform, access, said };
}

const rolesSeeing = (
  found: Awaited<ReturnType<ReturnType<typeof createAccess>['viewers']['ofChild']>>,
  element: string,
) =>
  found.viewers
    .filter(({ plugin: through, fields }) => through !== null && fields.some((field) => field.element === element))
    .map(({ role }) => role)
    .sort();

test('a guardian sees who can see a field today and on days in the past, as consents and relations stood then', async (t) => {
  const { platform, access, said } = await start({
    enrollments: smallWorld().enrollments.map((row) =>
      row.role === 'teacher' ? { ...row, span: { from: '2026-09-01' } } : row,
    ),
  });
  await using _ = platform;
  await said(1, 'give', 'ConsentGiven', '2026-10-01T09:00:00Z');
  await said(2, 'withdraw', 'ConsentWithdrawn', '2026-11-01T09:00:00Z');
  const notesOn = async (on?: string) =>
    rolesSeeing(
      await access.viewers.ofChild(mother, people.aino, { element: 'storage.notes', ...(on && { on }) }),
      'storage.notes',
    );
  t.deepEqual(await notesOn(), []);
  t.deepEqual(await notesOn('2026-10-15'), ['guardian', 'guardian', 'principal', 'student', 'teacher']);
  t.deepEqual(await notesOn('2026-09-30'), []);
  const names = async (on: string) =>
    rolesSeeing(await access.viewers.ofChild(mother, people.aino, { on }), 'students.familyName');
  t.true((await names('2026-09-01')).includes('teacher'));
  t.false((await names('2026-08-31')).includes('teacher'), 'the teacher came later');
});

test('what a plugin asks for and nobody sees is told with its reason', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const { hidden } = await access.viewers.ofChild(mother, people.aino, {});
  t.deepEqual(
    hidden.map(({ element, because }) => [element, because]),
    [['storage.notes', 'consent-missing']],
  );
});

test('staff are named to the family, other guardians are not, and nobody near a protected learner', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const named = async () => {
    const { viewers } = await access.viewers.ofChild(mother, people.aino, { element: 'students.givenName' });
    return [...new Set(viewers.filter(({ name }) => name !== null).map(({ role }) => role))].sort();
  };
  t.deepEqual(await named(), ['guardian', 'principal', 'teacher']);
  const { viewers } = await access.viewers.ofChild(mother, people.aino, {});
  const guardians = new Set(viewers.filter(({ role }) => role === 'guardian').map(({ name }) => name));
  t.is(guardians.size, 2, 'herself, and another without a name');
  t.true(guardians.has(null));

  const order = { person: people.aino, kind: 'non-disclosure' as const, span: { from: '2026-08-01' } };
  const hidden = await start({ protections: [order] });
  await using _other = hidden.platform;
  const near = await hidden.access.viewers.ofChild(mother, people.aino, {});
  t.deepEqual(
    near.viewers.filter(({ role, name }) => role !== 'guardian' && name !== null),
    [],
  );
});

test('a barred parent is among nobody who sees, and can not ask', async (t) => {
  const barred = {
    person: people.aino,
    kind: 'custody' as const,
    against: people.father,
    span: { from: '2026-08-01' },
  };
  const { platform, access } = await start({ protections: [barred] });
  await using _ = platform;
  const { viewers } = await access.viewers.ofLearner(officer, people.aino, {});
  t.true(viewers.some(({ name }) => name?.startsWith('Given')));
  t.is(new Set(viewers.filter(({ role }) => role === 'guardian').map(({ name }) => name)).size, 1);
  await t.throwsAsync(access.viewers.ofChild(actorOf('father', 'guardian'), people.aino, {}), { code: 'not-found' });
});

test('the future is not known, and a learner of nowhere is not found', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  await t.throwsAsync(access.viewers.ofChild(mother, people.aino, { on: '2026-11-25' }), { code: 'invalid' });
  const nobody = 'ffffffff-0000-4000-8000-000000000001';
  await t.throwsAsync(access.viewers.ofLearner(officer, nobody, {}), { code: 'not-found' });
});

test('an administrator finds people of the school by a part of the name, and the look is logged', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const administrator = actorOf('principal', 'siteAdministrator');
  const school = administrator.school!.id;
  const found = await access.findPeople(administrator, { school, name: 'family 1' });
  t.deepEqual(
    found.map(({ role }) => role),
    ['teacher', 'student'],
  );
  t.deepEqual(await access.findPeople(administrator, { school, name: '%%' }), []);
  const events = await platform.database.inTenant(municipality, (tx) =>
    tx.query<{ action: string; subjects: string[] }>({
      text: 'select action, subjects from audit_event order by position',
    }),
  );
  t.deepEqual(events[0], { action: 'access.explain', subjects: [people.aino] });
});
