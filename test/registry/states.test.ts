import test from 'ava';
import { actorKinds, mayMove, moves, releaseStates } from '../../registry/publish/states.ts';

test('every state but the first is reached by some move', (t) => {
  const reached = new Set(moves.map(({ to }) => to));
  const unreached = releaseStates.filter((state) => !reached.has(state));
  // quarantine and suspension have their own issue; nothing moves there yet
  t.deepEqual(unreached, ['uploaded', 'quarantined', 'suspended']);
});

test('no move ends where it began, and none is listed twice', (t) => {
  const pairs = moves.flatMap(({ from, to, by }) =>
    from.flatMap((state) => by.map((kind) => `${state} → ${to} by ${kind}`)),
  );
  t.is(new Set(pairs).size, pairs.length);
  t.true(moves.every(({ from, to }) => !from.includes(to)));
});

test('a vendor never approves and never leaves the checks by itself', (t) => {
  for (const from of releaseStates)
    for (const to of ['approved', 'staged', 'published', 'in-review'] as const)
      t.false(mayMove({ from, to, by: 'publisher' }));
});

test('what is withdrawn or revoked comes back by nobody', (t) => {
  for (const from of ['withdrawn', 'revoked'] as const)
    for (const to of releaseStates) for (const by of actorKinds) t.false(mayMove({ from, to, by }));
});
