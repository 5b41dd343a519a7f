import test from 'ava';
import type { Tx } from '../../../core/db/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Town, type Towns } from './towns.ts';

let towns: Towns;

test.before(async () => {
  towns = await openTowns();
});

test.after.always(() => towns[Symbol.asyncDispose]());

async function school(): Promise<Town> {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  return town;
}

const within = <T>(town: Town, work: (tx: Tx) => Promise<T>) => towns.database.inTenant(town.id, work);

const foreignKeyViolation = { code: '23503' };

/** One row of each table whose references are checked a statement at a time, with one reference that leads nowhere. */
const orphans = [
  [
    'role.person_id',
    `insert into role (municipality_id, id, person_id, role, org_id, valid_from)
    select $1, $2, $2, 'student', id, '2026-08-01' from org limit 1`,
  ],
  [
    'role.org_id',
    `insert into role (municipality_id, id, person_id, role, org_id, valid_from)
    select $1, $2, id, 'student', $2, '2026-08-01' from person limit 1`,
  ],
  ...['person_id', 'class_id', 'school_id'].map((column) => {
    const known = { person_id: 'person', class_id: 'class', school_id: 'org' } as Record<string, string>;
    const value = (name: string) => (name === column ? '$2' : `(select id from ${known[name]} limit 1)`);
    return [
      `enrollment.${column}`,
      `insert into enrollment (municipality_id, id, person_id, class_id, school_id, role, valid_from)
      values ($1, $2, ${value('person_id')}, ${value('class_id')}, ${value('school_id')}, 'student', '2026-08-01')`,
    ] as const;
  }),
  ...['guardian_id', 'child_id'].map((column) => {
    const value = (name: string) => (name === column ? '$2' : '(select id from person limit 1)');
    return [
      `guardianship.${column}`,
      `insert into guardianship (municipality_id, id, guardian_id, child_id, legal, can_see, can_decide, notify, source, valid_from)
      values ($1, $2, ${value('guardian_id')}, ${value('child_id')}, true, true, true, true, 'manual', '2026-08-01')`,
    ] as const;
  }),
  ['person_identifier.person_id', `insert into person_identifier values ($1, 'username', 'nobody', $2)`],
] as const;

for (const [reference, text] of orphans) {
  test(`${reference}: a row that refers to nobody is refused`, async (t) => {
    const town = await school();
    await t.throwsAsync(town.rows(text, [town.id, newId()]), foreignKeyViolation);
  });
}

test('a reference to a row of another municipality leads nowhere', async (t) => {
  const [one, other] = [await school(), await school()];
  const [stranger] = await other.rows<{ id: Id }>('select id from person limit 1');
  await t.throwsAsync(
    one.rows(`insert into person_identifier values ($1, 'username', 'x', $2)`, [one.id, stranger!.id]),
    foreignKeyViolation,
  );
});

test('one orphan among many rows of a statement refuses them all', async (t) => {
  const town = await school();
  const before = await town.rows('select 1 from person_identifier');
  await t.throwsAsync(
    town.rows(
      `insert into person_identifier select $1, 'username', 'u' || n, case when n < 500 then p.id else $2 end
       from generate_series(1, 500) n, (select id from person limit 1) p`,
      [town.id, newId()],
    ),
    foreignKeyViolation,
  );
  t.is((await town.rows('select 1 from person_identifier')).length, before.length);
});

test('a row can’t be turned to refer to nobody, and an id never changes', async (t) => {
  const town = await school();
  for (const text of [
    'update role set person_id = $1',
    'update enrollment set class_id = $1',
    'update guardianship set child_id = $1 where id = (select id from guardianship limit 1)',
    'update person_identifier set person_id = $1',
    `update person set id = $1 where source_id = 'l1'`,
    `update class set id = $1 where source_id = 'c5'`,
    `update org set id = $1 where source_id = 's'`,
  ])
    await t.throwsAsync(town.rows(text, [newId()]), foreignKeyViolation, text);
  t.true(
    (await town.rows(`update enrollment set class_id = (select id from class where source_id = 'c6') returning 1`))
      .length > 0,
  );
});

test('whoever is referred to can’t be deleted, whoever is not can', async (t) => {
  const town = await school();
  for (const text of [
    `delete from person where source_id = 'l1'`,
    `delete from class where source_id = 'c5'`,
    `delete from org where source_id = 's'`,
    `delete from municipality where id = '${town.id}'`,
  ])
    await t.throwsAsync(town.rows(text), foreignKeyViolation, text);
  const empty = await town.rows(`delete from class where source_id = 'c6' returning 1`);
  t.is(empty.length, 1);
  await town.rows('delete from person_identifier');
  await town.rows('delete from guardianship');
  await town.rows('delete from role');
  await town.rows('delete from enrollment');
  t.is((await town.rows('delete from person returning 1')).length, 6);
});

test('a municipality with people can’t be deleted by whoever sees none of them', async (t) => {
  await using fresh = await testDatabase();
  const id = newId();
  await fresh.database.global((tx) =>
    tx.query({
      text: `insert into municipality (id, code, oid, name_fi, name_sv, name_en) values ($1, '777', '1.2.3', 'x', 'x', 'x')`,
      values: [id],
    }),
  );
  await fresh.database.inTenant(id, (tx) =>
    tx.query({
      text: `insert into person (municipality_id, id, given_name, family_name) values ($1, $1, 'a', 'b')`,
      values: [id],
    }),
  );
  const deletion = `delete from municipality where id = '${id}'`;
  await t.throwsAsync(
    fresh.database.global((tx) => tx.query({ text: deletion })),
    foreignKeyViolation,
  );
  await t.throwsAsync(fresh.asOwner(deletion), foreignKeyViolation);
});

test('a deletion waits for a writer that is not done, and then sees what it wrote', async (t) => {
  const town = await school();
  const [empty] = await town.rows<{ id: Id }>(`select id from class where source_id = 'c6'`);
  let deletion: Promise<unknown> | undefined;
  await within(town, async (tx) => {
    await tx.query({ text: `update enrollment set class_id = $1 where source_id = 'e4'`, values: [empty!.id] });
    deletion = town.rows('delete from class where id = $1', [empty!.id]).catch((error: unknown) => error);
    await untilSomebodyWaits(tx);
  });
  t.like(await deletion, foreignKeyViolation);
});

test('a writer waits for a deletion that is not done, and then refers to nobody', async (t) => {
  const town = await school();
  const [empty] = await town.rows<{ id: Id }>(`select id from class where source_id = 'c6'`);
  let writing: Promise<unknown> | undefined;
  await within(town, async (tx) => {
    await tx.query({ text: 'delete from class where id = $1', values: [empty!.id] });
    writing = town
      .rows(`update enrollment set class_id = $1 where source_id = 'e4'`, [empty!.id])
      .catch((error: unknown) => error);
    await untilSomebodyWaits(tx);
  });
  t.like(await writing, foreignKeyViolation);
});

async function untilSomebodyWaits(tx: Tx): Promise<void> {
  for (;;) {
    const waiting = await tx.query({
      text: `select 1 from pg_locks where locktype = 'advisory' and not granted
        and classid = (hashtext('education references')::bigint & 4294967295)::oid`,
    });
    if (waiting.length > 0) return;
  }
}

test('at an isolation level that would look at an old moment, nothing is written', async (t) => {
  const town = await school();
  const writing = towns.database.inTenant(
    town.id,
    (tx) =>
      tx.query({
        text: `insert into person_identifier select $1, 'username', 'x', id from person limit 1`,
        values: [town.id],
      }),
    { isolation: 'repeatable read' },
  );
  await t.throwsAsync(writing, { message: /READ COMMITTED/ });
});
