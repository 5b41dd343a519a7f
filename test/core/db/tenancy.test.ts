import test from 'ava';
import { proveTenancy } from '../../../core/db/index.ts';
import { testDatabase } from '../../support/database.ts';

test('the start proof passes on a migrated database and a broken policy makes it refuse', async (t) => {
  await using fresh = await testDatabase();
  await t.notThrowsAsync(() => proveTenancy(fresh.database));
  await fresh.asOwner('alter table tenancy_probe disable row level security');
  await t.throwsAsync(() => proveTenancy(fresh.database), { message: /row-level security does not hold/ });
});
