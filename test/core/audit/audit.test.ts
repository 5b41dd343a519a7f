import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { createAudit, type AuditEvent, destroySubjectKey, evidenceOf, exportLog } from '../../../core/audit/index.ts';
import { verifyEvidence } from '../../../core/audit/verify.ts';
import { verifyLog } from '../../../core/audit/verify-log.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from '../access/small-world.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = createPublicKey(privateKey);

async function start(world: Parameters<typeof smallWorld>[0] = {}) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(world)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const append = (event: Partial<AuditEvent> = {}) =>
    database.inTenant(municipality, (tx) => audit.append(tx, { ...aRead, ...event }));
  const integrate = () => audit.sequencer.integrate(municipality);
  const check = () =>
    database.inTenant(municipality, async (tx) => verifyLog(await exportLog(tx, municipality), publicKey));
  const spoil = (text: string) =>
    platform.asOwner(`begin; select set_config('digione.municipality', '${municipality}', true); ${text}; commit`);
  return { platform, database, audit, append, integrate, check, spoil, clock };
}

const aRead: AuditEvent = {
  municipality,
  action: 'students.read',
  school,
  plugin,
  version: '1.0.0',
  purpose: 'list',
  actor: people.teacher,
  actorRole: 'teacher',
  elements: ['students.givenName', 'students.familyName'],
  subjects: [
    { person: people.aino, mask: 3 },
    { person: people.eero, mask: 1 },
  ],
};
const mother = actorOf('mother', 'guardian');

test('a guardian reads who read what, newest first, before and after the tree has grown', async (t) => {
  const { platform, audit, append, integrate } = await start();
  await using _ = platform;
  await append();
  await append({
    action: 'consent.give',
    actor: people.father,
    actorRole: 'guardian',
    elements: [],
    subjects: [{ person: people.aino, mask: 0 }],
  });
  const fresh = await audit.familyReads(mother, people.aino, {});
  t.is(await integrate(), 3, 'the visit is logged too');
  const filed = await audit.familyReads(mother, people.aino, {});
  t.deepEqual(filed, fresh);
  t.like(filed.items[0]!, {
    action: 'consent.give',
    who: { role: 'guardian', name: null },
    purposeText: { en: 'Consent was given' },
  });
  t.like(filed.items[1]!, { who: { role: 'teacher', name: `Given 1 Family 1` } });
  t.deepEqual(
    filed.items[1]!.fields.map(({ text }) => text.en),
    ['given name', 'family name'],
  );
});

test('pages of the family view follow each other without a gap', async (t) => {
  const { platform, audit, append, integrate } = await start();
  await using _ = platform;
  for (let i = 0; i < 5; i += 1) await append({ reason: `read ${i}` });
  await integrate();
  for (let i = 5; i < 7; i += 1) await append({ reason: `read ${i}` });
  const seen: (string | null)[] = [];
  let cursor: string | undefined;
  do {
    const page = await audit.familyReads(mother, people.aino, { limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ reason }) => reason));
    cursor = page.next ?? undefined;
  } while (cursor);
  t.deepEqual(
    seen,
    [6, 5, 4, 3, 2, 1, 0].map((i) => `read ${i}`),
  );
});

test("nobody reads another family's list", async (t) => {
  const { platform, audit, append } = await start();
  await using _ = platform;
  await append();
  await t.throwsAsync(audit.familyReads(mother, people.eero, {}), { code: 'not-found' });
  await t.throwsAsync(audit.familyReads(actorOf('teacher', 'teacher'), people.aino, {}), { code: 'not-allowed' });
});

test('an event can be proven to one family without a word about classmates', async (t) => {
  const { platform, database, append, integrate } = await start();
  await using _ = platform;
  for (let i = 0; i < 300; i += 1) await append({ reason: `read ${i}` });
  await integrate();
  for (const position of [1, 256, 257, 300]) {
    const evidence = await database.inTenant(municipality, (tx) =>
      evidenceOf(tx, { municipality, position, person: people.aino }),
    );
    const shown = JSON.parse(JSON.stringify(evidence));
    t.false(JSON.stringify(shown).includes(people.eero));
    t.like(verifyEvidence(shown, publicKey), { subject: { person: people.aino, mask: 3 }, checkpoint: { size: 300 } });
    shown.event.actor = people.father;
    t.throws(() => verifyEvidence(shown, publicKey), { message: 'The event is not in the log that was signed.' });
  }
});

test('what names school and actor is withheld near a protected learner: no proof, no download', async (t) => {
  const protections = [
    { person: people.aino, kind: 'non-disclosure' as const, span: { from: '2026-08-01' }, permits: [] },
  ];
  const { platform, audit, append } = await start({ protections });
  await using _ = platform;
  await append();
  const refused = { code: 'not-allowed', message: /data protection officer/ };
  await t.throwsAsync(audit.proof(mother, people.aino, '1'), refused);
  await t.throwsAsync(audit.familyDownload(mother, people.aino), refused);
});

test('each person has numbers without gaps for each audience', async (t) => {
  const { platform, database, append, integrate } = await start();
  await using _ = platform;
  for (let i = 0; i < 3; i += 1) {
    await append();
    await append({ action: 'case.open', subjects: [{ person: people.aino, mask: 0 }] });
    await integrate();
  }
  const rows = await database.inTenant(municipality, (tx) =>
    Promise.all([1, 2, 3, 4, 5, 6].map((position) => evidenceOf(tx, { municipality, position, person: people.aino }))),
  );
  t.deepEqual(
    rows.map((row) => row!.subject.chains.officer!.n),
    [1, 2, 3, 4, 5, 6],
  );
  t.deepEqual(
    rows.map((row) => row!.subject.chains.guardian?.n),
    [1, undefined, 2, undefined, 3, undefined],
  );
});

test('a read that commits late is filed all the same', async (t) => {
  const { platform, database, audit, append, integrate } = await start();
  await using _ = platform;
  const released = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const late = database.inTenant(municipality, async (tx) => {
    await audit.append(tx, { ...aRead, reason: 'late' });
    written.resolve();
    await released.promise;
  });
  await written.promise;
  await append({ reason: 'early' });
  for (let run = 0; run < 6; run += 1) await integrate();
  released.resolve();
  await late;
  t.is(await integrate(), 1);
  for (let run = 0; run < 4; run += 1) t.is(await integrate(), 0);
  const [head] = await database.inTenant(municipality, (tx) =>
    tx.query({ text: 'select size, settled from audit_head' }),
  );
  t.deepEqual(head, { size: 2, settled: 2 });
});

test('the application can not rewrite what was logged', async (t) => {
  const { platform, database, append } = await start();
  await using _ = platform;
  await append();
  for (const text of ['update audit_event set reason = null', 'delete from audit_event', 'truncate audit_event'])
    await t.throwsAsync(
      database.inTenant(municipality, (tx) => tx.query({ text })),
      { message: /permission denied/ },
    );
});

test('a log that nobody touched verifies', async (t) => {
  const { platform, append, integrate, check } = await start();
  await using _ = platform;
  for (let i = 0; i < 5; i += 1) await append();
  for (let i = 0; i < 4; i += 1) await integrate();
  t.deepEqual(await check(), []);
});

const spoilings: { name: string; text: string; found: { what: string; at: number }[] }[] = [
  {
    name: 'one flipped bit in a row',
    text: "update audit_event set elements[1] = 'students.givenNamd' where position = 3",
    found: [{ what: 'row-changed', at: 3 }],
  },
  {
    name: 'a mask of one learner',
    text: 'update audit_event set masks[2] = 0 where position = 3',
    found: [{ what: 'subject-changed', at: 3 }],
  },
  {
    name: 'another learner in the place of one',
    text: `update audit_event set subjects[1] = '${people.father}' where position = 3`,
    found: [{ what: 'subject-changed', at: 3 }],
  },
  {
    name: 'a deleted row',
    text: 'delete from audit_event where position = 3',
    found: [{ what: 'row-missing', at: 3 }],
  },
  {
    name: 'one flipped bit in a tile',
    text: 'update audit_tile set hashes = set_byte(hashes, 70, get_byte(hashes, 70) # 1)',
    found: [{ what: 'row-changed', at: 3 }],
  },
  {
    name: 'one flipped bit in a sub-leaf',
    text: `update audit_batch set sub_leaves = set_byte(sub_leaves, 4 * 32, get_byte(sub_leaves, 4 * 32) # 1)`,
    found: [
      { what: 'subject-changed', at: 3 },
      { what: 'row-changed', at: 3 },
      // The chain goes on from what was changed.
      { what: 'subject-changed', at: 4 },
      { what: 'subject-changed', at: 5 },
    ],
  },
  {
    name: 'a forged checkpoint',
    text: `update audit_checkpoint set note = overlay(note placing '4' from position(E'\\n5\\n' in note) + 1 for 1)`,
    found: [
      { what: 'checkpoint-forged', at: 4 },
      { what: 'checkpoint-missing', at: 0 },
    ],
  },
  {
    name: 'a file of a person that was taken away',
    text: `delete from audit_subject where person_id = '${people.aino}'`,
    found: [1, 2, 3, 4, 5].map((at) => ({ what: 'subject-changed', at })),
  },
  {
    name: 'the number of a chain',
    text: `update audit_subject set guardian_n = 1 where person_id = '${people.eero}'`,
    found: [1, 2, 3, 4, 5].map((at) => ({ what: 'subject-changed', at })),
  },
];

for (const { name, text, found } of spoilings)
  test(`the verifier finds ${name} and names the place`, async (t) => {
    const { platform, append, integrate, check, spoil } = await start();
    await using _ = platform;
    for (let i = 0; i < 5; i += 1) await append();
    for (let i = 0; i < 4; i += 1) await integrate();
    await spoil(text);
    const named = (await check()).filter(({ what }) => what !== 'history-forked');
    t.deepEqual(
      named.map(({ what, at }) => ({ what, at })),
      found,
    );
  });

test('a checkpoint that somebody kept unmasks a rewritten history', async (t) => {
  const { platform, database, append, integrate, check, spoil } = await start();
  await using _ = platform;
  await append({ reason: 'the true one' });
  await integrate();
  const kept = await database.inTenant(municipality, async (tx) => (await exportLog(tx, municipality)).checkpoints);
  await spoil(
    'delete from audit_event; delete from audit_batch; delete from audit_tile; delete from audit_subject; delete from audit_checkpoint; delete from audit_head',
  );
  await append({ reason: 'the forged one' });
  await integrate();
  t.deepEqual(await check(), []);
  const forked = await database.inTenant(municipality, async (tx) => {
    const log = await exportLog(tx, municipality);
    return verifyLog({ ...log, checkpoints: [...log.checkpoints, ...kept] }, publicKey);
  });
  t.deepEqual(
    forked.map(({ what, at }) => ({ what, at })),
    [{ what: 'history-forked', at: 1 }],
  );
});

test("when a person's key is destroyed, everybody else's proofs still hold, and the person's are gone for good", async (t) => {
  const { platform, database, append, integrate, check, clock } = await start();
  await using _ = platform;
  await append();
  await integrate();
  const of = (person: string, position: number) =>
    database.inTenant(municipality, (tx) => evidenceOf(tx, { municipality, position, person }));
  const kept = await of(people.eero, 1);
  const eero = { municipality, person: people.eero };
  const destroy = () => database.inTenant(municipality, (tx) => destroySubjectKey(tx, eero, clock));
  t.true(await destroy());
  t.false(await destroy());
  await append();
  await integrate();
  for (const position of [1, 2]) {
    t.is(await of(people.eero, position), undefined);
    t.truthy(verifyEvidence(JSON.parse(JSON.stringify(await of(people.aino, position))), publicKey));
  }
  t.truthy(verifyEvidence(JSON.parse(JSON.stringify(kept)), publicKey), 'what was handed out before still holds');
  t.deepEqual(await check(), []);
});

test('a key can be destroyed before the tree has reached the person', async (t) => {
  const { platform, database, append, integrate, check, clock } = await start();
  await using _ = platform;
  await append();
  await database.inTenant(municipality, (tx) => destroySubjectKey(tx, { municipality, person: people.eero }, clock));
  await integrate();
  const at = { municipality, position: 1, person: people.eero };
  t.is(await database.inTenant(municipality, (tx) => evidenceOf(tx, at)), undefined);
  const [key] = await database.inTenant(municipality, (tx) =>
    tx.query({ text: 'select salt from audit_subject_key where person_id = $1', values: [people.eero] }),
  );
  t.deepEqual(key, { salt: null });
  t.deepEqual(await check(), []);
});
