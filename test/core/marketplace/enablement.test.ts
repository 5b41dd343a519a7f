import test from 'ava';
import type { Actor } from '../../../core/identity/index.ts';
import { newId } from '../../../core/kernel/index.ts';
import { enablementChannel } from '../../../core/marketplace/index.ts';
import { type MarketplaceWorld, marketplaceWorld, sampleChoices } from './marketplace-world.ts';
import { sampleBundle, sampleManifest } from './sample-plugin.ts';
import { schoolWorld } from './school-world.ts';

const plugin = 'demo-vendor/seating';

async function offered(): Promise<MarketplaceWorld> {
  const world = await marketplaceWorld();
  world.registry.release(plugin, '1.0.0', await sampleBundle());
  await world.marketplace.poller.sync();
  return world;
}

const accept = (
  world: MarketplaceWorld,
  actor: Actor = world.town.administrator,
  elements: readonly object[] = sampleChoices,
) => world.service.send(actor, 'POST', '/api/municipality/agreements', { plugin, version: '1.0.0', elements });
const enable = (world: MarketplaceWorld, school = world.town.school, actor = world.town.administrator) =>
  world.service.send(actor, 'POST', '/api/municipality/enablements', { plugin, school });
const grant = ({ marketplace, town }: MarketplaceWorld, school = town.school) =>
  marketplace.grants.of({ municipality: town.municipality, plugin, school });

test.serial('an accepted agreement keeps the terms as they were and a basis for each element', async (t) => {
  await using world = await offered();
  const { status, body } = await accept(world);
  t.is(status, 201);
  t.like(body, { plugin, version: '1.0.0', consentMajor: 1, expiresOn: '2030-11-24' });
  t.is((body['elements'] as unknown[]).length, 3);
  await t.throwsAsync(
    world.db.database.inTenant(world.town.municipality, (tx) =>
      tx.query({ text: `update agreement set document = '{}'` }),
    ),
    { message: /permission denied/ },
  );
});

test.serial('an act leaves its event in the audit log', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  const events = await world.db.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: 'select action, plugin from audit_event order by at' }),
  );
  t.deepEqual(events, [
    { action: 'agreement.accept', plugin },
    { action: 'enablement.enable', plugin },
  ]);
});

const refusedChoices: { what: string; elements: readonly object[]; code: string }[] = [
  { what: 'an element without a basis', elements: sampleChoices.slice(1), code: 'basis-missing' },
  {
    what: 'an element that the manifest does not ask for',
    elements: [...sampleChoices, { purpose: 'class-list', element: 'students.email', legalBasis: 'public-task' }],
    code: 'invalid',
  },
  { what: 'an element twice', elements: [...sampleChoices, sampleChoices[0]], code: 'invalid' },
  {
    what: 'a longer retention than asked for',
    elements: [...sampleChoices.slice(0, 2), { ...sampleChoices[2], retentionDays: 400 }],
    code: 'invalid',
  },
  {
    what: 'background use that the manifest does not ask for',
    elements: [...sampleChoices.slice(0, 2), { ...sampleChoices[2], background: true }],
    code: 'invalid',
  },
  {
    what: 'consent where nothing is said about learners without it',
    elements: [{ ...sampleChoices[0], legalBasis: 'consent' }, ...sampleChoices.slice(1)],
    code: 'invalid',
  },
  { what: 'an unknown basis', elements: [{ ...sampleChoices[0], legalBasis: 'wish' }], code: 'invalid' },
];

for (const { what, elements, code } of refusedChoices) {
  test.serial(`an agreement with ${what} is refused and not kept`, async (t) => {
    await using world = await offered();
    const { status, body } = await accept(world, world.town.administrator, elements);
    t.is(status, 400);
    t.is(body.code, code);
    const { body: plugins } = await world.service.send(world.town.administrator, 'GET', '/api/municipality/plugins');
    t.deepEqual(plugins as unknown, []);
  });
}

test.serial('a second agreement on the same terms is refused', async (t) => {
  await using world = await offered();
  await accept(world);
  const { status, body } = await accept(world);
  t.is(status, 409);
  t.is(body.code, 'agreement-exists');
});

test.serial('nobody but the administrator of a municipality agrees, enables or stops', async (t) => {
  await using world = await offered();
  for (const actor of [world.town.teacher, world.town.principal]) {
    t.is((await accept(world, actor)).body.code, 'not-allowed');
    t.is((await enable(world, world.town.school, actor)).body.code, 'not-allowed');
    const path = `/api/municipality/enablements/${newId()}/stop`;
    t.is((await world.service.send(actor, 'POST', path, { reason: 'x' })).body.code, 'not-allowed');
  }
  t.is((await world.service.send(undefined, 'POST', '/api/municipality/agreements', {})).status, 401);
});

test.serial('enabling without an agreement is impossible', async (t) => {
  await using world = await offered();
  const { status, body } = await enable(world);
  t.is(status, 409);
  t.is(body.code, 'agreement-missing');
});

test.serial('an agreement that has ended allows nothing new', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  await world.db.asOwner('alter table agreement no force row level security');
  await world.db.asOwner(`update agreement set expires_on = '2026-11-24'`);
  t.is((await enable(world, world.town.otherSchool)).body.code, 'agreement-missing');
});

test.serial("another municipality's school is not found", async (t) => {
  await using world = await offered();
  await accept(world);
  const other = await schoolWorld(world.db.database, '091');
  const { status, body } = await enable(world, other.school);
  t.is(status, 404);
  t.is(body.code, 'not-found');
});

test.serial("another municipality's enablement is neither seen nor stopped", async (t) => {
  await using world = await offered();
  await accept(world);
  const { body } = await enable(world);
  const other = await schoolWorld(world.db.database, '091');
  const stop = await world.service.send(
    other.administrator,
    'POST',
    `/api/municipality/enablements/${body['id']}/stop`,
    { reason: 'x' },
  );
  t.is(stop.body.code, 'not-found');
  const { body: plugins } = await world.service.send(other.administrator, 'GET', '/api/municipality/plugins');
  t.deepEqual(plugins as unknown, []);
  t.is((await grant(world)).plugin, plugin);
});

test.serial('an enabled plugin has a grant with exactly the agreed elements', async (t) => {
  await using world = await offered();
  await accept(world);
  const { status } = await enable(world);
  t.is(status, 201);
  const { elements, manifest, version, school } = await grant(world);
  t.deepEqual(elements.map(({ element, legalBasis }) => `${element} ${legalBasis}`).sort(), [
    'storage.notes consent',
    'students.familyName public-task',
    'students.givenName public-task',
  ]);
  t.like({ id: manifest.id, version, school }, { id: plugin, version: '1.0.0', school: world.town.school });
});

test.serial('a plugin is not enabled in the school next door', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  await t.throwsAsync(grant(world, world.town.otherSchool), { code: 'plugin-not-enabled' });
});

test.serial('a plugin is enabled once', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  t.is((await enable(world)).body.code, 'already-enabled');
});

test.serial(
  'a stopped plugin is refused with the reason, on every node told, and goes on when it is resumed',
  async (t) => {
    await using world = await offered();
    await accept(world);
    const { body } = await enable(world);
    const heard: unknown[] = [];
    const stopListening = await world.db.database.listen(enablementChannel, (notice) => heard.push(notice));
    const at = `/api/municipality/enablements/${body['id']}`;
    t.is(
      (await world.service.send(world.town.administrator, 'POST', `${at}/stop`, { reason: 'complaint' })).status,
      204,
    );
    const refusal = await t.throwsAsync(grant(world), { code: 'plugin-stopped' });
    t.like(refusal, { extra: { by: 'municipality', reason: 'complaint' } });
    const { body: seen } = await world.service.send(world.town.teacher, 'GET', '/api/school/plugins');
    t.like((seen as unknown as object[])[0], { plugin, status: 'stopped' });
    t.is((await world.service.send(world.town.administrator, 'POST', `${at}/resume`)).status, 204);
    t.is((await grant(world)).revision, 3);
    while (heard.length < 2) await new Promise(setImmediate);
    t.like(heard[0], { plugin, school: world.town.school, status: 'stopped', reason: 'complaint' });
    t.like(heard[1], { status: 'enabled' });
    await stopListening();
  },
);

test.serial('what was not stopped can not be resumed', async (t) => {
  await using world = await offered();
  await accept(world);
  const { body } = await enable(world);
  const { status } = await world.service.send(
    world.town.administrator,
    'POST',
    `/api/municipality/enablements/${body['id']}/resume`,
  );
  t.is(status, 409);
});

test.serial(
  'while the registry is away what is enabled goes on, and more can be enabled until its signature ends',
  async (t) => {
    await using world = await offered();
    await accept(world);
    await enable(world);
    world.registry.sleep();
    await t.throwsAsync(world.marketplace.poller.sync(), { code: 'registry-unavailable' });
    t.is((await enable(world, world.town.otherSchool)).status, 201);
    await world.db.asOwner(`update registry_trust set expires_at = now() - interval '1 minute'`);
    t.is((await accept(world)).body.code, 'registry-stale');
    t.is((await enable(world)).body.code, 'registry-stale');
    const { digest } = await grant(world);
    const { files } = await world.node().bundles.open(digest);
    t.true(files.has('backend.js'));
  },
);

test.serial('a version that the registry kills runs nowhere any more', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  const heard: unknown[] = [];
  await world.db.database.listen(enablementChannel, (notice) => heard.push(notice));
  const revoked = { id: 1, strength: 'kill', reason: 'data-leak', at: '2026-11-24T09:00:00.000Z' };
  world.registry.release(plugin, '1.0.0', await sampleBundle(), { state: 'revoked', revoked });
  await world.marketplace.poller.sync();
  const refusal = await t.throwsAsync(grant(world), { code: 'plugin-stopped' });
  t.like(refusal, { extra: { by: 'revoked', reason: 'data-leak' } });
  t.is((await enable(world, world.town.otherSchool)).body.code, 'version-not-enabling');
  while (heard.length < 1) await new Promise(setImmediate);
  t.deepEqual(heard, [{ plugin, version: '1.0.0', status: 'revoked', reason: 'data-leak' }]);
});

test.serial('a version that the registry warns of goes on, one that it closes is not newly enabled', async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  const revoked = { id: 1, strength: 'warn', reason: 'slow', at: '2026-11-24T09:00:00.000Z' };
  world.registry.release(plugin, '1.0.0', await sampleBundle(), { revoked });
  await world.marketplace.poller.sync();
  t.is((await grant(world)).version, '1.0.0');
  world.registry.release(plugin, '1.0.0', await sampleBundle(), {
    revoked: { ...revoked, id: 2, strength: 'no-new-enable' },
  });
  await world.marketplace.poller.sync();
  t.is((await grant(world)).version, '1.0.0');
  t.is((await enable(world, world.town.otherSchool)).body.code, 'version-not-enabling');
});

test.serial(
  'a newer version with the same data terms is offered and taken; one with wider terms needs an agreement',
  async (t) => {
    await using world = await offered();
    await accept(world);
    const { body } = await enable(world);
    const update = () =>
      world.service.send(world.town.administrator, 'POST', `/api/municipality/enablements/${body['id']}/update`);
    const release = async (version: string, consentMajor: number) =>
      world.registry.release(plugin, version, await sampleBundle({ manifest: sampleManifest({ version }) }), {
        consentMajor,
      });
    await release('1.1.0', 1);
    await world.marketplace.poller.sync();
    const { body: listed } = await world.service.send(world.town.administrator, 'GET', '/api/municipality/plugins');
    t.like((listed as unknown as object[])[0], { newVersion: { version: '1.1.0', needsAgreement: false } });
    t.is((await update()).body['version'] as unknown, '1.1.0');
    t.is((await grant(world)).version, '1.1.0');
    await release('1.2.0', 2);
    await world.marketplace.poller.sync();
    const { body: wider } = await world.service.send(world.town.administrator, 'GET', '/api/municipality/plugins');
    t.like((wider as unknown as object[])[0], { newVersion: { version: '1.2.0', needsAgreement: true } });
    t.is((await update()).body['version'] as unknown, '1.1.0');
  },
);

test.serial("the school's list shows a role only what is meant for it", async (t) => {
  await using world = await offered();
  await accept(world);
  await enable(world);
  const { body } = await world.service.send(world.town.teacher, 'GET', '/api/school/plugins');
  t.like((body as unknown as object[])[0], {
    plugin,
    tiles: [{ id: 'home' }],
    pages: [{ id: 'main' }],
    status: 'enabled',
  });
  const { body: none } = await world.service.send(world.town.principal, 'GET', '/api/school/plugins');
  t.deepEqual(none as unknown, []);
});

test.serial("an administrator sees the municipality's own schools", async (t) => {
  await using world = await offered();
  await schoolWorld(world.db.database, '091');
  const { body } = await world.service.send(world.town.administrator, 'GET', '/api/municipality/schools');
  t.deepEqual(
    (body as unknown as { id: string }[]).map(({ id }) => id).sort(),
    [world.town.school, world.town.otherSchool].sort(),
  );
});
