import test from 'ava';
import {
  decidePendingAccess,
  describeImport,
  importProblems,
  listImports,
  listPendingAccess,
  recordImport,
} from '../../../core/education/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { clock, today } from './bundle-fixture.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Town, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

const pendingOf = ({ id }: Town) => towns.database.inTenant(id, (tx) => listPendingAccess(tx, id));

async function personOf(town: Town, source: string): Promise<Id> {
  return (await town.rows<{ id: Id }>('select id from person where source_id = $1', [source]))[0]!.id;
}

test('an import is told in words, in three languages', async (t) => {
  const town = await towns.add();
  const first = await town.load(smallSchool, { dryRun: true });
  t.deepEqual(describeImport(first, 'en'), [
    '3 new learners',
    '3 other new people',
    '2 new classes',
    '4 new class memberships',
    '3 guardians would gain access: needs your confirmation',
  ]);
  t.is(describeImport(first, 'fi')[0], '3 uutta oppilasta');
  t.is(describeImport(first, 'sv')[0], '3 nya elever');
  await town.load(smallSchool, confirmed);
  t.deepEqual(describeImport(await town.load(smallSchool), 'en'), ['No changes']);
  const without = changed({
    users: { l3: undefined },
    roles: { r4: undefined },
    enrollments: { e4: undefined },
    demographics: { l3: undefined },
  });
  const stopped = describeImport(await town.load(without), 'en');
  t.regex(stopped[0]!, /^Stopped: more would be removed than is allowed \(users/);
  t.true(stopped.includes('1 learner leaves'));
});

test('an import’s report can be read later, its problems page by page', async (t) => {
  const town = await towns.add();
  const report = await town.load(changed({ users: { x: 'x,,,true,,,,A,,,', y: 'y,,,true,,,,B,,,' } }), confirmed);
  const startedAt = clock.now();
  const run = await recordImport(towns.database, { municipality: town.id, report, startedAt, endedAt: startedAt });
  const read = <T>(work: Parameters<typeof towns.database.inTenant<T>>[1]) => towns.database.inTenant(town.id, work);
  const [listed] = await read((tx) => listImports(tx, town.id));
  t.like(listed, { id: run, outcome: 'loaded', problems: 2, by: null, counts: { users: { added: 6 } } });
  const first = await read((tx) => importProblems(tx, town.id, { run, limit: 1 }));
  t.like(first, [{ serial: 1, file: 'users.csv', line: 8, column: 'givenName', reason: 'missing-value' }]);
  const second = await read((tx) => importProblems(tx, town.id, { run, after: 1 }));
  t.like(second, [{ serial: 2, line: 9 }]);
  const other = await towns.add();
  t.deepEqual(await towns.database.inTenant(other.id, (tx) => importProblems(tx, town.id, { run })), []);
});

test('waiting access is given when confirmed, and from that day', async (t) => {
  const town = await towns.add();
  await town.load(smallSchool);
  const waiting = await pendingOf(town);
  t.is(waiting.length, 3);
  const aada = waiting.find(({ person, child }) => person.name === 'Jari Toinen' && child?.name === 'Aada Ärri')!;
  const by = await personOf(town, 't1');
  await decidePendingAccess(towns.database, clock, {
    municipality: town.id,
    pending: aada.id,
    decision: 'confirm',
    by,
  });
  t.deepEqual(await town.rows('select guardian_id, can_see, source, valid_from, valid_to from guardianship'), [
    { guardian_id: aada.person.id, can_see: true, source: 'register', valid_from: today, valid_to: null },
  ]);
  t.is((await pendingOf(town)).length, 2);
  t.is((await town.load(smallSchool)).counts.guardianships?.waiting, 0);
});

test('declined access is not given and not asked again', async (t) => {
  const town = await towns.add();
  await town.load(changed({ roles: { r7: 'r7,,,t1,primary,principal,2026-08-01,,s,' } }));
  const role = (await pendingOf(town)).find(({ kind }) => kind === 'role')!;
  t.like(role, { role: 'principal', person: { name: 'Tuula Opettaja' }, org: { name: 'Koulu' }, child: null });
  const by = await personOf(town, 'l1');
  const decision = { municipality: town.id, pending: role.id, decision: 'decline', by } as const;
  await decidePendingAccess(towns.database, clock, decision);
  await t.throwsAsync(decidePendingAccess(towns.database, clock, decision), { message: /does not wait/ });
  const again = await town.load(changed({ roles: { r7: 'r7,,,t1,primary,principal,2026-08-01,,s,' } }));
  t.is(again.counts.waitingRoles, 0);
  t.deepEqual(await town.rows(`select id from role where role = 'principal'`), []);
});

test('a confirmed principal has the role, and the next import recognises it', async (t) => {
  const town = await towns.add();
  const files = changed({ roles: { r7: 'r7,,,t1,primary,principal,2026-08-01,,s,' } });
  await town.load(files);
  const role = (await pendingOf(town)).find(({ kind }) => kind === 'role')!;
  const by = await personOf(town, 't1');
  await decidePendingAccess(towns.database, clock, {
    municipality: town.id,
    pending: role.id,
    decision: 'confirm',
    by,
  });
  t.is((await town.load(files)).counts.waitingRoles, 0);
  const held = await town.rows(`select source_id, valid_to from role where role = 'principal'`);
  t.deepEqual(held, [{ source_id: 'r7', valid_to: null }]);
});

test('access of another municipality can’t be decided', async (t) => {
  const [town, other] = [await towns.add(), await towns.add()];
  await town.load(smallSchool);
  const [waiting] = await pendingOf(town);
  const decision = { municipality: other.id, pending: waiting!.id, decision: 'confirm', by: newId() } as const;
  await t.throwsAsync(decidePendingAccess(towns.database, clock, decision), { message: /does not wait/ });
});

test('a second identity code for the same person is not taken: it would let somebody else sign in', async (t) => {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  const report = await town.load(changed({ users: { g1: 'g1,,,true,,{hetu:020280-902X},Mikko,Ärri,,,' } }), confirmed);
  t.like(report.problems, [{ file: 'users.csv', line: 6, column: 'userIds', action: 'kept-old-value' }]);
  t.deepEqual(await town.rows(`select value from person_identifier where scheme = 'hetu-hash'`), [
    { value: 'hashed-010180-9019' },
  ]);
});
