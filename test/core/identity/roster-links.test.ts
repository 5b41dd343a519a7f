import test from 'ava';
import { createSecretKey } from 'node:crypto';
import { hashNationalId, mpassidNames } from '../../../core/identity/index.ts';
import { accountStore } from '../../../core/identity/account-store.ts';
import { identifiersFrom } from '../../../core/identity/identifiers.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';

const key = createSecretKey(Buffer.alloc(32, 1));
const context = { nationalIdKey: key, municipality: '049' };
const [vantaa, espoo] = [newId(), newId()];
const oids = { [vantaa]: '1.2.246.562.99.10.1', [espoo]: '1.2.246.562.99.10.2' };
const learnerNumber = '1.2.246.562.99.24.1';

let db: TestDatabase;
test.before(async () => {
  db = await testDatabase();
  await db.database.global((tx) =>
    tx.query({
      text: `insert into municipality (id, code, kind, oid, name_fi, name_sv, name_en)
             values ($1, '092', 'municipality', $3, 'V', 'V', 'V'), ($2, '049', 'municipality', $4, 'E', 'E', 'E')`,
      values: [vantaa, espoo, oids[vantaa], oids[espoo]],
    }),
  );
});
test.after.always(() => db?.[Symbol.asyncDispose]());

async function addPerson(municipality: Id, identifiers: Record<string, string>): Promise<Id> {
  const id = newId();
  await db.database.inTenant(municipality, async (tx) => {
    await tx.query({
      text: `insert into person (municipality_id, id, given_name, family_name) values ($1, $2, 'A', 'B')`,
      values: [municipality, id],
    });
    for (const [scheme, value] of Object.entries(identifiers))
      await tx.query({
        text: 'insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, $2, $3, $4)',
        values: [municipality, scheme, value, id],
      });
  });
  return id;
}

function mpassid(claims: { learnerNumber?: string; uid?: string; provider?: string }) {
  return identifiersFrom(
    'mpassid',
    {
      [mpassidNames.learnerNumber]: claims.learnerNumber,
      [mpassidNames.uid]: claims.uid,
      [mpassidNames.provider]: claims.provider && [`${claims.provider};X`],
    },
    context,
  );
}

test('A learner number finds its person in every municipality that knows it', async (t) => {
  const number = `${learnerNumber}.1`;
  const [here, there] = [
    await addPerson(vantaa, { 'learner-number': number }),
    await addPerson(espoo, { 'learner-number': number }),
  ];
  const found = await accountStore(db.database).find(mpassid({ learnerNumber: number }));
  t.deepEqual(found.map(({ person }) => person).sort(), [here, there].sort());
});

test('After a merge both learner numbers find the same person', async (t) => {
  const [old, merged] = [`${learnerNumber}.2`, `${learnerNumber}.3`];
  const person = await addPerson(vantaa, { 'learner-number': old });
  await db.database.inTenant(vantaa, (tx) =>
    tx.query({
      text: `insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, 'learner-number', $2, $3)`,
      values: [vantaa, merged, person],
    }),
  );
  for (const number of [old, merged])
    t.deepEqual(await accountStore(db.database).find(mpassid({ learnerNumber: number })), [
      { municipality: vantaa, person },
    ]);
});

test('A uid that changed does not matter to who has a learner number', async (t) => {
  const number = `${learnerNumber}.4`;
  const person = await addPerson(vantaa, { 'learner-number': number, 'mpass-uid': 'uid-before' });
  const found = await accountStore(db.database).find(
    mpassid({ learnerNumber: number, uid: 'uid-after', provider: oids[vantaa] }),
  );
  t.deepEqual(found, [{ municipality: vantaa, person }]);
});

test('A uid that another person had before does not outweigh the learner number', async (t) => {
  const number = `${learnerNumber}.5`;
  const person = await addPerson(vantaa, { 'learner-number': number });
  await addPerson(vantaa, { 'mpass-uid': 'uid-of-another' });
  const found = await accountStore(db.database).find(
    mpassid({ learnerNumber: number, uid: 'uid-of-another', provider: oids[vantaa] }),
  );
  t.deepEqual(found, [{ municipality: vantaa, person }]);
});

test('A uid means nothing in a municipality that does not speak for the person', async (t) => {
  await addPerson(espoo, { 'mpass-uid': 'uid-7' });
  t.deepEqual(await accountStore(db.database).find(mpassid({ uid: 'uid-7', provider: oids[vantaa] })), []);
  t.deepEqual(await accountStore(db.database).find(mpassid({ uid: 'uid-7' })), []);
});

test('A user name counts only in the municipality of the provider', async (t) => {
  await addPerson(vantaa, { username: 'admin' });
  const here = await addPerson(espoo, { username: 'admin' });
  const names = identifiersFrom('staff', { preferred_username: 'admin' }, context);
  t.deepEqual(await accountStore(db.database).find(names), [{ municipality: espoo, person: here }]);
  t.deepEqual(identifiersFrom('staff', { preferred_username: 'admin', municipality_code: '092' }, context), []);
});

test('A personal identity code finds guardians by its HMAC and is nowhere kept', async (t) => {
  const code = '010190-901X';
  const person = await addPerson(vantaa, { 'hetu-hash': hashNationalId(key, code) });
  const identifiers = identifiersFrom('suomifi', { 'urn:oid:1.2.246.21': code.toLowerCase() }, context);
  t.false(JSON.stringify(identifiers).toLowerCase().includes(code.toLowerCase()));
  t.deepEqual(await accountStore(db.database).find(identifiers), [{ municipality: vantaa, person }]);
  for (const wrong of ['', '010190-901', 7, ['010190-901X'], '010190-901X; x', `${code} `])
    t.deepEqual(identifiersFrom('suomifi', { 'urn:oid:1.2.246.21': wrong }, context), []);
});

test('Another key makes another HMAC', (t) => {
  t.not(hashNationalId(key, '010190-901X'), hashNationalId(createSecretKey(Buffer.alloc(32, 2)), '010190-901X'));
});

test('An account is the pair of issuer and subject', async (t) => {
  const accounts = accountStore(db.database);
  const at = new Date();
  const one = await accounts.link({ issuer: 'https://a.example', sub: '1', at }, []);
  t.is(await accounts.link({ issuer: 'https://a.example', sub: '1', at }, []), one);
  t.not(await accounts.link({ issuer: 'https://b.example', sub: '1', at }, []), one);
  t.true(await accounts.isSame(one, { issuer: 'https://a.example', sub: '1' }));
  t.false(await accounts.isSame(one, { issuer: 'https://b.example', sub: '1' }));
});

test('A sign-in replaces the links it speaks for and leaves the others', async (t) => {
  const accounts = accountStore(db.database);
  const [here, there] = [
    { municipality: vantaa, person: newId() },
    { municipality: espoo, person: newId() },
  ];
  const vouched = { issuer: 'https://c.example', sub: '1', at: new Date() };
  const account = await accounts.link(vouched, [here, there]);
  await accounts.link({ ...vouched, within: '049' }, []);
  t.deepEqual(await accounts.persons(account), [here]);
  await accounts.link(vouched, [there]);
  t.deepEqual(await accounts.persons(account), [there]);
});

test('Searching across municipalities leaves no municipality set behind', async (t) => {
  const [row] = await db.database.global(async (tx) => {
    await tx.query({ text: `select * from persons_identified('username', 'admin')` });
    return tx.query<{ set: string; seen: number }>({
      text: `select current_setting('digione.municipality', true) as set, (select count(*)::int from person) as seen`,
    });
  });
  t.deepEqual(row, { set: '', seen: 0 });
});
