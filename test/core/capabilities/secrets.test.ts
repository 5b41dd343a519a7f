import test from 'ava';
import { createSecretKey } from 'node:crypto';
import type { Manifest } from '@digione/sdk/manifest';
import { createVault, rotateSecrets } from '../../../core/capabilities/index.ts';
import { systemClock } from '../../../core/kernel/index.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { schoolWorld } from '../marketplace/school-world.ts';
import { type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const [studentsScope] = sampleManifest().scopes;
const secretsScope = { ...studentsScope, capability: 'secrets', elements: [] } as unknown as Manifest['scopes'][number];
const manifestOf = (name: string) =>
  sampleManifest({ id: `demo-vendor/${name}`, scopes: [secretsScope], collections: [] });
const at = (plugin: string, path: string) => `/api/municipality/plugins/${plugin}/${path}`;

test.serial('a secret reaches the plugin of its municipality and is shown to nobody', async (t) => {
  const { plugin, ask } = await world.install({ manifest: manifestOf('secret') });
  t.deepEqual((await ask('secrets.get', { name: 'apiKey' })).value, { value: null });
  const put = await world.service.send(world.town.administrator, 'PUT', at(plugin, 'secrets/apiKey'), {
    value: 'open sesame',
  });
  t.is(put.status, 204);
  t.deepEqual((await ask('secrets.get', { name: 'apiKey' })).value, { value: 'open sesame' });
  const { body } = await world.service.send(world.town.administrator, 'GET', at(plugin, 'settings'));
  t.like((body['secrets'] as object[])[0], { name: 'apiKey' });
  t.false(JSON.stringify(body).includes('sesame'));
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: 'select sealed::text, key_id from plugin_secret' }),
  );
  t.false(JSON.stringify(rows).includes(Buffer.from('sesame').toString('hex')));
  await world.service.send(world.town.administrator, 'DELETE', at(plugin, 'secrets/apiKey'));
  t.deepEqual((await ask('secrets.get', { name: 'apiKey' })).value, { value: null });
});

test.serial('another plugin, and another municipality, have other secrets', async (t) => {
  const one = await world.install({ manifest: manifestOf('one-secret') });
  const other = await world.install({ manifest: manifestOf('other-secret') });
  await world.service.send(world.town.administrator, 'PUT', at(one.plugin, 'secrets/key'), { value: 'mine' });
  t.deepEqual((await other.ask('secrets.get', { name: 'key' })).value, { value: null });
  const neighbour = await schoolWorld(world.database, '091');
  const { body } = await world.service.send(neighbour.administrator, 'GET', at(one.plugin, 'settings'));
  t.deepEqual(body['secrets'], []);
});

test.serial('without the scope, and with another name than secrets have, there is no secret', async (t) => {
  const none = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/no-secrets' }) });
  t.is((await none.ask('secrets.get', { name: 'key' })).code, 'scope-missing');
  const { ask } = await world.install({ manifest: manifestOf('names') });
  for (const argument of [{}, { name: '' }, { name: '../x' }, { name: 5 }])
    t.is((await ask('secrets.get', argument)).code, 'invalid-argument');
});

test.serial('only the administrator sets what a plugin is given', async (t) => {
  for (const actor of [world.town.teacher, world.town.principal]) {
    t.is((await world.service.send(actor, 'GET', at('demo-vendor/x1', 'settings'))).body.code, 'not-allowed');
    t.is(
      (await world.service.send(actor, 'PUT', at('demo-vendor/x1', 'settings'), { settings: {} })).body.code,
      'not-allowed',
    );
    t.is(
      (await world.service.send(actor, 'PUT', at('demo-vendor/x1', 'secrets/key'), { value: 'x' })).body.code,
      'not-allowed',
    );
    t.is((await world.service.send(actor, 'DELETE', at('demo-vendor/x1', 'secrets/key'))).body.code, 'not-allowed');
  }
});

test.serial('settings reach the plugin; too many are refused', async (t) => {
  const { plugin, ask } = await world.install({ manifest: manifestOf('settings') });
  const settings = { colour: 'blue', groups: [1, 2] };
  t.is((await world.service.send(world.town.administrator, 'PUT', at(plugin, 'settings'), { settings })).status, 204);
  t.deepEqual((await ask('config.get', {})).value, settings);
  const large = { settings: { text: 'x'.repeat(33_000) } };
  t.is(
    (await world.service.send(world.town.administrator, 'PUT', at(plugin, 'settings'), large)).body.code,
    'too-large',
  );
});

test.serial('a plugin has a bounded number of secrets', async (t) => {
  const { plugin } = await world.install({ manifest: manifestOf('many') });
  const put = (index: number) =>
    world.service.send(world.town.administrator, 'PUT', at(plugin, `secrets/key${index}`), { value: 'x' });
  for (let index = 0; index < 50; index += 1) t.is((await put(index)).status, 204);
  t.is((await put(50)).body.code, 'quota-exceeded');
  t.is((await put(0)).status, 204);
});

test.serial('a new key seals everything anew, and then the old one is not needed', async (t) => {
  const { plugin } = await world.install({ manifest: manifestOf('rotated') });
  await world.service.send(world.town.administrator, 'PUT', at(plugin, 'secrets/key'), { value: 'kept' });
  const old = { id: 'test', key: createSecretKey(Buffer.alloc(32, 9)) };
  const young = { id: 'young', key: createSecretKey(Buffer.alloc(32, 10)) };
  const { municipality } = world.town;
  const deps = { database: world.database, clock: systemClock(), vault: createVault([young, old]) };
  t.true((await rotateSecrets(deps, municipality)) > 0);
  t.is(await rotateSecrets(deps, municipality), 0);
  const text = 'select key_id as "keyId", sealed from plugin_secret where plugin = $1';
  const [row] = await world.database.inTenant(municipality, (tx) =>
    tx.query<{ keyId: string; sealed: Buffer }>({ text, values: [plugin] }),
  );
  t.is(createVault([young]).open(`${municipality} ${plugin} key`, row!), 'kept');
});

test('a sealed value opens only at its place, with its key, and unchanged', (t) => {
  const vault = createVault([{ id: 'one', key: createSecretKey(Buffer.alloc(32, 1)) }]);
  const sealed = vault.seal('here', 'text');
  t.is(vault.open('here', sealed), 'text');
  t.throws(() => vault.open('there', sealed));
  const changed = Buffer.from(sealed.sealed);
  changed[30] = (changed[30] ?? 0) ^ 1;
  t.throws(() => vault.open('here', { ...sealed, sealed: changed }));
  t.throws(() => vault.open('here', { ...sealed, keyId: 'other' }));
  t.throws(() => createVault([{ id: 'one', key: createSecretKey(Buffer.alloc(32, 2)) }]).open('here', sealed));
  t.notDeepEqual(vault.seal('here', 'text').sealed, sealed.sealed);
});
