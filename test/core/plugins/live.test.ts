import test from 'ava';
import type { Actor } from '../../../core/identity/index.ts';
import { createLive, liveLimits } from '../../../core/plugins/live.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { schoolWorld } from '../marketplace/school-world.ts';
import { type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

/** A page that is open: what it has heard so far. */
async function openPage(
  actor: Actor,
): Promise<{ heard: string[]; until(text: string): Promise<void>; [Symbol.dispose](): void }> {
  await world.service.send(actor, 'GET', '/api/school/plugins');
  const abort = new AbortController();
  const response = await fetch(`${world.service.url}/api/live`, {
    headers: { 'x-actor': actor.session },
    signal: abort.signal,
  });
  const heard: string[] = [];
  const reading = (async () => {
    for await (const chunk of response.body ?? []) heard.push(Buffer.from(chunk).toString());
  })().catch(() => undefined);
  return {
    heard,
    async until(text) {
      while (!heard.join('').includes(text)) await new Promise((done) => setTimeout(done, 5));
    },
    [Symbol.dispose]() {
      abort.abort();
      void reading;
    },
  };
}

test.serial('an open page hears that its plugin was stopped, and why', async (t) => {
  const { plugin, enablement } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/heard' }) });
  using page = await openPage(world.town.teacher);
  await page.until('retry');
  await world.service.send(world.town.administrator, 'POST', `/api/municipality/enablements/${enablement}/stop`, {
    reason: 'complaint',
  });
  await page.until('complaint');
  t.true(
    page.heard
      .join('')
      .includes(`event: plugin\ndata: ${JSON.stringify({ plugin, status: 'stopped', reason: 'complaint' })}\n\n`),
  );
});

test.serial('a page of another municipality hears nothing of it', async (t) => {
  const other = await schoolWorld(world.database, '091');
  const { enablement } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/quiet' }) });
  using here = await openPage(world.town.teacher);
  using there = await openPage(other.teacher);
  await Promise.all([here.until('retry'), there.until('retry')]);
  await world.service.send(world.town.administrator, 'POST', `/api/municipality/enablements/${enablement}/stop`, {
    reason: 'x',
  });
  await here.until('demo-vendor/quiet');
  t.false(there.heard.join('').includes('demo-vendor/quiet'));
});

test.serial('a change of consent tells pages to look again, never of whom', async (t) => {
  const { plugin } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/asks' }) });
  using page = await openPage(world.town.teacher);
  await page.until('retry');
  const [learner = ''] = world.town.learners;
  await world.consent(learner, { plugin, purpose: 'class-notes', elements: ['storage.notes'] });
  await page.until('event: consent');
  t.true(page.heard.join('').includes(`event: consent\ndata: ${JSON.stringify({ plugin })}\n\n`));
});

test.serial('a sign-in that ends is told to its own pages, and their streams end', async (t) => {
  const ending = { ...world.town.teacher, session: '00000000-0000-7000-8000-000000000001' };
  using page = await openPage(ending);
  using other = await openPage(world.town.teacher);
  await Promise.all([page.until('retry'), other.until('retry')]);
  await world.database.notify('sessions_ended', { sessions: [ending.session] });
  await page.until('event: session');
  t.false(other.heard.join('').includes('event: session'));
});

test.serial('a notification of another shape is left aside', async (t) => {
  const { plugin, call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/shaped' }) });
  for (const payload of [[], { plugin: 1 }, { municipality: {} }])
    await world.database.notify('digione_enablement', payload);
  using page = await openPage(world.town.teacher);
  await page.until('retry');
  await world.database.notify('digione_consent', { municipality: world.town.municipality, plugin });
  await page.until('event: consent');
  t.is((await call('echo', 1)).status, 200);
});

test.serial('what a context learned does not outlive a change of consent', async (t) => {
  const backend = 'let kept = 0; digione.register({ calls: { count: () => ++kept }, tiles: {} })';
  const { plugin, call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/forgets' }), backend });
  t.is((await call('count')).body['value'], 1);
  t.is((await call('count')).body['value'], 2);
  using page = await openPage(world.town.teacher);
  await page.until('retry');
  await world.database.notify('digione_consent', { municipality: world.town.municipality, plugin });
  await page.until('event: consent');
  t.is((await call('count')).body['value'], 1);
});

test('a sign-in has a bounded number of open pages, and so has a node', async (t) => {
  await using live = createLive({ ...liveLimits, streams: 3, streamsPerSession: 2 });
  live.open(world.town.teacher);
  live.open(world.town.teacher);
  t.throws(() => live.open(world.town.teacher), { code: 'call-limit' });
  live.open(world.town.principal);
  t.throws(() => live.open({ ...world.town.principal, session: 'third' }), { code: 'unavailable' });
});

test('a page that does not read is let go', async (t) => {
  await using live = createLive({ ...liveLimits, backlog: 1_000 });
  const stream = live.open(world.town.teacher);
  for (let round = 0; round < 100 && !stream.destroyed; round += 1)
    live.tell({ name: 'plugin', data: { plugin: 'x'.repeat(100) }, to: () => true });
  t.true(stream.destroyed);
});
