import test from 'ava';
import { createConsent } from '../../../core/consent/index.ts';
import type { Actor, MandateAnswer } from '../../../core/identity/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, smallWorld } from '../access/small-world.ts';
import { testDatabase } from '../../support/database.ts';

const key = { plugin, purpose: 'notes', child: people.aino };
const mother = actorOf('mother', 'guardian');
const father = actorOf('father', 'guardian');

/** A family of whose guardians Suomi.fi authorisations say what the test sets. */
async function family() {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const said: Record<string, MandateAnswer> = {};
  const consent = createConsent({
    database,
    clock: fixedClock('2026-11-24T10:00:00Z'),
    mandates: async () => (guardian) => said[guardian] ?? 'unknown',
    recordAct: async () => undefined,
    onConsentChanged: async () => undefined,
  });
  const ask = async (actor: Actor) => (await consent.forChild(actor, people.aino, 'fi'))[0]!;
  const decide = async (actor: Actor, decision: 'give' | 'refuse' | 'withdraw') =>
    consent.decide(actor, { ...key, decision, notice: (await ask(actor)).notice.hash });
  return { platform, said, ask, decide };
}

test('a guardian whom Suomi.fi authorisations confirm decides', async (t) => {
  const { platform, said, ask, decide } = await family();
  await using _ = platform;
  said[people.mother] = 'allowed';
  t.false('mandate' in (await ask(mother)));
  t.like(await decide(mother, 'give'), { state: 'ConsentGiven', valid: true });
});

test('one whom they deny sees what is asked and decides nothing, not even to take back', async (t) => {
  const { platform, said, ask, decide } = await family();
  await using _ = platform;
  said[people.mother] = 'allowed';
  said[people.father] = 'denied';
  t.like(await ask(father), { mayDecide: false, mandate: 'denied', state: 'ConsentUnknown' });
  await decide(mother, 'give');
  for (const decision of ['give', 'refuse', 'withdraw'] as const)
    await t.throwsAsync(decide(father, decision), { code: 'mandate-denied' } as object, decision);
  t.like(await ask(mother), { valid: true });
});

test('while the service can not be asked a guardian sees, may take back, and gives nothing', async (t) => {
  const { platform, said, ask, decide } = await family();
  await using _ = platform;
  said[people.mother] = 'allowed';
  await decide(mother, 'give');
  said[people.mother] = 'unknown';
  t.like(await ask(mother), { mandate: 'unknown', may: { give: false, refuse: false, withdraw: true } });
  for (const decision of ['give', 'refuse'] as const)
    await t.throwsAsync(decide(mother, decision), { code: 'mandate-unknown' } as object, decision);
  t.like(await decide(mother, 'withdraw'), { state: 'ConsentWithdrawn', valid: false });
});

test('an earlier word of one whom they deny now does not stand in the way of the other', async (t) => {
  const { platform, said, ask, decide } = await family();
  await using _ = platform;
  said[people.mother] = 'allowed';
  said[people.father] = 'allowed';
  await decide(father, 'refuse');
  t.like(await decide(mother, 'give'), { state: 'Disputed' });
  said[people.father] = 'denied';
  t.like(await decide(mother, 'give'), { valid: true });
  t.like(await ask(father), { mandate: 'denied' });
});

test('a learner of age needs no mandate', async (t) => {
  const platform = await testDatabase();
  await using _ = platform;
  await addMunicipality(platform.database);
  const world = smallWorld({ birthDate: '2012-05-05' });
  await platform.database.inTenant(municipality, (tx) => plantWorld(tx, municipality, world));
  const consent = createConsent({
    database: platform.database,
    clock: fixedClock('2026-11-24T10:00:00Z'),
    mandates: async () => () => 'denied',
    recordAct: async () => undefined,
    onConsentChanged: async () => undefined,
  });
  const [asked] = await consent.forChild(actorOf('aino', 'student'), 'me', 'fi');
  t.like(asked, { mayDecide: true, may: { give: true } });
  t.false('mandate' in asked!);
});
