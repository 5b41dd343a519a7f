import { generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { createAudit } from '../../../core/audit/index.ts';
import { verifyReceipt } from '../../../core/audit/verify.ts';
import { createConsent } from '../../../core/consent/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, smallWorld } from '../access/small-world.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const mother = actorOf('mother', 'guardian');
const father = actorOf('father', 'guardian');

async function start() {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const consent = createConsent({
    database,
    clock,
    recordAct: (tx, { person, ...act }) => audit.append(tx, { ...act, subjects: [{ person, mask: 0 }] }),
    onConsentChanged: async () => undefined,
  });
  const [asked] = await consent.forChild(mother, people.aino, 'sv');
  const about = { child: people.aino, plugin, purpose: 'notes' };
  await consent.decide(mother, { ...about, decision: 'give', notice: asked!.notice.hash });
  const { items } = await audit.familyReads(mother, people.aino, {});
  return { platform, audit, event: items[0]!.event };
}

test('a consent leaves a receipt that anybody can check without us', async (t) => {
  const { platform, audit, event } = await start();
  await using _ = platform;
  const { receipt } = verifyReceipt(await audit.receipt(mother, people.aino, event), audit.key.publicKey);
  t.like(receipt, {
    event: { event_state: 'ConsentGiven', entity: 'guardian', revision: 1 },
    processing: {
      privacy_notice: { language: 'sv' },
      purposes: [{ purpose: 'notes', pii_information: ['storage.notes'] }],
    },
    parties: [{ name: 'Espoo' }, { name: 'Demo Vendor Oy' }],
  });
  t.false(JSON.stringify(receipt).includes(people.father));
});

test('a receipt with one changed letter does not verify', async (t) => {
  const { platform, audit, event } = await start();
  await using _ = platform;
  const jws = await audit.receipt(mother, people.aino, event);
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const changed = Buffer.from(payload, 'base64url').toString().replace('ConsentGiven', 'ConsentGavin');
  const forged = `${header}.${Buffer.from(changed).toString('base64url')}.${signature}`;
  t.throws(() => verifyReceipt(forged, audit.key.publicKey), { name: 'NotVerified' });
  t.throws(() => verifyReceipt('nonsense', audit.key.publicKey), { name: 'NotVerified' });
  const { publicKey } = generateKeyPairSync('ed25519');
  t.throws(() => verifyReceipt(jws, publicKey), { name: 'NotVerified' });
});

test('an event that is no decision has no receipt, and a stranger gets none', async (t) => {
  const { platform, audit, event } = await start();
  await using _ = platform;
  await t.throwsAsync(audit.receipt(mother, people.aino, '999'), { code: 'not-found' });
  await t.throwsAsync(audit.receipt(mother, people.eero, event), { code: 'not-found' });
  await t.throwsAsync(audit.proof(mother, people.aino, '999'), { code: 'not-found' });
  t.truthy(await audit.proof(father, people.aino, event));
});
