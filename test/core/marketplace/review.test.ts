import test from 'ava';
import { marketplaceWorld } from './marketplace-world.ts';
import { schoolWorld } from './school-world.ts';

const path = '/api/review/demo-vendor/seating/1.0.0/decision';

test.serial('a reviewer of the coordinator reaches the registry under their own name', async (t) => {
  await using world = await marketplaceWorld();
  const { administrator: reviewer } = await schoolWorld(world.db.database, '000');
  world.registry.answers.set('/v1/review/queue', { status: 200, body: { items: [] } });
  const { status, body } = await world.service.send(reviewer, 'GET', '/api/review/queue');
  t.is(status, 200);
  t.deepEqual(body as unknown, { items: [] });
  t.like(world.registry.requests.at(-1), {
    path: '/v1/review/queue',
    authorization: `Bearer token-of-${reviewer.person}`,
  });
});

test.serial('a decision is passed on as it was given', async (t) => {
  await using world = await marketplaceWorld();
  const { administrator: reviewer } = await schoolWorld(world.db.database, '000');
  world.registry.answers.set('/v1/review/demo-vendor/seating/1.0.0/decision', {
    status: 200,
    body: { state: 'published' },
  });
  const decision = { decision: 'approve', reason: 'All is well' };
  t.is((await world.service.send(reviewer, 'POST', path, decision)).status, 200);
  const sent = world.registry.requests.find(({ method }) => method === 'POST');
  t.deepEqual(JSON.parse(sent?.body ?? '{}'), decision);
});

test.serial("a municipality's administrator is no reviewer", async (t) => {
  await using world = await marketplaceWorld();
  const { status, body } = await world.service.send(world.town.administrator, 'GET', '/api/review/queue');
  t.is(status, 403);
  t.is(body.code, 'not-allowed');
  t.is((await world.service.send(undefined, 'GET', '/api/review/queue')).status, 401);
});

const refusals = [
  { status: 404, code: 'not-found' },
  { status: 409, code: 'conflict' },
  { status: 403, code: 'not-allowed' },
  { status: 400, code: 'invalid' },
  { status: 500, code: 'registry-unavailable' },
];

for (const { status, code } of refusals) {
  test.serial(`the registry's ${status} becomes ${code}`, async (t) => {
    await using world = await marketplaceWorld();
    const { administrator: reviewer } = await schoolWorld(world.db.database, '000');
    world.registry.answers.set('/v1/review/queue', { status, body: { code: 'own-code', detail: 'Because.' } });
    const { body } = await world.service.send(reviewer, 'GET', '/api/review/queue');
    t.is(body.code, code);
  });
}

test.serial('a registry that is away is said to be away', async (t) => {
  await using world = await marketplaceWorld();
  const { administrator: reviewer } = await schoolWorld(world.db.database, '000');
  world.registry.sleep();
  const { status, body } = await world.service.send(reviewer, 'GET', '/api/review/queue');
  t.is(status, 503);
  t.is(body.code, 'registry-unavailable');
});

test.serial('a decision without a reason is refused before the registry hears of it', async (t) => {
  await using world = await marketplaceWorld();
  const { administrator: reviewer } = await schoolWorld(world.db.database, '000');
  const { status } = await world.service.send(reviewer, 'POST', path, { decision: 'approve', reason: '' });
  t.is(status, 400);
  t.is(world.registry.requests.filter(({ method }) => method === 'POST').length, 0);
});
