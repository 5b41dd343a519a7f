import test from 'ava';
import { allSources } from '../../../core/rights/export/sources.ts';
import { testDatabase } from '../../support/database.ts';

/** Tables that name a person and are no source of the export, each with the reason. */
const notExported: Record<string, string> = {
  audit_subject_key: 'the salt that keeps the log unreadable for others; it tells nothing about the person',
};

const namesPerson =
  /^(person|subject|student|child|guardian|recipient|against_person|permitted|learner|kept|merged)_id$/;

test('every table that names a person is a source of the export, or is on the list with a reason', async (t) => {
  await using fresh = await testDatabase();
  const rows = await fresh.asOwner<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'core' and table_type = 'BASE TABLE'
       and not (select relispartition from pg_class c where c.oid = (table_schema || '.' || table_name)::regclass)`,
  );
  const exported = new Set(allSources(async () => undefined).flatMap(({ tables }) => tables));
  const naming = [...new Set(rows.filter((row) => namesPerson.test(row.column_name)).map((row) => row.table_name))];
  t.true(naming.length > 20, 'the look at the tables found none');
  const missing = naming.filter((table) => !exported.has(table) && !(table in notExported)).sort();
  t.deepEqual(missing, [], 'add it to core/rights/export, or say here why a person is not given it');
});

test('sources have names of their own, and no table is claimed twice', (t) => {
  const sources = allSources(async () => undefined);
  t.is(new Set(sources.map(({ id }) => id)).size, sources.length);
  const tables = sources.flatMap((source) => source.tables);
  t.is(new Set(tables).size, tables.length);
});
