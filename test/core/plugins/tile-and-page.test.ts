import test from 'ava';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

test.serial('a tile answers with views', async (t) => {
  const { plugin } = await world.install();
  const { status, body } = await world.service.send(world.town.teacher, 'GET', `/api/plugins/${plugin}/tiles/home`);
  t.is(status, 200);
  t.deepEqual(body['view'], { kind: 'text', text: 'Hello' });
});

test.serial('a tile that answers with something else is refused', async (t) => {
  const backend = `digione.register({ calls: {}, tiles: { home: () => ({ kind: 'script', text: 'alert(1)' }) } })`;
  const { plugin } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/odd' }), backend });
  const { body } = await world.service.send(world.town.teacher, 'GET', `/api/plugins/${plugin}/tiles/home`);
  t.is(body.code, 'invalid-result');
});

test.serial('a page is loaded from the bytes of the enabled version', async (t) => {
  const { plugin } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/paged' }) });
  const { body } = await world.service.send(world.town.teacher, 'GET', `/api/plugins/${plugin}/pages/main`);
  t.regex(String(body['url']), /^http:\/\/127\.0\.0\.1:8082\/[0-9a-f]{64}\/ui\/index\.html$/);
  t.like(body['title'], { en: 'Seats' });
});

test.serial('a tile or page that the manifest does not have, or not for this role, is not found', async (t) => {
  const manifest = sampleManifest({ id: 'demo-vendor/roles' });
  manifest.audience.roles = ['teacher', 'principal'];
  const { plugin } = await world.install({ manifest });
  const get = (path: string, actor = world.town.teacher) =>
    world.service.send(actor, 'GET', `/api/plugins/${plugin}/${path}`);
  for (const path of ['tiles/other', 'pages/other', 'tiles/constructor'])
    t.is((await get(path)).body.code, 'not-found', path);
  for (const path of ['tiles/home', 'pages/main'])
    t.is((await get(path, world.town.principal)).body.code, 'not-found', path);
});

test.serial('a stopped plugin has neither tiles nor pages', async (t) => {
  const { plugin, enablement } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/halted' }) });
  await world.service.send(world.town.administrator, 'POST', `/api/municipality/enablements/${enablement}/stop`, {
    reason: 'x',
  });
  for (const path of ['tiles/home', 'pages/main'])
    t.is(
      (await world.service.send(world.town.teacher, 'GET', `/api/plugins/${plugin}/${path}`)).body.code,
      'plugin-stopped',
    );
});
