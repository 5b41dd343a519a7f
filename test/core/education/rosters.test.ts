import anyTest from 'ava';
import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { createRosters } from '../../../core/education/index.ts';
import { newId } from '../../../core/kernel/index.ts';
import { writeBundle } from './bundle-fixture.ts';
import { rosterWorld, type RosterWorld } from './roster-world.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed, type Town } from './towns.ts';

const test = anyTest.serial;
let world: RosterWorld;

anyTest.before(async () => {
  world = await rosterWorld(3_000_000);
});
anyTest.after.always(() => world[Symbol.asyncDispose]());

const zip = (name: string, files: Parameters<typeof writeBundle>[1]) => writeBundle(world.towns.path(name), files);
/** Rosters of which bytes are kept. */
async function waitingFiles(town: Town): Promise<string[]> {
  const rows = await town.rows<{ id: string }>('select distinct roster_id as id from roster_piece');
  return rows.map(({ id }) => id);
}

/** A town whose first roster has been sent and checked. */
async function checked(files: Parameters<typeof writeBundle>[1] = smallSchool, loaded = false) {
  const town = await world.towns.add();
  if (loaded) await town.load(smallSchool, confirmed);
  const desk = await world.at(town);
  const { body } = await desk.upload(await zip(`${town.id}.zip`, files));
  await desk.send('POST', `rosters/${body.id}/check`);
  return { town, desk, id: body.id, told: await desk.settled(body.id) };
}

test('a roster is sent, checked in words, and loaded; access waits for a decision', async (t) => {
  const { town, desk, id, told } = await checked();
  t.like(told, { state: 'checked', source: 'upload', problems: 0, tooMuchRemoved: [] });
  t.is((told['words'] as string[])[0], '3 new learners');
  t.is((await town.rows('select id from person')).length, 0);
  t.is((await desk.send('POST', `rosters/${id}/load`, {})).status, 202);
  t.like(await desk.settled(id), { state: 'loaded' });
  t.is((await town.rows('select id from person')).length, 6);
  t.is((await town.rows('select id from guardianship')).length, 0);
  t.deepEqual(await waitingFiles(town), []);
  const { body } = await desk.send<{ items: { outcome: string }[] }>('GET', 'imports');
  t.deepEqual(body.items.map(({ outcome }) => outcome).sort(), ['dry-run', 'loaded']);
});

test('a load is refused before its check, without a fresh sign-in, and twice', async (t) => {
  const town = await world.towns.add();
  const desk = await world.at(town);
  const { body } = await desk.upload(await zip('unchecked.zip', smallSchool));
  t.like(await desk.send('POST', `rosters/${body.id}/load`, {}), { status: 409, body: { code: 'conflict' } });
  await desk.send('POST', `rosters/${body.id}/check`);
  await desk.settled(body.id);
  const tired = await world.at(town, { authTime: new Date('2026-11-24T07:50:00Z') });
  t.like(await tired.send('POST', `rosters/${body.id}/load`, {}), {
    status: 401,
    body: { code: 'fresh-sign-in-needed' },
  });
  await desk.send('POST', `rosters/${body.id}/load`, {});
  await desk.settled(body.id);
  t.like(await desk.send('POST', `rosters/${body.id}/load`, {}), { status: 404, body: { code: 'not-found' } });
});

test('a load that would remove too much stops, and goes on when that is confirmed', async (t) => {
  const { town, desk, id, told } = await checked(changed({ enrollments: { e4: undefined } }), true);
  t.deepEqual(told['tooMuchRemoved'], ['enrollments']);
  await desk.send('POST', `rosters/${id}/load`, {});
  t.like(await desk.settled(id), { state: 'stopped' });
  const open = `select id from enrollment where valid_to > '2026-11-24'`;
  t.is((await town.rows(open)).length, 4);
  await desk.send('POST', `rosters/${id}/load`, { confirmRemovals: true });
  t.like(await desk.settled(id), { state: 'loaded' });
  t.is((await town.rows(open)).length, 3);
});

test('the problems of a roster are listed a page at a time', async (t) => {
  const rows = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`x${n}`, `x${n},,,true,,,,Nameless,,,`]));
  const { desk, id, told } = await checked(changed({ users: rows }));
  t.is(told['problems'], 60);
  const path = `imports/${told['run']}/problems`;
  const first = await desk.send<{ items: object[]; next: string | null }>('GET', path);
  t.is(first.body.items.length, 50);
  t.like(first.body.items[0], { file: 'users.csv', line: 8, column: 'givenName', reason: 'missing-value' });
  const second = await desk.send<{ items: object[]; next: string | null }>('GET', `${path}?cursor=${first.body.next}`);
  t.is(second.body.items.length, 10);
  t.is(second.body.next, null);
  await desk.send('POST', `rosters/${id}/discard`);
});

test('what is no zip fails in words, changes nothing, and can be replaced by another file', async (t) => {
  const town = await world.towns.add();
  const desk = await world.at(town);
  await writeFile(world.towns.path('no.zip'), 'this is no archive');
  const { body } = await desk.upload(world.towns.path('no.zip'));
  await desk.send('POST', `rosters/${body.id}/check`);
  const failed = await desk.settled(body.id);
  t.is(failed['state'], 'failed');
  t.regex(String(failed['refusal']), /zip/);
  const next = await desk.upload(await zip('good.zip', smallSchool));
  t.is(next.status, 201);
  t.is((await desk.send('GET', `rosters/${body.id}`)).body['state'], 'discarded');
  t.deepEqual(await waitingFiles(town), [next.body.id]);
  t.is((await desk.send('POST', `rosters/${next.body.id}/discard`)).status, 204);
  t.deepEqual(await waitingFiles(town), []);
});

test('a file that is too large, or no zip by its type, is refused and leaves nothing behind', async (t) => {
  const town = await world.towns.add();
  const desk = await world.at(town);
  await writeFile(world.towns.path('large.zip'), Buffer.alloc(3_000_001));
  const refused = await desk.upload(world.towns.path('large.zip')).catch(() => undefined);
  if (refused) t.is(refused.status, 413);
  t.like(await desk.upload(await zip('type.zip', smallSchool), 'text/plain'), { status: 400 });
  t.deepEqual(await waitingFiles(town), []);
  t.deepEqual((await desk.send<{ items: object[] }>('GET', 'rosters')).body.items, []);
});

test('work whose server died is shown as interrupted, has changed nothing, and can begin again', async (t) => {
  const { town, desk, id } = await checked();
  await town.rows(`update roster_load set state = 'loading', beat_at = now() - interval '31 seconds' where id = $1`, [
    id,
  ]);
  t.is((await desk.send('GET', `rosters/${id}`)).body['state'], 'interrupted');
  t.is((await town.rows('select id from person')).length, 0);
  await desk.send('POST', `rosters/${id}/load`, {});
  t.like(await desk.settled(id), { state: 'loaded' });
});

test('another server goes on with what a server that died was loading', async (t) => {
  const { town, id } = await checked();
  const order = JSON.stringify({ work: 'load', confirmRemovals: false, role: 'siteAdministrator' });
  const die = (attempts: number) =>
    town.rows(
      `update roster_load set state = 'loading', beat_at = now() - interval '31 seconds', ordered = $2, attempts = $3 where id = $1`,
      [id, order, attempts],
    );
  const { fetches, towns } = world;
  await using other = createRosters({ ...fetches, folder: towns.path('other') });
  await die(3);
  await other.resume();
  t.is(
    (await town.rows(`select id from roster_load where state = 'loading' and beat_at < now() - interval '30 seconds'`))
      .length,
    1,
  );
  await die(1);
  for (const { done } of await other.resume()) await done;
  t.like(await town.rows('select state, attempts from roster_load'), [{ state: 'loaded', attempts: 2 }]);
  t.is((await town.rows('select id from person')).length, 6);
  t.deepEqual(await readdir(towns.path('other')), []);
  t.deepEqual(await waitingFiles(town), []);
});

test('a file is put together from its pieces, and one that is not whole any more is refused', async (t) => {
  const town = await world.towns.add();
  const desk = await world.at(town);
  const noise = () => randomBytes(140).toString('base64url');
  const padding = Array.from({ length: 4_500 }, (_, n) => `p${n},,,true,,,${noise()},${noise()},,,`);
  const path = await zip('pieces.zip', { ...smallSchool, users: [...smallSchool.users, ...padding] });
  const { body } = await desk.upload(path);
  const pieces = await town.rows<{ size: number }>(
    'select octet_length(bytes) as size from roster_piece order by number',
  );
  t.true(pieces.length > 1);
  t.is(pieces[0]!.size, 2 ** 20);
  await desk.send('POST', `rosters/${body.id}/check`);
  t.like(await desk.settled(body.id), { state: 'checked', problems: 0 });
  await town.rows('delete from roster_piece where number = 1');
  await desk.send('POST', `rosters/${body.id}/check`);
  t.regex(String((await desk.settled(body.id))['refusal']), /not whole/);
});

test('work under way is not begun twice and its file is not replaced', async (t) => {
  const { town, desk, id } = await checked();
  await town.rows(`update roster_load set state = 'loading', beat_at = now() where id = $1`, [id]);
  t.like(await desk.send('POST', `rosters/${id}/load`, {}), { status: 409 });
  t.like(await desk.upload(await zip('second.zip', smallSchool)), { status: 409 });
  t.deepEqual(await waitingFiles(town), [id]);
  await desk.send('POST', `rosters/${id}/discard`);
});

test('rosters belong to administrators of their own municipality', async (t) => {
  const { town, id } = await checked();
  const other = await world.at(await world.towns.add());
  t.is((await other.send('GET', `rosters/${id}`)).status, 404);
  t.is((await other.send('POST', `rosters/${id}/check`)).status, 404);
  t.is((await other.send('POST', `rosters/${id}/discard`)).status, 404);
  const teacher = await world.at(town, { role: 'teacher' });
  const anonymous = await world.at(town, { csrf: 'another' });
  for (const [method, path] of [
    ['GET', 'rosters'],
    ['GET', `rosters/${id}`],
    ['POST', `rosters/${id}/check`],
    ['POST', `rosters/${id}/load`],
    ['POST', `rosters/${id}/discard`],
    ['GET', 'imports'],
    ['GET', `imports/${newId()}/problems`],
    ['GET', 'pending-access'],
    ['POST', `pending-access/${newId()}`],
    ['POST', 'persons/merge'],
    ['POST', 'persons/merge-preview'],
    ['GET', 'roster-export'],
    ['GET', 'roster-schedule'],
    ['PUT', 'roster-schedule'],
    ['DELETE', 'roster-schedule'],
  ] as const) {
    t.like(await teacher.send(method, path), { status: 403, body: { code: 'not-allowed' } }, `${method} ${path}`);
    if (method !== 'GET')
      t.like(await anonymous.send(method, path), { status: 403, body: { code: 'csrf-failed' } }, `${method} ${path}`);
  }
});

test('waiting access is listed, confirmed or declined, each time in the log', async (t) => {
  const town = await world.towns.add();
  await town.load(smallSchool);
  const desk = await world.at(town);
  const { body } = await desk.send<{ items: { id: string; child: { name: string } }[] }>('GET', 'pending-access');
  t.is(body.items.length, 3);
  const [one, two] = body.items;
  world.acts.length = 0;
  t.is((await desk.send('POST', `pending-access/${one!.id}`, { decision: 'confirm' })).status, 204);
  t.is((await desk.send('POST', `pending-access/${two!.id}`, { decision: 'decline' })).status, 204);
  t.deepEqual(
    world.acts.map(({ action }) => action),
    ['access.confirm', 'access.decline'],
  );
  t.is(world.acts[0]!.persons!.length, 2);
  t.is((await town.rows('select id from guardianship')).length, 1);
  t.is((await desk.send('POST', `pending-access/${one!.id}`, { decision: 'confirm' })).status, 404);
  t.is((await desk.send('POST', `pending-access/${two!.id}`, { decision: 'perhaps' })).status, 400);
});

test('an export is a bundle that an import takes, and needs a fresh sign-in', async (t) => {
  const town = await world.towns.add();
  await town.load(smallSchool, confirmed);
  const desk = await world.at(town);
  const answer = await desk.download('roster-export');
  t.is(answer.headers.get('content-type'), 'application/zip');
  const path = world.towns.path('out.zip');
  await writeFile(path, Buffer.from(await answer.arrayBuffer()));
  const again = await town.loadPath(path);
  t.is(again.problemCount, 0);
  t.deepEqual(again.counts.users, { added: 0, changed: 0, removed: 0, before: 6 });
  const tired = await world.at(town, { authTime: new Date('2026-11-24T07:50:00Z') });
  t.is((await tired.download('roster-export')).status, 401);
});

test('two learner numbers are made one learner, with a reason', async (t) => {
  const town = await world.towns.add();
  const files = changed({
    users: { l9: 'l9,,,true,,,Aada,Ärri,,,1.2.246.562.99.24.9' },
    demographics: { l9: 'l9,,,2015-03-01,' },
  });
  await town.load(files, confirmed);
  const desk = await world.at(town);
  const numbers = { kept: '1.2.246.562.99.24.9', merged: '1.2.246.562.99.24.1' };
  t.is((await desk.send('POST', 'persons/merge', { ...numbers, reason: '' })).status, 400);
  t.is(
    (await desk.send('POST', 'persons/merge', { ...numbers, merged: '1.2.246.562.99.24.77', reason: 'none' })).status,
    404,
  );
  world.acts.length = 0;
  const before = await town.rows('select id, status, oid from person order by id');
  const preview = await desk.send('POST', 'persons/merge-preview', numbers);
  t.like(preview, {
    status: 200,
    body: {
      kept: { name: 'Aada Ärri', birthDate: '2015-03-01', memberships: 0, classes: [], guardians: 0 },
      merged: { name: 'Aada Ärri', school: 'Koulu', memberships: 1, classes: ['5A'], guardians: 2 },
      waitingGuardians: 2,
    },
  });
  t.deepEqual(await town.rows('select id, status, oid from person order by id'), before);
  t.deepEqual(await town.rows('select id from pending_access'), []);
  t.like(world.acts, [{ action: 'person.compare' }]);
  t.is(world.acts[0]!.persons?.length, 2);
  world.acts.length = 0;
  t.is((await desk.send('POST', 'persons/merge', { ...numbers, reason: 'Merged in the register' })).status, 204);
  t.like(world.acts, [{ action: 'person.merge', reason: 'Merged in the register' }]);
  t.is((await desk.send('POST', 'persons/merge', { ...numbers, reason: 'again' })).status, 400);
});
