import test from 'ava';
import { testDatabase } from '../../support/database.ts';
import { playWithdrawals } from './withdrawals.ts';

/** `npm run bench -- withdrawals` plays more than 20 000 interleavings. */
test('no read that starts after a withdrawal was answered sees the withdrawn, on either of two nodes', async (t) => {
  await using platform = await testDatabase();
  const { stale, sawBefore, startedAfter } = await playWithdrawals(platform, { rounds: 40, seed: 20261124 });
  t.is(stale, 0);
  t.true(sawBefore > 0, 'some readers must have come before the withdrawal, else nothing was tested');
  t.true(startedAfter > 80, 'and some after it, beside the two that every round ends with');
});
