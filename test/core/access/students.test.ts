import test from 'ava';
import { createAccess, platformActor, type World } from '../../../core/access/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { testDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, classOf7A, grant, people, plugin, school, smallWorld } from './small-world.ts';

const always = { from: '2026-08-01' };
const names = ['students.givenName', 'students.familyName'];

async function start(changes: Partial<World> = {}) {
  const platform = await testDatabase();
  const { database } = platform;
  await addMunicipality(database);
  await database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld(changes)));
  const clock = fixedClock('2026-11-24T10:00:00Z');
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const read = (elements = names, actor = actorOf('teacher', 'teacher')) =>
    access.students({ grant, actor, purpose: 'list', elements });
  const touch = (actor = actorOf('teacher', 'teacher'), subjects = [people.aino, people.eero]) =>
    database.inTenant(municipality, (tx) =>
      access.visibleSubjects(tx, {
        grant,
        actor,
        purpose: 'notes',
        elements: ['storage.notes'],
        action: 'storage.read',
        subjects,
      }),
    );
  const events = () =>
    database.inTenant(municipality, (tx) =>
      tx.query<{ decision: string; reason: string | null; subjects: string[]; actor_id: string; actor_role: string }>({
        text: 'select * from audit_event order by position',
      }),
    );
  return { platform, database, access, read, touch, events };
}

test('a teacher reads the class through a plugin, under ids that only this plugin knows, and the log has it', async (t) => {
  const { platform, access, read, events } = await start();
  await using _ = platform;
  const { rows } = await read();
  t.deepEqual(
    rows.map(({ familyName }) => familyName),
    ['Family 1', 'Family 2'],
  );
  t.not(rows[0]!.id, people.aino);
  t.is(access.person(municipality, plugin, rows[0]!.id), people.aino);
  t.not(access.person(municipality, 'other-vendor/other', rows[0]!.id), people.aino);
  const [event] = await events();
  t.like(event!, { decision: 'allow', subjects: [people.aino, people.eero], actor_id: people.teacher });
});

test('pages go on where the last one ended', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const asked = { grant, actor: actorOf('teacher', 'teacher'), purpose: 'list', elements: names };
  const first = await access.students({ ...asked, limit: 1 });
  const second = await access.students({ ...asked, limit: 1, cursor: first.next! });
  t.deepEqual(
    [first, second].map(({ rows }) => rows[0]!.familyName),
    ['Family 1', 'Family 2'],
  );
});

test('a stopped plugin is refused, never given an empty list, and the refusal is in the log', async (t) => {
  const { platform, database, read, events } = await start();
  await using _ = platform;
  await database.inTenant(municipality, (tx) => tx.query({ text: "update enablement set status = 'stopped'" }));
  await t.throwsAsync(read(), { code: 'plugin-stopped' });
  t.like((await events())[0]!, { decision: 'deny', reason: 'plugin-stopped', subjects: [] });
});

test('an element that the manifest does not declare is refused', async (t) => {
  const { platform, read } = await start();
  await using _ = platform;
  await t.throwsAsync(read(['students.photo']), { code: 'scope-missing' });
});

test('an unknown element is refused', async (t) => {
  const { platform, read } = await start();
  await using _ = platform;
  await t.throwsAsync(read(['students.shoeSize']), { code: 'invalid-argument' });
});

test('an agreement that the municipality ended is refused', async (t) => {
  const { agreements } = smallWorld();
  const { platform, read } = await start({ agreements: [{ ...agreements[0]!, status: 'terminated' }] });
  await using _ = platform;
  await t.throwsAsync(read(), { code: 'agreement-missing' });
});

test('an agreement that expired keeps nobody from the data of a plugin that runs', async (t) => {
  const { agreements } = smallWorld();
  const { platform, read } = await start({ agreements: [{ ...agreements[0]!, expiresOn: '2026-11-24' }] });
  await using _ = platform;
  t.is((await read()).rows.length, 2);
});

test("a refused question about storage stays in the log though the caller's transaction is undone", async (t) => {
  const { platform, database, access, touch, events } = await start();
  await using _ = platform;
  const asked = { purpose: 'notes', elements: ['storage.notes'], action: 'storage.write' } as const;
  const write = database.inTenant(municipality, async (tx) => {
    await tx.query({ text: 'delete from enrollment' });
    await access.mayTouchSubject(tx, { ...asked, grant, actor: actorOf('teacher', 'teacher'), subject: people.aino });
  });
  await t.throwsAsync(write, { code: 'not-allowed' });
  await database.inTenant(municipality, (tx) => tx.query({ text: "update enablement set status = 'stopped'" }));
  await t.throwsAsync(touch(), { code: 'plugin-stopped' });
  const kept = { decision: 'deny', subjects: [], actor_id: people.teacher };
  const [first, second, ...more] = await events();
  t.like(first!, { ...kept, reason: 'not-allowed' });
  t.like(second!, { ...kept, reason: 'plugin-stopped' });
  t.is(more.length, 0);
  const rows = await database.inTenant(municipality, (tx) => tx.query({ text: 'select from enrollment' }));
  t.true(rows.length > 0, 'what the caller did is undone');
});

test("another teacher's class is not found, exactly as one that does not exist", async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const asked = { grant, actor: actorOf('otherTeacher', 'teacher'), purpose: 'list', elements: names };
  const real = access.pseudonym(municipality, plugin, classOf7A);
  const theirs = await t.throwsAsync<Error>(access.students({ ...asked, class: real }), { code: 'not-found' });
  const nobodys = await t.throwsAsync<Error>(access.students({ ...asked, class: 'nonsense' }), { code: 'not-found' });
  t.is(theirs.message, nobodys.message);
  t.deepEqual((await access.students(asked)).rows, []);
});

test('an administrator has no relation to learners', async (t) => {
  const { platform, read } = await start();
  await using _ = platform;
  await t.throwsAsync(read(names, actorOf('principal', 'siteAdministrator')), { code: 'not-allowed' });
});

test('an actor of another municipality is refused', async (t) => {
  const { platform, read } = await start();
  await using _ = platform;
  const stranger = actorOf('teacher', 'teacher');
  const elsewhere = {
    ...stranger,
    municipality: { ...stranger.municipality, id: '22222222-0000-4000-8000-000000000001' },
  };
  await t.throwsAsync(read(names, elsewhere), { code: 'not-allowed' });
});

test('a protected learner stays in the list; only the contacts look empty', async (t) => {
  const { platform, database, read } = await start({
    protections: [{ person: people.aino, kind: 'non-disclosure', span: always }],
  });
  await using _ = platform;
  const { rows } = await read(['students.givenName', 'students.email']);
  t.deepEqual(
    rows.map((row) => Object.keys(row)),
    [
      ['id', 'givenName'],
      ['id', 'givenName', 'email'],
    ],
  );
  t.is((await read(['students.email'])).rows.length, 2);
  await database.inTenant(municipality, (tx) =>
    tx.query({ text: 'update person set email = null where id = $1', values: [people.eero] }),
  );
  const bare = await read(['students.email']);
  t.deepEqual(
    bare.rows.map((row) => Object.keys(row)),
    [['id'], ['id']],
  );
});

test('a barred parent sees nothing of the child', async (t) => {
  const { platform, read } = await start({
    protections: [{ person: people.aino, kind: 'custody', against: people.father, span: always }],
  });
  await using _ = platform;
  t.deepEqual((await read(names, actorOf('father', 'guardian'))).rows, []);
  t.is((await read(names, actorOf('mother', 'guardian'))).rows.length, 1);
});

test('notes rest on consent: they are hidden for a learner without it, and at once after a withdrawal', async (t) => {
  const { platform, database, touch } = await start({
    consents: [
      { person: people.aino, plugin, purpose: 'notes', consentMajor: 1, valid: true, elements: ['storage.notes'] },
    ],
  });
  await using _ = platform;
  t.deepEqual([...(await touch())], [people.aino]);
  await database.inTenant(municipality, (tx) =>
    tx.query({ text: "update consent_state set valid = false, state = 'ConsentWithdrawn', revision = 2" }),
  );
  t.deepEqual([...(await touch())], []);
});

test('a learner who may not be touched and one who does not exist are refused in the same words', async (t) => {
  const { platform, database, access } = await start();
  await using _ = platform;
  const write = (subject: string) =>
    database.inTenant(municipality, (tx) =>
      access.mayTouchSubject(tx, {
        grant,
        actor: actorOf('teacher', 'teacher'),
        purpose: 'notes',
        elements: ['storage.notes'],
        action: 'storage.write',
        subject,
      }),
    );
  const hidden = await t.throwsAsync<Error>(write(people.eero), { code: 'not-allowed' });
  const nobody = await t.throwsAsync<Error>(write('ffffffff-0000-4000-8000-000000000001'), { code: 'not-allowed' });
  t.is(hidden.message, nobody.message);
});

test('classes are listed for those whose they are', async (t) => {
  const { platform, access } = await start();
  await using _ = platform;
  const portal = { kind: 'portal', municipality, purpose: 'class-list' } as const;
  const list = (actor: ReturnType<typeof actorOf>) =>
    access.classes({ grant: portal, actor, purpose: 'class-list', elements: ['classes.title'], school });
  t.deepEqual((await list(actorOf('teacher', 'teacher'))).rows, [{ id: classOf7A, type: 'homeroom', title: '7A' }]);
  t.deepEqual((await list(actorOf('otherTeacher', 'teacher'))).rows, []);
  t.is((await list(actorOf('principal', 'principal'))).rows.length, 1);
  t.is((await list(actorOf('mother', 'guardian'))).rows.length, 1);
});

test('no row can be given out when the log can not be written', async (t) => {
  const { platform, read } = await start();
  await using _ = platform;
  await platform.asOwner('alter table audit_event add constraint closed check (false) not valid');
  await t.throwsAsync(read(), { message: /closed/ });
});

const job = { ...actorOf('teacher', 'siteAdministrator'), person: platformActor };

test('a job for which nobody waits reads the learners of the school, and of them what the agreement opens to jobs', async (t) => {
  const { agreed } = smallWorld();
  const { platform, access, events } = await start({
    agreed: agreed.map((row) => ({ ...row, background: row.element === 'students.familyName' })),
    protections: [{ person: people.eero, kind: 'restriction', span: always }],
  });
  await using _ = platform;
  const asked = { grant, actor: job, purpose: 'list', elements: names, lease: 'background' } as const;
  const { rows } = await access.students(asked);
  t.deepEqual(rows, [{ id: access.pseudonym(municipality, plugin, people.aino), familyName: 'Family 1' }]);
  const [event] = await events();
  t.like(event!, { decision: 'allow', subjects: [people.aino], actor_id: null as never, actor_role: 'platform' });
});

test('a job is refused where the agreement opens nothing to jobs, and without the background lease', async (t) => {
  const { platform, access, events } = await start();
  await using _ = platform;
  const asked = { grant, actor: job, purpose: 'list', elements: names };
  await t.throwsAsync(access.students({ ...asked, lease: 'background' }), { code: 'not-allowed' });
  t.like((await events())[0]!, { decision: 'deny', reason: 'background-not-agreed', actor_role: 'platform' });
  await t.throwsAsync(access.students(asked), { code: 'not-allowed' });
  const ownDoor = { kind: 'portal', municipality, purpose: 'class-list' } as const;
  const atPortal = access.students({ ...asked, grant: ownDoor, lease: 'background', school });
  await t.throwsAsync(atPortal, { code: 'not-allowed' });
});
