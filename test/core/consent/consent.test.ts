import test from 'ava';
import { type ConsentAct, type ConsentChanged, createConsent } from '../../../core/consent/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import type { World } from '../../../core/access/index.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, smallWorld } from '../access/small-world.ts';
import { testDatabase } from '../../support/database.ts';

const key = { plugin, purpose: 'notes' };

async function start(changes: Parameters<typeof smallWorld>[0] = {}) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(changes)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const acts: ConsentAct[] = [];
  const changed: ConsentChanged[] = [];
  const consent = createConsent({
    database,
    clock,
    recordAct: async (_, act) => void acts.push(act),
    onConsentChanged: async (event) => void changed.push(event),
  });
  const ask = async (actor: Actor) => (await consent.forChild(actor, people.aino, 'fi'))[0]!;
  const decide = async (actor: Actor, decision: 'give' | 'refuse' | 'withdraw') => {
    const notice = (await ask(actor))?.notice.hash;
    return consent.decide(actor, { ...key, child: people.aino, decision, ...(notice && { notice }) });
  };
  return { platform, database, clock, acts, changed, consent, ask, decide };
}

const mother = actorOf('mother', 'guardian');
const father = actorOf('father', 'guardian');
const aino = actorOf('aino', 'student');

test('a guardian is asked in the words of the agreement and gives consent', async (t) => {
  const { platform, ask, decide, acts, changed } = await start();
  await using _ = platform;
  const asked = await ask(mother);
  t.like(asked, {
    state: 'ConsentUnknown',
    valid: false,
    mayDecide: true,
    withoutConsent: { en: 'The teacher keeps notes on paper' },
  });
  t.like(asked.notice.body, {
    language: 'fi',
    text: 'Keeps notes (fi)',
    recipients: ['Demo Vendor Oy'],
    retentionDays: 1,
  });
  t.like(await decide(mother, 'give'), { state: 'ConsentGiven', valid: true, revision: 1 });
  t.like(await ask(mother), { state: 'ConsentGiven', valid: true, expiresOn: '2027-08-01' });
  t.deepEqual(
    acts.filter(({ action }) => action !== 'family.read').map(({ action, person }) => ({ action, person })),
    [{ action: 'consent.give', person: people.aino }],
  );
  t.like(changed[0]!, { person: people.aino, ...key, valid: true });
});

test('withdrawing needs no notice and works when the plugin has left the school', async (t) => {
  const { platform, database, consent, decide } = await start();
  await using _ = platform;
  await decide(mother, 'give');
  await database.inTenant(municipality, (tx) => tx.query({ text: "update enablement set status = 'disabled'" }));
  const outcome = await consent.decide(mother, { ...key, child: people.aino, decision: 'withdraw' });
  t.like(outcome, { state: 'ConsentWithdrawn', valid: false, revision: 2 });
});

test('parents who disagree make a dispute and one case, and neither is told the other', async (t) => {
  const { platform, database, ask, decide } = await start();
  await using _ = platform;
  await decide(mother, 'give');
  t.is((await decide(father, 'refuse')).state, 'Disputed');
  t.is((await decide(mother, 'give')).state, 'Disputed');
  const cases = await database.inTenant(municipality, (tx) => tx.query({ text: 'select * from consent_case' }));
  t.is(cases.length, 1);
  t.false(JSON.stringify(await ask(mother)).includes(people.father));
});

test('a text that is no longer asked can not be agreed to', async (t) => {
  const { platform, consent } = await start();
  await using _ = platform;
  const old = { ...key, child: people.aino, decision: 'give' as const, notice: '0'.repeat(64) };
  await t.throwsAsync(consent.decide(mother, old), { code: 'notice-changed' });
});

test('from the 13th birthday the learner decides, and the guardians no longer can', async (t) => {
  const { platform, clock, ask, decide } = await start({ birthDate: '2013-11-25' });
  await using _ = platform;
  await t.throwsAsync(decide(aino, 'give'), { code: 'not-allowed' });
  await decide(mother, 'give');
  clock.set('2026-11-24T22:00:00Z');
  t.like(await ask(aino), { state: 'ConsentGiven', may: { give: true, refuse: true, withdraw: true } });
  t.like(await ask(mother), { may: { give: false, refuse: false, withdraw: true } });
  t.is((await decide(aino, 'withdraw')).state, 'ConsentWithdrawn');
  await t.throwsAsync(decide(mother, 'give'), { code: 'not-allowed' });
});

test('at 18 the guardian finds no child any more', async (t) => {
  const { platform, clock, ask } = await start({ birthDate: '2008-11-25' });
  await using _ = platform;
  t.truthy(await ask(mother));
  clock.set('2026-11-24T22:00:00Z');
  await t.throwsAsync(ask(mother), { code: 'not-found' });
});

const barred: Partial<World> = {
  protections: [{ person: people.aino, kind: 'custody', against: people.father, span: { from: '2026-01-01' } }],
};

test('a barred parent is told the same as about a child that does not exist', async (t) => {
  const { platform, ask, consent } = await start(barred);
  await using _ = platform;
  const mine = await t.throwsAsync<Error & { code?: string }>(ask(father), { code: 'not-found' });
  const nobody = consent.forChild(father, 'ffffffff-0000-4000-8000-000000000001', 'fi');
  const nobodys = await t.throwsAsync<Error & { code?: string }>(nobody, { code: 'not-found' });
  t.is(mine.message, nobodys.message);
  t.truthy(await ask(mother));
});

test('a teacher has no family page', async (t) => {
  const { platform, ask } = await start();
  await using _ = platform;
  await t.throwsAsync(ask(actorOf('teacher', 'teacher')), { code: 'not-allowed' });
});

test('one narrow link beats a wide one from another source', async (t) => {
  const span = { from: '2026-08-01' };
  const { platform, ask } = await start({
    guardianships: [
      { guardian: people.father, child: people.aino, canSee: true, canDecide: true, span },
      { guardian: people.father, child: people.aino, canSee: false, canDecide: false, span },
    ],
  });
  await using _ = platform;
  await t.throwsAsync(ask(father), { code: 'not-found' });
});

test('materially changed terms are asked again', async (t) => {
  const { platform, ask, decide } = await start({
    consents: [{ person: people.aino, ...key, consentMajor: 0, valid: true, elements: ['storage.notes'] }],
  });
  await using _ = platform;
  t.like(await ask(mother), { state: 'ConsentRequested', valid: false });
  t.is((await decide(mother, 'give')).state, 'ConsentGiven');
});

test('two decisions at the same moment follow each other', async (t) => {
  const { platform, database, decide } = await start();
  await using _ = platform;
  const outcomes = await Promise.all([decide(mother, 'give'), decide(father, 'give'), decide(mother, 'give')]);
  t.deepEqual(outcomes.map(({ revision }) => revision).sort(), [1, 2, 3]);
  const events = await database.inTenant(municipality, (tx) => tx.query({ text: 'select * from consent_event' }));
  t.is(events.length, 3);
});
