import test from 'ava';
import { createAccess, type World } from '../../../core/access/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, grant, people, smallWorld } from './small-world.ts';

const clock = fixedClock('2026-11-24T10:00:00Z');
const contacts = ['students.familyName', 'students.email', 'students.phone'];

async function shown(
  duties: Partial<World['agreed'][number]>,
  changes: Partial<World> = {},
  lease?: 'while-user-online',
) {
  await using platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  const agreed = smallWorld().agreed.map((row) => ({ ...row, ...duties }));
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld({ agreed, ...changes })));
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const actor = actorOf('teacher', 'teacher');
  return await access.students({ grant, actor, purpose: 'list', elements: contacts, ...(lease && { lease }) });
}

test('where only the coarse value was agreed, a name is an initial and a contact is not there', async (t) => {
  const { rows } = await shown({ coarse: true });
  t.deepEqual(
    rows.map(({ id: _, ...row }) => row),
    [{ familyName: 'F.' }, { familyName: 'F.' }],
  );
});

test('what may be sent nowhere is named with the answer', async (t) => {
  t.deepEqual((await shown({ noExport: true })).bound, { noExport: contacts, duringRequest: [] });
  t.deepEqual((await shown({})).bound, { noExport: [], duringRequest: [] });
});

test("who is on a protected learner's list sees the contacts, and may send them nowhere", async (t) => {
  const order = { person: people.aino, kind: 'non-disclosure' as const, span: { from: '2026-08-01' } };
  const permits = [{ person: people.aino, permitted: people.teacher }];
  const { rows, bound } = await shown({}, { protections: [order], permits });
  t.true(rows.every(({ email }) => email !== undefined));
  t.deepEqual(bound.noExport, ['students.email', 'students.phone']);
});

test('what was agreed for the request only is not shown to a use that goes on beside it', async (t) => {
  t.deepEqual((await shown({ lease: 'during-request' })).bound.duringRequest, contacts);
  t.deepEqual((await shown({ lease: 'during-request' }, {}, 'while-user-online')).rows, []);
  t.is((await shown({}, {}, 'while-user-online')).rows.length, 2);
});
