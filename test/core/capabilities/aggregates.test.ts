import test from 'ava';
import fc from 'fast-check';
import type { Manifest } from '@digione/sdk/manifest';
import { hideSmallCells } from '../../../core/capabilities/aggregates/small-cells.ts';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

const [studentsScope] = sampleManifest().scopes;
const scope = {
  ...studentsScope,
  capability: 'aggregate.publish',
  elements: [],
} as unknown as Manifest['scopes'][number];
const install = (name: string) =>
  world.install({ manifest: sampleManifest({ id: `demo-vendor/${name}`, scopes: [scope], collections: [] }) });

test.serial('counts are published with small groups hidden, and the true ones are not kept', async (t) => {
  const { ask } = await install('counts');
  const groups = [
    { label: '5A', count: 20 },
    { label: '5B', count: 3 },
    { label: '5C', count: 0 },
    { label: '5D', count: 8 },
  ];
  const { value } = await ask('aggregate.publish', { name: 'moods', period: '2026-W47', groups });
  const shown = [
    { label: '5A', shown: '21' },
    { label: '5B', shown: '1–4' },
    { label: '5C', shown: '' },
    { label: '5D', shown: 'hidden' },
  ];
  t.deepEqual(value, { groups: shown });
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query({ text: 'select groups from published_aggregate' }),
  );
  t.deepEqual(rows, [{ groups: shown }]);
});

test.serial('the same counts give the same answer, others for the same period are refused', async (t) => {
  const { ask } = await install('twice');
  const publish = (count: number) =>
    ask('aggregate.publish', { name: 'moods', period: '2026', groups: [{ label: 'all', count }] });
  const first = await publish(30);
  t.deepEqual(await publish(30), first);
  t.is((await publish(31)).code, 'not-allowed');
});

test.serial('without the scope, and in another shape, nothing is published', async (t) => {
  const none = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/no-counts' }) });
  t.is(
    (await none.ask('aggregate.publish', { name: 'x', period: '2026', groups: [{ label: 'a', count: 9 }] })).code,
    'scope-missing',
  );
  const { ask } = await install('shapes');
  const good = { name: 'x', period: '2026', groups: [{ label: 'a', count: 9 }] };
  const wrong = [
    { ...good, name: 'X!' },
    { ...good, period: 'today' },
    { ...good, groups: [] },
    { ...good, groups: [{ label: 'a', count: -1 }] },
    { ...good, groups: [{ label: 'a', count: 1.5 }] },
    {
      ...good,
      groups: [
        { label: 'a', count: 9 },
        { label: 'a', count: 9 },
      ],
    },
  ];
  for (const argument of wrong)
    t.is((await ask('aggregate.publish', argument)).code, 'invalid-argument', JSON.stringify(argument));
});

test('no shown group tells a count below five, nor is one group hidden alone beside open ones', (t) => {
  const groups = fc.array(
    fc.nat(40).map((count) => ({ label: String(count), count })),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(groups, (given) => {
      const shown = hideSmallCells(given);
      const closed = shown.filter((group) => group.shown === '1–4' || group.shown === 'hidden');
      const open = shown.filter((group) => /^[0-9]+$/.test(group.shown));
      t.true(closed.length !== 1 || open.length === 0);
      t.true(open.every((group) => Number(group.shown) >= 5 && Number(group.shown) % 3 === 0));
    }),
  );
});
