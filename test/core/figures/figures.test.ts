import { createSandbox, type Sandbox } from '@digione/core/sandbox';
import anyTest, { type TestFn } from 'ava';
import { createFigures, figureRoutes, serveMetrics } from '../../../core/figures/index.ts';
import { fixedClock, refuse } from '../../../core/kernel/index.ts';
import { quietLog, testDatabase, type TestDatabase } from '../../support/database.ts';
import { actor, schoolWorld, type SchoolWorld } from '../marketplace/school-world.ts';
import { testService } from '../marketplace/service.ts';
import { jobOf, outcomeOf, pluginRunning } from '../sandbox/sandbox-under-test.ts';

const plugin = 'test-vendor/counted';
const clock = fixedClock('2026-11-24T10:00:00Z');
const test = anyTest as TestFn<{ world: SchoolWorld; other: SchoolWorld; fresh: TestDatabase; sandbox: Sandbox }>;

/** Calls in two schools of one municipality and one of another; what they leave must be there for a later process. */
test.before(async (t) => {
  const fresh = await testDatabase();
  const [world, other] = [await schoolWorld(fresh.database), await schoolWorld(fresh.database, '092')];
  const sandbox = await createSandbox({ workers: 1, spares: 0, log: quietLog });
  Object.assign(t.context, { fresh, world, other, sandbox });
  const run = async (place: { municipality: string; school: string }, times: number, name = 'run') => {
    for (let n = 0; n < times; n += 1) {
      const key = { ...place, plugin, version: '1.0.0', user: `person-${n}` };
      const hostCall = async () => refuse('scope-missing', 'Not this');
      const source = pluginRunning("await digione.invoke('a.b', 1).catch(() => 0); return 1;");
      await outcomeOf(sandbox.run(jobOf({ key, source, name, hostCall, limits: 'job' })));
    }
  };
  await run({ municipality: world.municipality, school: world.school }, 6);
  await run({ municipality: world.municipality, school: world.school }, 2, 'nothing');
  await run({ municipality: world.municipality, school: world.otherSchool }, 2);
  await run({ municipality: other.municipality, school: other.school }, 12);
  await using first = createFigures({ ...t.context.fresh, sandbox, clock, log: quietLog });
  await first.collect();
});
test.after.always(async (t) => {
  await t.context.sandbox?.[Symbol.asyncDispose]();
  await t.context.fresh?.[Symbol.asyncDispose]();
});

const idle = {
  takeDeltas: () => [],
  figures: () => ({ plugins: [], workers: [], waiting: 0, disabled: [], protections: [] }),
};

const desk = {
  checkWorksFor: async (_: unknown, asked: string) => {
    if (!asked.startsWith('test-vendor/')) refuse('not-allowed', 'You do not work for this vendor.');
  },
};

const path = `/api/municipality/figures/${plugin}`;

test('an administrator sees, after a restart too, how a plugin ran in each school; few calls stay unsaid', async (t) => {
  const { fresh, world } = t.context;
  await using figures = createFigures({ ...fresh, sandbox: idle, clock, log: quietLog });
  await using service = await testService(figureRoutes(figures, desk));
  const { status, body } = await service.send(world.administrator, 'GET', path);
  t.is(status, 200, JSON.stringify(body));
  const schools = body['schools'] as { school: string; few: boolean; calls: number }[];
  const busy = schools.find(({ school }) => school === world.school) as unknown as Record<string, unknown>;
  t.is(busy['calls'], 8);
  t.is(busy['hostCalls'], 6);
  t.is(busy['denied'], 6);
  t.deepEqual(busy['errors'], [{ code: 'not-found', times: 2 }]);
  t.true((busy['p50'] as number) > 0 && (busy['p95'] as number) >= (busy['p50'] as number));
  const calm = schools.find(({ school }) => school === world.otherSchool)!;
  t.true(calm.few);
  t.is(calm.calls, 0);
  t.is(schools.length, 2);
});

test('a plugin that is switched off after crashes is named with the time of its next trial', async (t) => {
  const { fresh, world, other } = t.context;
  const disabled = [world, other].map(({ municipality }) => ({
    municipality,
    plugin,
    version: '1.0.0',
    restsMs: 1_500,
  }));
  const sandbox = { ...idle, figures: () => ({ ...idle.figures(), disabled }) };
  await using figures = createFigures({ ...fresh, sandbox, clock, log: quietLog });
  t.deepEqual((await figures.ofMunicipality(world.municipality, plugin)).resting, [
    { version: '1.0.0', restsSeconds: 2 },
  ]);
});

test('a vendor sees its own plugin over all municipalities together and no other vendor’s', async (t) => {
  const { fresh, world } = t.context;
  await using figures = createFigures({ ...fresh, sandbox: idle, clock, log: quietLog });
  await using service = await testService(figureRoutes(figures, desk));
  const developer = actor({ municipality: world.municipality, code: '000', who: world.learners[0]!, role: 'vendor' });
  const { status, body } = await service.send(developer, 'GET', '/api/vendor/test-vendor/plugins/counted/figures');
  t.is(status, 200, JSON.stringify(body));
  t.like((body['versions'] as unknown[])[0], { version: '1.0.0', calls: 22 });
  t.false(JSON.stringify(body).includes(world.municipality));
  const foreign = await service.send(developer, 'GET', '/api/vendor/other-vendor/plugins/counted/figures');
  t.is(foreign.body.code, 'not-allowed');
});

for (const role of ['teacher', 'principal'] as const)
  test(`a ${role} does not see them`, async (t) => {
    const { fresh, world } = t.context;
    await using figures = createFigures({ ...fresh, sandbox: idle, clock, log: quietLog });
    await using service = await testService(figureRoutes(figures, desk));
    t.is((await service.send(world[role], 'GET', path)).status, 403);
    t.is((await service.send(world[role], 'GET', `/api/review/figures/${plugin}`)).status, 403);
    t.is((await service.send(world[role], 'GET', '/api/vendor/test-vendor/plugins/counted/figures')).status, 403);
  });

test('Prometheus reads sums of plugins from an address of its own, and nothing of a school or a person', async (t) => {
  const { fresh, world } = t.context;
  const { municipality, school } = world;
  const sums = { calls: 3, cpuMs: 1_500, 'error:plugin-failed': 1, 'wall:25': 3 };
  const deltas = [{ municipality, school, plugin, version: '2.0.0', sums }];
  const sandbox = { ...idle, takeDeltas: () => deltas.splice(0) };
  await using figures = createFigures({ ...fresh, sandbox, clock, log: quietLog });
  await using served = await serveMetrics('127.0.0.1:0', () => figures.metrics());
  const { port } = served;
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const labels = `municipality="${municipality}",plugin="${plugin}",version="2.0.0"`;
  for (const line of [
    `digione_plugin_calls_total{${labels}} 3`,
    `digione_plugin_cpu_seconds_total{${labels}} 1.5`,
    `digione_plugin_errors_total{${labels},code="plugin-failed"} 1`,
    `digione_plugin_call_duration_ms_bucket{${labels},le="10"} 0`,
    `digione_plugin_call_duration_ms_bucket{${labels},le="50"} 3`,
  ])
    t.true(line.endsWith(' 0') ? !text.includes(line.slice(0, -2)) : text.includes(line), line);
  t.false(text.includes(school));
  t.is((await fetch(`http://127.0.0.1:${port}/api/session`)).status, 404);
});
