import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { createAudit, evidenceOf, exportLog } from '../../../core/audit/index.ts';
import { keepMonths } from '../../../core/audit/months.ts';
import { verifyEvidence } from '../../../core/audit/verify.ts';
import { verifyLog } from '../../../core/audit/verify-log.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from '../access/small-world.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);

/** A log with two events in each of these months, all of them filed. */
async function start(months: readonly string[]) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const append = (month: string, person = people.aino) => {
    clock.set(`${month}-15T10:00:00Z`);
    return database.inTenant(municipality, (tx) =>
      audit.append(tx, {
        municipality,
        action: 'students.read',
        school,
        plugin,
        purpose: 'list',
        actor: people.teacher,
        actorRole: 'teacher',
        elements: ['students.givenName'],
        subjects: [{ person, mask: 1 }],
      }),
    );
  };
  const settle = async () => {
    for (let run = 0; run < 4; run += 1) await audit.sequencer.integrate(municipality);
  };
  for (const month of months) {
    await append(month);
    await append(month, people.eero);
    await settle();
  }
  const call = (text: string) => database.global((tx) => tx.query({ text }));
  const check = async () =>
    database.inTenant(municipality, async (tx) => verifyLog(await exportLog(tx, municipality), publicKey));
  const proof = (position: number) =>
    database.inTenant(municipality, (tx) => evidenceOf(tx, { municipality, position, person: people.aino }));
  return { platform, database, audit, clock, append, settle, call, check, proof };
}

test('a month that was kept long enough leaves, and everybody else can still prove what they could', async (t) => {
  const { platform, audit, call, check, proof, settle } = await start(['2020-01', '2020-02', '2026-11']);
  await using _ = platform;
  for (const month of ['2020-01-01', '2020-02-01']) await call(`select audit_add_month('${month}')`);
  const kept = await proof(1);
  await call(`select audit_retire_month('2020-01-01')`);
  await settle();
  t.is(await proof(1), undefined);
  t.truthy(verifyEvidence(JSON.parse(JSON.stringify(kept)), publicKey), 'what was handed out before still holds');
  for (const position of [3, 5]) t.truthy(verifyEvidence(JSON.parse(JSON.stringify(await proof(position))), publicKey));
  t.deepEqual(await check(), [], 'the log itself says which rows left');
  const { items } = await audit.familyReads(actorOf('mother', 'guardian'), people.aino, {});
  t.is(items.length, 2);
});

test('rows that left without the word of the log are missed', async (t) => {
  const { platform, call, check } = await start(['2020-01', '2026-11']);
  await using _ = platform;
  await call(`select audit_add_month('2020-01-01')`);
  await platform.asOwner('drop table audit_event_2020_01, audit_batch_2020_01, audit_subject_2020_01');
  t.deepEqual(
    (await check()).map(({ what, at }) => ({ what, at })),
    [{ what: 'row-missing', at: 0 }],
  );
});

test('nobody makes a month leave early, out of order, or before it is in the tree', async (t) => {
  const { platform, append, call } = await start(['2020-01', '2020-02', '2026-11']);
  await using _ = platform;
  for (const month of ['2020-01-01', '2020-02-01', '2026-11-01']) await call(`select audit_add_month('${month}')`);
  const retire = (month: string) => call(`select audit_retire_month('${month}')`);
  await t.throwsAsync(retire('2026-11-01'), { message: /not been kept long enough/ });
  await t.throwsAsync(retire('2020-02-01'), { message: /older month/ });
  await t.throwsAsync(retire('2019-12-01'), { message: /no month/ });
  await append('2020-01');
  await t.throwsAsync(retire('2020-01-01'), { message: /not in the tree/ });
  await t.throwsAsync(call('update audit_retention set months = 12'), { message: /permission denied/ });
  await t.throwsAsync(call('drop table audit_event_2020_01'), { message: /must be owner/ });
});

test('a node makes the months ahead and lets the oldest go by itself', async (t) => {
  const { platform, database, clock, call, check, settle } = await start(['2020-01', '2026-11']);
  await using _ = platform;
  await call(`select audit_add_month('2020-01-01')`);
  clock.set('2026-11-24T10:00:00Z');
  await keepMonths(database, clock, quietLog);
  await keepMonths(database, clock, quietLog);
  await settle();
  const parts = await platform.asOwner<{ name: string }>(
    `select c.relname as name from pg_inherits join pg_class c on c.oid = inhrelid where inhparent = 'audit_event'::regclass order by 1`,
  );
  t.deepEqual(
    parts.map(({ name }) => name),
    ['audit_event_2026_11', 'audit_event_2026_12', 'audit_event_2027_01', 'audit_event_rest'],
  );
  t.deepEqual(await check(), []);
});
