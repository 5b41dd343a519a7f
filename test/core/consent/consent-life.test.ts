import test from 'ava';
import { eraseWithdrawn } from '../../../core/capabilities/index.ts';
import {
  type ConsentAct,
  consentHolds,
  consentStates,
  createConsent,
  requestConsent,
} from '../../../core/consent/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from '../access/small-world.ts';
import { testDatabase } from '../../support/database.ts';

const key = { plugin, purpose: 'notes' };
const about = { municipality, child: people.aino, ...key };
const mother = actorOf('mother', 'guardian');
const father = actorOf('father', 'guardian');
const officer = { ...actorOf('principal', 'dataProtectionOfficer') } as Actor;

async function start(changes: Parameters<typeof smallWorld>[0] = {}) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(changes)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const acts: ConsentAct[] = [];
  const consent = createConsent({
    database,
    clock,
    recordAct: async (_, act) => void acts.push(act),
    onConsentChanged: async () => undefined,
    eraseRecords: eraseWithdrawn,
  });
  const view = async (actor: Actor = mother) => (await consent.forChild(actor, people.aino, 'en'))[0]!;
  const decide = async (decision: 'give' | 'refuse' | 'withdraw' | 'defer', actor: Actor = mother) => {
    const notice = (await view(actor))?.notice.hash;
    return consent.decide(actor, { ...key, child: people.aino, decision, ...(notice && { notice }) });
  };
  const sql = <R extends object = object>(text: string) =>
    database.inTenant(municipality, (tx) => tx.query<R>({ text }));
  const state = async () =>
    (await sql<{ state: string }>(`select state from consent_state where person_id = '${people.aino}'`))[0]?.state;
  const request = () =>
    database.inTenant(municipality, (tx) => requestConsent(tx, { ...about, at: clock.now(), today: clock.today() }));
  return { platform, database, clock, acts, consent, view, decide, sql, state, request };
}

type Started = Awaited<ReturnType<typeof start>>;

/** One way into each state that somebody or something other than a plain yes or no brings about. */
const ways: Record<(typeof consentStates)[number], (world: Started) => Promise<unknown>> = {
  ConsentUnknown: async () => undefined,
  ConsentGiven: ({ decide }) => decide('give'),
  RenewedConsentGiven: async ({ decide }) => [await decide('give'), await decide('give')],
  ConsentRequested: ({ request }) => request(),
  ConsentRequestDeferred: ({ decide }) => decide('defer'),
  ConsentRefused: ({ decide }) => decide('refuse'),
  ConsentWithdrawn: async ({ decide }) => [await decide('give'), await decide('withdraw')],
  ConsentExpired: async ({ decide, clock, consent }) => {
    await decide('give');
    clock.set('2027-08-01T00:00:00Z');
    await consent.life.endDue(municipality);
  },
  ConsentTerminated: async ({ decide, sql, consent }) => {
    await decide('give');
    await sql("update enablement set status = 'disabled'");
    await consent.life.endDue(municipality);
  },
  ConsentInvalidated: async ({ decide, consent }) => {
    await decide('give');
    await consent.life.changeStanding(officer, { ...key, act: 'invalidate', reason: 'the text was misleading' });
  },
  Disputed: async ({ decide }) => [await decide('give'), await decide('refuse', father)],
  Suspended: async ({ decide, consent }) => {
    await decide('give');
    await consent.life.changeStanding(officer, { ...key, act: 'suspend', reason: 'an incident is looked into' });
  },
};

test('each of the twelve states is reached, and only the two that are valid let a plugin go on', async (t) => {
  for (const reached of consentStates) {
    const world = await start();
    await using _ = world.platform;
    await ways[reached](world);
    t.is((await world.state()) ?? 'ConsentUnknown', reached);
    const today = world.clock.today();
    const holds = await world.database.inTenant(municipality, (tx) => consentHolds(tx, about, { today }));
    t.is(holds, reached === 'ConsentGiven' || reached === 'RenewedConsentGiven', reached);
  }
});

test('what was suspended stands again as it was, and what was withdrawn meanwhile does not', async (t) => {
  const { platform, consent, decide, state } = await start();
  await using _ = platform;
  await decide('give');
  const change = (act: 'suspend' | 'resume') => consent.life.changeStanding(officer, { ...key, act, reason: 'test' });
  await change('suspend');
  t.deepEqual(await change('resume'), { changed: 1 });
  t.is(await state(), 'ConsentGiven');
  await change('suspend');
  await decide('withdraw');
  t.deepEqual(await change('resume'), { changed: 0 });
  t.is(await state(), 'ConsentWithdrawn');
  await t.throwsAsync(consent.life.changeStanding(mother, { ...key, act: 'suspend', reason: 'no' }), {
    code: 'not-allowed',
  });
});

test('consents end with the schooling, and when nobody has used them for half a year', async (t) => {
  const left = await start();
  await using _ = left.platform;
  await left.decide('give');
  await left.sql("update enrollment set valid_to = '2026-11-24' where role = 'student'");
  t.is(await left.consent.life.endDue(municipality), 1);
  t.is(await left.state(), 'ConsentExpired');

  const unused = await start();
  await using _other = unused.platform;
  await unused.decide('give');
  unused.clock.set('2027-05-22T10:00:00Z');
  t.is(await unused.consent.life.endDue(municipality), 0, 'not before its time');
  unused.clock.set('2027-05-24T10:00:00Z');
  t.is(await unused.consent.life.endDue(municipality), 1);
  t.like(unused.acts.at(-1), { action: 'consent.expire', person: people.aino, actorRole: 'platform' });
});

test('after a no the question rests for 90 days, whatever a plugin wishes, and can be answered all the same', async (t) => {
  const { platform, clock, decide, view, state, request } = await start();
  await using _ = platform;
  t.true((await view()).prompt);
  await decide('refuse');
  t.like(await view(), { prompt: false, quietUntil: '2027-02-22', may: { give: true } });
  clock.set('2027-02-21T12:00:00Z');
  await request();
  t.is(await state(), 'ConsentRefused');
  clock.set('2027-02-22T12:00:00Z');
  t.true((await view()).prompt);
  await request();
  t.is(await state(), 'ConsentRequested');
  t.is((await decide('give')).state, 'ConsentGiven');
});

test('a plugin that asks for what was given, suspended or is nobody changes nothing', async (t) => {
  const { platform, database, clock, decide, state, request } = await start();
  await using _ = platform;
  await decide('give');
  await request();
  t.is(await state(), 'ConsentGiven');
  const nobody = { ...about, child: 'ffffffff-0000-4000-8000-000000000001' };
  await database.inTenant(municipality, (tx) =>
    requestConsent(tx, { ...nobody, at: clock.now(), today: clock.today() }),
  );
  t.pass();
});

test('the yearly look shows what stands of every child and is due a year later', async (t) => {
  const { platform, clock, consent, decide } = await start({ birthDate: '2015-05-05' });
  await using _ = platform;
  await decide('give');
  t.like(await consent.review(mother, 'en'), { due: false, reviewedOn: null });
  const [only, ...more] = (await consent.review(mother, 'en')).children;
  t.is(only?.child, people.aino);
  t.deepEqual(
    only?.consents.map(({ valid, may }) => [valid, may.withdraw]),
    [[true, true]],
  );
  t.deepEqual(more, []);
  clock.set('2027-11-24T10:00:00Z');
  t.is((await consent.review(mother, 'en')).children[0]?.consents.length, 0, 'it has ended with the school year');
  await decide('give');
  clock.set('2028-07-30T10:00:00Z');
  t.false((await consent.review(mother, 'en')).due);
  await consent.finishReview(mother);
  t.like(await consent.review(mother, 'en'), { due: false, reviewedOn: '2028-07-30' });
});

test('what a plugin kept on a consent is destroyed thirty days after its end, with an event of its own', async (t) => {
  const { platform, clock, consent, decide, sql, acts } = await start();
  await using _ = platform;
  await decide('give');
  await sql(`insert into document (municipality_id, plugin, school_id, collection, id, subject_id, purpose, body, bytes, created_at, updated_at)
    values ('${municipality}', '${plugin}', '${school}', 'notes', 'n1', '${people.aino}', 'notes', '{}', 2, now(), now())`);
  const left = async () => (await sql('select from document')).length;
  await consent.life.eraseDue(municipality);
  t.is(await left(), 1);
  await decide('withdraw');
  clock.set('2026-12-24T09:00:00Z');
  await consent.life.eraseDue(municipality);
  t.is(await left(), 1, 'not before the deadline');
  clock.set('2026-12-24T10:00:00Z');
  t.is(await consent.life.eraseDue(municipality), 1);
  t.is(await left(), 0);
  t.like(acts.at(-1), { action: 'consent.erase', person: people.aino, plugin, revision: 3 });
  t.is(await consent.life.eraseDue(municipality), 0);
});

test('what was given again before the deadline stays', async (t) => {
  const { platform, clock, consent, decide, sql } = await start();
  await using _ = platform;
  await decide('give');
  await decide('withdraw');
  await sql(`insert into document (municipality_id, plugin, school_id, collection, id, subject_id, purpose, body, bytes, created_at, updated_at)
    values ('${municipality}', '${plugin}', '${school}', 'notes', 'n1', '${people.aino}', 'notes', '{}', 2, now(), now())`);
  await decide('give');
  clock.set('2027-01-24T10:00:00Z');
  t.is(await consent.life.eraseDue(municipality), 0);
});

test('the municipality chooses that both guardians must agree, and one alone has then only asked', async (t) => {
  const { platform, consent, decide } = await start();
  await using _ = platform;
  const administrator = actorOf('principal', 'siteAdministrator');
  await consent.policies.set(administrator, { ...key, deciders: 'all', selfFrom: 15 });
  t.deepEqual(await consent.policies.list(administrator), [{ ...key, deciders: 'all', selfFrom: 15 }]);
  t.is((await decide('give')).state, 'ConsentRequested');
  t.is((await decide('give', father)).state, 'ConsentGiven');
});
