import anyTest from 'ava';
import { connectDatabase, type Database } from '../../../core/db/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';
import { addMunicipality } from '../education/bundle-fixture.ts';

/** Ways in which one municipality's rows could shine through to another, on one pooled connection. */
const test = anyTest.serial;
let fresh: TestDatabase;
let single: Database;
let espoo: Id;
let oulu: Id;

anyTest.before(async () => {
  fresh = await testDatabase();
  single = await connectDatabase({ url: fresh.provisioned.coreUrl, schema: 'core', poolSize: 1, log: quietLog });
  espoo = await addMunicipality(single, '101');
  oulu = await addMunicipality(single, '102');
  for (const place of [espoo, oulu])
    await single.inTenant(place, (tx) =>
      tx.query({
        text: `insert into person (municipality_id, id, given_name, family_name, oid, source_id)
          select $1, gen_random_uuid(), $2, 'x', '1.2.246.562.99.24.' || n, 'p' || n from generate_series(1, 50) n`,
        values: [place, place === espoo ? 'Espoolainen' : 'Oululainen'],
      }),
    );
});
anyTest.after.always(async () => {
  await single?.[Symbol.asyncDispose]();
  await fresh?.[Symbol.asyncDispose]();
});

const setting = `select nullif(current_setting('digione.municipality', true), '') as place`;
const settingNow = async () =>
  (await single.global((tx) => tx.query<{ place: string | null }>({ text: setting })))[0]!.place;

test('a statement that was planned for one municipality answers another with its own rows only', async (t) => {
  const read = (place: Id) =>
    single.inTenant(place, (tx) =>
      tx.query<{ name: string }>({ name: 'hazard', text: 'select distinct given_name as name from person' }),
    );
  // From the sixth run on the server may keep one plan for all.
  for (let turn = 0; turn < 8; turn += 1) t.deepEqual(await read(espoo), [{ name: 'Espoolainen' }]);
  t.deepEqual(await read(oulu), [{ name: 'Oululainen' }]);
  t.deepEqual(
    await single.global((tx) => tx.query({ name: 'hazard', text: 'select distinct given_name as name from person' })),
    [],
  );
});

test('the setting survives neither an aborted transaction, nor a rolled-back savepoint, nor a refused commit', async (t) => {
  const broken = (work: string) => single.inTenant(espoo, (tx) => tx.query({ text: work }));
  await t.throwsAsync(broken('select 1 / 0'));
  t.is(await settingNow(), null);
  await single.inTenant(espoo, async (tx) => {
    await tx.query({ text: 'savepoint inner_one' });
    await tx.query({ text: `select set_config('digione.municipality', $1, true)`, values: [oulu] });
    await tx.query({ text: 'rollback to savepoint inner_one' });
    t.deepEqual(await tx.query({ text: setting }), [{ place: espoo }]);
  });
  t.is(await settingNow(), null);
  await t.throwsAsync(
    single.inTenant(espoo, async (tx) => {
      await tx.query({ text: 'select 1 / 0' }).catch(() => undefined);
      return tx.query({ text: 'select 1' });
    }),
  );
  t.is(await settingNow(), null);
  await t.throwsAsync(single.askTenant(espoo, { text: 'select 1 / 0' }));
  t.is(await settingNow(), null);
});

test('the same key in two municipalities is no collision, and a collision tells of one’s own row only', async (t) => {
  const [{ id }] = (await single.inTenant(espoo, (tx) =>
    tx.query<{ id: Id }>({ text: `select id from person where source_id = 'p1'` }),
  )) as [{ id: Id }];
  const add = (place: Id, oid: string) =>
    single.inTenant(place, (tx) =>
      tx.query({
        text: `insert into person (municipality_id, id, given_name, family_name, oid) values ($1, $2, 'Uusi', 'x', $3)`,
        values: [place, id, oid],
      }),
    );
  await add(oulu, '1.2.246.562.99.24.900');
  const error = await t.throwsAsync(
    single.inTenant(oulu, (tx) =>
      tx.query({
        text: `insert into person (municipality_id, id, given_name, family_name, oid) values ($1, $2, 'Uusi', 'x', '1.2.246.562.99.24.1')`,
        values: [oulu, newId()],
      }),
    ),
  );
  const told = `${error.message} ${(error as { detail?: string }).detail ?? ''}`;
  t.false(told.includes(espoo), told);
});

test('joins, counts, existence and subqueries see one municipality', async (t) => {
  const count = async (text: string) =>
    (await single.inTenant(espoo, (tx) => tx.query<{ n: number }>({ text, values: [oulu] })))[0]!.n;
  t.is(await count('select count(*)::int as n from person where municipality_id = $1'), 0);
  t.is(
    await count(
      'select count(*)::int as n from municipality m join person p on p.municipality_id = m.id where m.id = $1',
    ),
    0,
  );
  t.is(
    await count(
      'select count(*)::int as n from person a full join person b on a.oid = b.oid where a.municipality_id = $1 or b.municipality_id = $1',
    ),
    0,
  );
  t.is(await count(`select (exists (select from person where municipality_id = $1))::int as n`), 0);
  t.is(
    await count(
      `select count(*)::int as n from municipality m, lateral (select from person p where p.municipality_id = m.id) x where m.id = $1`,
    ),
    0,
  );
});

test('what the planner has learned of the rows of all municipalities is not to be read', async (t) => {
  await fresh.asOwner('analyze person');
  const stats = await single.inTenant(espoo, (tx) =>
    tx.query({ text: `select most_common_vals from pg_stats where schemaname = 'core' and tablename = 'person'` }),
  );
  t.deepEqual(stats, []);
  await t.throwsAsync(
    single.inTenant(espoo, (tx) => tx.query({ text: 'select * from pg_statistic' })),
    { message: /permission denied/ },
  );
});

test('a condition that tells by an error is asked of one’s own rows only', async (t) => {
  const spy = `select count(*) from person where 1 / (case when given_name = 'Oululainen' then 0 else 1 end) = 1`;
  await t.notThrowsAsync(single.inTenant(espoo, (tx) => tx.query({ text: spy })));
  await t.throwsAsync(
    single.inTenant(oulu, (tx) => tx.query({ text: spy })),
    { message: /division by zero/ },
  );
});
