import anyTest from 'ava';
import { readFile } from 'node:fs/promises';
import { fetchDueRosters } from '../../../core/education/index.ts';
import { writeBundle } from './bundle-fixture.ts';
import { rosterWorld, somewhere, type RosterWorld } from './roster-world.ts';
import { changed, smallSchool } from './small-school.ts';
import { confirmed } from './towns.ts';

const test = anyTest.serial;
let world: RosterWorld;

anyTest.before(async () => {
  world = await rosterWorld();
});
anyTest.after.always(() => world[Symbol.asyncDispose]());

const bundle = async (files: Parameters<typeof writeBundle>[1]) =>
  readFile(await writeBundle(world.towns.path('served.zip'), files));

interface Scheduled {
  schedule: { nextAt: string; lastOutcome: string | null; header: string | null } | null;
}

/** A town whose roster is fetched from the address at six, on the next morning at the earliest. */
async function scheduled(url: string, header?: { name: string; value: string }) {
  world.clock.set('2026-11-24T08:00:00Z', '2026-11-24');
  const town = await world.towns.add();
  const desk = await world.at(town);
  const { status } = await desk.send('PUT', 'roster-schedule', { url, hour: 6, ...(header && { header }) });
  const look = async () => (await desk.send<Scheduled>('GET', 'roster-schedule')).body.schedule;
  const morning = (day: string) => world.clock.set(`2026-11-${day}T04:00:01Z`, `2026-11-${day}`);
  return { town, desk, status, look, morning };
}

const fetchNow = () => fetchDueRosters(world.fetches);

test('a roster is fetched at its hour in Finland and loaded; the report is in the list', async (t) => {
  const file = await bundle(smallSchool);
  const asked: string[] = [];
  await using there = await somewhere((request, answer) => {
    asked.push(String(request.headers['x-key']));
    answer.writeHead(200, { etag: '"1"' }).end(file);
  });
  const { town, desk, look, morning } = await scheduled(`${there.origin}/r.zip`, { name: 'x-key', value: 'secret' });
  t.like(await look(), { nextAt: '2026-11-25T04:00:00.000Z', header: 'x-key', lastOutcome: null });
  await fetchNow();
  t.deepEqual(asked, []);
  morning('25');
  await fetchNow();
  t.deepEqual(asked, ['secret']);
  t.like(await look(), { nextAt: '2026-11-26T04:00:00.000Z', lastOutcome: 'loaded' });
  t.is((await town.rows('select id from person')).length, 6);
  t.is((await town.rows('select id from guardianship')).length, 0);
  const { body } = await desk.send<{ items: object[] }>('GET', 'rosters');
  t.like(body.items[0], { source: 'fetch', state: 'loaded' });
  await fetchNow();
  t.is(asked.length, 1);
});

test('a roster that has not changed is not loaded again', async (t) => {
  const file = await bundle(smallSchool);
  await using there = await somewhere((request, answer) => {
    if (request.headers['if-none-match'] === '"7"') answer.writeHead(304).end();
    else answer.writeHead(200, { etag: '"7"' }).end(file);
  });
  const { look, morning } = await scheduled(there.origin);
  morning('25');
  await fetchNow();
  morning('26');
  await fetchNow();
  t.like(await look(), { lastOutcome: 'unchanged' });
});

test('a fetched roster that would remove too much stops and waits for a person', async (t) => {
  const file = await bundle(changed({ enrollments: { e4: undefined } }));
  await using there = await somewhere((_, answer) => void answer.end(file));
  const { town, desk, look, morning } = await scheduled(there.origin);
  await town.load(smallSchool, confirmed);
  morning('25');
  await fetchNow();
  t.like(await look(), { lastOutcome: 'stopped' });
  const { body } = await desk.send<{ items: { id: string; state: string }[] }>('GET', 'rosters');
  t.is(body.items[0]!.state, 'stopped');
  const fresh = await world.at(town);
  t.is((await fresh.send('POST', `rosters/${body.items[0]!.id}/load`, { confirmRemovals: true })).status, 202);
  t.like(await fresh.settled(body.items[0]!.id), { state: 'loaded' });
});

const hostile: Record<string, [Parameters<typeof somewhere>[0], string]> = {
  'an answer that is an error': [(_, answer) => void answer.writeHead(500).end(), 'unreachable'],
  'a circle of redirects': [(_, answer) => void answer.writeHead(302, { location: '/again' }).end(), 'unreachable'],
  'a redirect to a private network': [
    (_, answer) => void answer.writeHead(302, { location: 'https://user:pass@10.0.0.1/' }).end(),
    'refused',
  ],
  'an answer that breaks off': [
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '1000' }).write('x');
      setImmediate(() => answer.destroy());
    },
    'unreachable',
  ],
  'an endless answer': [
    (_, answer) => {
      const more = () => {
        while (answer.write(Buffer.alloc(60_000)));
      };
      answer
        .writeHead(200)
        .on('drain', more)
        .on('error', () => undefined);
      more();
    },
    'refused',
  ],
  'an answer that is no zip': [(_, answer) => void answer.end('<html>'), 'failed'],
};

for (const [name, [listener, outcome]] of Object.entries(hostile))
  test(`${name} changes nothing, is told, and does not stop the other towns`, async (t) => {
    await using there = await somewhere(listener);
    const file = await bundle(smallSchool);
    await using elsewhere = await somewhere((_, answer) => void answer.end(file));
    const bad = await scheduled(there.origin);
    const good = await scheduled(elsewhere.origin);
    bad.morning('25');
    await fetchNow();
    t.like(await bad.look(), { lastOutcome: outcome });
    t.deepEqual(await bad.town.rows('select id from person'), []);
    t.like(await good.look(), { lastOutcome: 'loaded' });
  });

test('the secret header is not sent to another origin', async (t) => {
  const seen: (string | undefined)[] = [];
  await using other = await somewhere((request, answer) => {
    seen.push(request.headers['x-key'] as string | undefined);
    answer.writeHead(404).end();
  });
  await using there = await somewhere((_, answer) => void answer.writeHead(302, { location: other.origin }).end());
  const { morning } = await scheduled(there.origin, { name: 'x-key', value: 'secret' });
  morning('25');
  await fetchNow();
  t.deepEqual(seen, [undefined]);
});

test('of several servers one fetches', async (t) => {
  let asked = 0;
  await using there = await somewhere((_, answer) => {
    asked += 1;
    answer.writeHead(404).end();
  });
  const { morning } = await scheduled(there.origin);
  morning('25');
  await Promise.all([fetchNow(), fetchNow(), fetchNow()]);
  t.is(asked, 1);
});

test('the secret is sealed at rest, never comes out, goes on when left out, and goes with null', async (t) => {
  const { town, desk, look } = await scheduled('http://127.0.0.1:9/', { name: 'x-key', value: 'very secret' });
  const [row] = await town.rows<{ header_sealed: Buffer }>('select header_sealed from roster_schedule');
  t.false(row!.header_sealed.toString('latin1').includes('very secret'));
  t.false(JSON.stringify(await look()).includes('very secret'));
  await desk.send('PUT', 'roster-schedule', { url: 'http://127.0.0.1:9/', hour: 7 });
  t.like(await look(), { header: 'x-key' });
  await desk.send('PUT', 'roster-schedule', { url: 'http://127.0.0.1:9/', hour: 7, header: null });
  t.like(await look(), { header: null });
  await desk.send('DELETE', 'roster-schedule');
  t.is(await look(), null);
});

for (const [url, why] of [
  ['ftp://127.0.0.1/x', 'another protocol'],
  ['https://user:pass@127.0.0.1/x', 'a password in it'],
  ['no address', 'no form of one'],
]) {
  test(`an address with ${why} is not taken`, async (t) => {
    t.is((await scheduled(url!)).status, 400);
  });
}

test('in production neither plain http nor a private address is taken', async (t) => {
  const { checkedAddress } = await import('../../../core/education/rosters/fetch-bundle.ts');
  const ask = (url: string, address: string) =>
    checkedAddress({ ...world.fetches.places, allowLoopback: false, resolve: async () => [address] }, new URL(url));
  for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1'])
    await t.throwsAsync(ask('https://roster.example/', address), { code: 'invalid' }, address);
  await t.throwsAsync(ask('http://roster.example/', '193.166.3.2'), { code: 'invalid' });
  t.is(await ask('https://roster.example/', '193.166.3.2'), '193.166.3.2');
});
