import test from 'ava';
import fc from 'fast-check';
import { createPairwiseIds } from '../../../core/access/pairwise-ids.ts';

const ids = createPairwiseIds(Buffer.alloc(32, 3));
const realm = { municipality: '11111111-0000-4000-8000-000000000001', plugin: 'demo-vendor/one' };
const uuid = fc.uuid();

test('a pairwise id leads back to its person in its own realm only', (t) => {
  fc.assert(
    fc.property(uuid, (id) => {
      const pseudonym = ids.pseudonym(realm, id);
      t.is(ids.original(realm, pseudonym), id);
      t.not(ids.original({ ...realm, plugin: 'demo-vendor/two' }, pseudonym), id);
      t.not(ids.pseudonym({ ...realm, municipality: '22222222-0000-4000-8000-000000000001' }, id), pseudonym);
    }),
  );
});

test('what is no id leads nowhere', (t) => {
  for (const wrong of ['', 'me', "' or 1=1", 'ABCDEF00-0000-4000-8000-000000000001', 'z'.repeat(36)])
    t.is(ids.original(realm, wrong), undefined);
});

test('a short secret is refused', (t) => {
  t.throws(() => createPairwiseIds(Buffer.alloc(16)), { instanceOf: RangeError });
});
