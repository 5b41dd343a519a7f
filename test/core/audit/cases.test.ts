import { generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { type AuditEvent, createAudit } from '../../../core/audit/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from '../access/plant-world.ts';
import { actorOf, people, plugin, school, smallWorld } from '../access/small-world.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const mother = actorOf('mother', 'guardian');
const father = actorOf('father', 'guardian');
const principal = actorOf('principal', 'principal');
const officer = actorOf('otherTeacher', 'dataProtectionOfficer');
const elsewhere = { ...principal, school: { id: '55555555-0000-4000-8000-000000000009', name: 'Elsewhere' } };

async function start() {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const audit = createAudit({ database, clock, log: quietLog, signer: { name: 'test-log', privateKey } });
  const append = (event: Partial<AuditEvent> = {}) =>
    database.inTenant(municipality, (tx) => audit.append(tx, { ...aRead, ...event }));
  const lineOf = async () => (await audit.familyReads(mother, people.aino, {})).items[0]!.event;
  return { platform, database, audit, append, lineOf, clock };
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
  elements: ['students.givenName', 'storage.notes'],
  subjects: [
    { person: people.aino, mask: 1 },
    { person: people.eero, mask: 1 | (1 << 20) },
  ],
};

test('a question about a line of the log reaches the school, and its answer the family', async (t) => {
  const { platform, audit, append, lineOf } = await start();
  await using _ = platform;
  await append();
  const { id } = await audit.cases.ask(mother, people.aino, { event: await lineOf(), question: 'Why at night?' });
  const [open] = await audit.cases.inbox(principal);
  t.like(open!, { id, question: 'Why at night?', askedRole: 'guardian', answer: null, about: { plugin } });
  t.is(open!.child.id, people.aino);
  await audit.cases.answer(principal, id, 'It was the class list of the next day.');
  const [answered] = await audit.cases.ofChild(mother, people.aino);
  t.like(answered!.answer!, { role: 'principal', text: 'It was the class list of the next day.' });
  const actions = (await audit.familyReads(mother, people.aino, {})).items.map(({ action }) => action);
  t.deepEqual(actions, ['question.answer', 'question.read', 'question.ask', 'students.read']);
});

test('the other guardian is not shown the question, another school does not get it, the officer does', async (t) => {
  const { platform, audit, append, lineOf } = await start();
  await using _ = platform;
  await append();
  const { id } = await audit.cases.ask(mother, people.aino, { event: await lineOf(), question: 'Why?' });
  t.deepEqual(await audit.cases.ofChild(father, people.aino), []);
  t.deepEqual(await audit.cases.inbox(elsewhere), []);
  t.is((await audit.cases.inbox(officer)).length, 1);
  await t.throwsAsync(audit.cases.answer(elsewhere, id, 'Not ours.'), { code: 'not-found' });
  await t.throwsAsync(audit.cases.inbox(actorOf('teacher', 'teacher')), { code: 'not-allowed' });
  await audit.cases.answer(officer, id, 'Because of a lesson.');
  await t.throwsAsync(audit.cases.answer(principal, id, 'Once more.'), { code: 'conflict' });
});

test("nobody asks about another family's child or about a line that is not the child's", async (t) => {
  const { platform, audit, append, lineOf } = await start();
  await using _ = platform;
  await append({ subjects: [{ person: people.eero, mask: 1 }] });
  await append();
  const ofBoth = await lineOf();
  await t.throwsAsync(audit.cases.ask(mother, people.eero, { event: ofBoth, question: 'Why?' }), { code: 'not-found' });
  const foreign = String(Number(ofBoth) - 1);
  await t.throwsAsync(audit.cases.ask(mother, people.aino, { event: foreign, question: 'Why?' }), {
    code: 'not-found',
  });
});

test('open questions of one person are bounded', async (t) => {
  const { platform, audit } = await start();
  await using _ = platform;
  for (let i = 0; i < 20; i += 1) await audit.cases.ask(mother, people.aino, { question: `Question ${i}` });
  await t.throwsAsync(audit.cases.ask(mother, people.aino, { question: 'One more' }), { code: 'too-many-requests' });
});

const hour = { plugin, from: '2026-11-24T10:00:00Z', to: '2026-11-24T11:00:00Z' };

test('the officer learns what a plugin read in an hour: whose data, which fields, how often', async (t) => {
  const { platform, audit, append, clock, database } = await start();
  await using _ = platform;
  await append();
  await append({ subjects: [{ person: people.eero, mask: 1 }] });
  await append({ decision: 'deny', reason: 'plugin-stopped', subjects: [] });
  await append({ plugin: 'other-vendor/other' });
  clock.advance(3_600_000);
  await append();
  const { totals, persons, next } = await audit.officer.incident(officer, hour);
  t.deepEqual(totals, { events: 3, refused: 1, persons: 2, rows: 3 });
  t.deepEqual(
    persons.map(({ id, reads, fields }) => ({ id, reads, fields: fields.map(({ element }) => element) })),
    [
      { id: people.aino, reads: 1, fields: ['students.givenName'] },
      { id: people.eero, reads: 2, fields: ['storage.notes', 'students.givenName'] },
    ],
  );
  t.is(next, null);
  const [asked] = await database.inTenant(municipality, (tx) =>
    tx.query<{ subjects: string[] }>({ text: "select subjects from audit_event where action = 'case.incident'" }),
  );
  t.deepEqual(asked!.subjects, [people.aino, people.eero]);
});

test('a long answer comes in pages, and a time that ends before it begins is refused', async (t) => {
  const { platform, audit, append } = await start();
  await using _ = platform;
  await append();
  const first = await audit.officer.incident(officer, { ...hour, limit: 1 });
  t.is(first.next, people.aino);
  const second = await audit.officer.incident(officer, { ...hour, limit: 1, cursor: first.next! });
  t.like(second, { next: null, totals: { persons: 2 } });
  t.is(second.persons[0]!.id, people.eero);
  const backwards = audit.officer.incident(officer, { ...hour, from: hour.to, to: hour.from });
  await t.throwsAsync(backwards, { code: 'invalid' });
});

test('the question of an incident stays out of the family view', async (t) => {
  const { platform, audit, append } = await start();
  await using _ = platform;
  await append();
  await audit.officer.incident(officer, hour);
  const { items } = await audit.familyReads(mother, people.aino, {});
  t.deepEqual(
    items.map(({ action }) => action),
    ['students.read'],
  );
});

test('the record of processing says what is agreed now', async (t) => {
  const { platform, audit, database } = await start();
  await using _ = platform;
  const record = await audit.officer.processing(officer);
  t.deepEqual(
    record.map(({ purpose, legalBases }) => ({ purpose, legalBases })),
    [
      { purpose: 'list', legalBases: ['public-task'] },
      { purpose: 'notes', legalBases: ['consent'] },
    ],
  );
  t.like(record[0]!, { plugin, schools: 1, expiresOn: '2030-01-01' });
  await database.inTenant(municipality, (tx) => tx.query({ text: "update agreement set status = 'terminated'" }));
  t.deepEqual(await audit.officer.processing(officer), []);
});
