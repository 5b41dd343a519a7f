import test from 'ava';
import { sha256Hex } from '../../../core/kernel/index.ts';
import { marketplaceWorld } from './marketplace-world.ts';
import { sampleBundle, sampleManifest } from './sample-plugin.ts';

const plugin = 'demo-vendor/seating';

test.serial('a signed release appears in the catalogue, for whoever looks', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await world.marketplace.poller.sync();
  const { status, body } = await world.service.send(undefined, 'GET', '/api/catalogue?q=seat&language=en');
  t.is(status, 200);
  t.like(body, { items: [{ plugin, version: '1.0.0', vendor: 'Demo Vendor Oy' }], fresh: true });
  const entry = await world.service.send(undefined, 'GET', `/api/catalogue/${plugin}`);
  t.like(entry.body, {
    manifest: { id: plugin },
    versions: [{ version: '1.0.0', state: 'published', revoked: false }],
  });
});

test.serial('a plugin that the catalogue does not have is refused by name', async (t) => {
  await using world = await marketplaceWorld();
  const { status, body } = await world.service.send(undefined, 'GET', '/api/catalogue/demo-vendor/nothing');
  t.is(status, 404);
  t.is(body.code, 'plugin-unknown');
});

test.serial('while the registry is away the catalogue answers with what it holds, on a new node too', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await world.marketplace.poller.sync();
  world.registry.sleep();
  await t.throwsAsync(world.marketplace.poller.sync(), { code: 'registry-unavailable' });
  await t.throwsAsync(world.node().poller.sync(), { code: 'registry-unavailable' });
  const { body } = await world.service.send(undefined, 'GET', '/api/catalogue');
  t.like(body, { items: [{ plugin }] });
});

test.serial('an answer from before the registry fell silent says so', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await world.marketplace.poller.sync();
  await world.db.asOwner(`update registry_trust set refreshed_at = now() - interval '2 minutes'`);
  const { body } = await world.service.send(undefined, 'GET', '/api/catalogue');
  t.like(body, { fresh: false });
});

test.serial('other bytes under a signed digest are refused and nothing of them is kept', async (t) => {
  await using world = await marketplaceWorld();
  const bytes = await sampleBundle();
  world.registry.release(plugin, '1.0.0', bytes);
  world.registry.swap(sha256Hex(bytes), await sampleBundle({ backend: 'digione.register({})' }));
  await world.marketplace.poller.sync();
  t.is((await world.service.send(undefined, 'GET', `/api/catalogue/${plugin}`)).status, 404);
  t.deepEqual(await world.db.asOwner('select * from bundle'), []);
  world.registry.swap(sha256Hex(bytes), bytes);
  await world.marketplace.poller.sync();
  t.is((await world.service.send(undefined, 'GET', `/api/catalogue/${plugin}`)).status, 200);
});

test.serial('a bundle that holds the manifest of another plugin is left out', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.release('demo-vendor/other', '1.0.0', await sampleBundle({ manifest: sampleManifest() }));
  await world.marketplace.poller.sync();
  t.deepEqual(await world.db.asOwner('select * from bundle'), []);
});

test.serial('metadata of keys that the pinned root does not know is refused', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.loseKeys();
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await t.throwsAsync(world.marketplace.poller.sync(), { code: 'registry-unavailable' });
  t.deepEqual(await world.db.asOwner('select * from release'), []);
});

test.serial('metadata whose signature has ended is refused', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.expireAt('2020-01-01T00:00:00.000Z');
  await t.throwsAsync(world.marketplace.poller.sync(), { code: 'registry-unavailable' });
});

test.serial('a spoiled release of one vendor keeps no other from arriving', async (t) => {
  await using world = await marketplaceWorld();
  world.registry.release('demo-vendor/broken', '1.0.0', Buffer.from('no bundle'));
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await world.marketplace.poller.sync();
  const { body } = await world.service.send(undefined, 'GET', '/api/catalogue');
  t.like(body, { items: [{ plugin }] });
});

test.serial('a node that lags behind takes back no revocation', async (t) => {
  await using world = await marketplaceWorld();
  const bytes = await sampleBundle();
  world.registry.release(plugin, '1.0.0', bytes);
  await world.marketplace.poller.sync();
  const revoked = { id: 1, strength: 'kill', reason: 'data-leak', at: '2026-11-24T09:00:00.000Z' };
  world.registry.release(plugin, '1.0.0', bytes, { state: 'revoked', revoked });
  await world.marketplace.poller.sync();
  await world.db.asOwner('update release set metadata_version = metadata_version + 100');
  world.registry.release(plugin, '1.0.0', bytes, { state: 'published' });
  await world.marketplace.poller.sync();
  t.like(await world.db.asOwner('select revoked, state from release'), [{ revoked: true, state: 'revoked' }]);
});

test.serial('absurd search parameters are refused', async (t) => {
  await using world = await marketplaceWorld();
  for (const query of ['limit=0', 'limit=1000', 'limit=x', 'language=xx', `q=${'x'.repeat(101)}`])
    t.is((await world.service.send(undefined, 'GET', `/api/catalogue?${query}`)).status, 400, query);
});

test.serial('a page of the catalogue ends where the next one starts', async (t) => {
  await using world = await marketplaceWorld();
  for (const name of ['aa', 'bb', 'cc']) {
    const id = `demo-vendor/${name}`;
    world.registry.release(id, '1.0.0', await sampleBundle({ manifest: sampleManifest({ id }) }));
  }
  await world.marketplace.poller.sync();
  const first = await world.marketplace.catalogue.list({ language: 'en', limit: 2 });
  const second = await world.marketplace.catalogue.list({ language: 'en', limit: 2, cursor: first.next });
  t.deepEqual(
    [...first.items, ...second.items].map((item) => item.plugin),
    ['demo-vendor/aa', 'demo-vendor/bb', 'demo-vendor/cc'],
  );
  t.is(second.next, undefined);
});
