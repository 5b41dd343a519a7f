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
  t.deepEqual(value, { groups: shown, total: '30' });
  const rows = await world.database.inTenant(world.town.municipality, (tx) =>
    tx.query<{ groups: object; sealed: Buffer }>({ text: 'select groups, sealed from published_aggregate' }),
  );
  t.deepEqual(rows[0]?.groups, shown);
  t.false(rows[0]?.sealed.toString('latin1').includes('5B'), 'the true counts can not be read');
});

test.serial('the same counts give the same answer, others for the same period are refused', async (t) => {
  const { ask } = await install('twice');
  const publish = (count: number) =>
    ask('aggregate.publish', { name: 'moods', period: '2026', groups: [{ label: 'all', count }] });
  const first = await publish(30);
  t.deepEqual(await publish(30), first);
  t.is((await publish(31)).code, 'not-allowed');
});

test.serial('counts that lie in each other and differ by fewer than five are refused; others are not', async (t) => {
  const { ask } = await install('differences');
  const publish = (name: string, period: string, count: number, other = 40) =>
    ask('aggregate.publish', {
      name,
      period,
      groups: [
        { label: 'girls', count },
        { label: 'boys', count: other },
      ],
    });
  t.is((await publish('absent', '2026-11', 20)).code, undefined);
  t.is((await publish('absent-without-leave', '2026-11', 17)).code, 'not-allowed');
  t.is((await publish('absent-all-year', '2026', 23, 60)).code, 'not-allowed', 'the year holds the month');
  t.is((await publish('absent-long', '2026-11', 20, 42)).code, 'not-allowed');
  t.is((await publish('absent', '2026-10', 18)).code, undefined, 'another month holds other days');
  t.is((await publish('ill', '2026-11', 12, 30)).code, undefined);
});

test.serial('a percentage is as wide as what is hidden of it; a survey of four answers is blank', async (t) => {
  const { ask } = await install('percentages');
  const groups = [
    { label: '5A', count: 12, of: 24 },
    { label: '5B', count: 3, of: 24 },
    { label: '5C', count: 2, of: 3 },
    { label: '5D', count: 0, of: 24 },
  ];
  const { value } = await ask('aggregate.publish', { name: 'absent', period: '2026-W47', groups });
  t.deepEqual(
    (value as { groups: { percent: string }[] }).groups.map(({ percent }) => percent),
    ['44–57 %', '4–18 %', '25–100 %', '0 %'],
  );
  const answers = (count: number) => ({
    kind: 'survey',
    groups: [
      { label: 'good', count },
      { label: 'bad', count: 1 },
    ],
  });
  const small = await ask('aggregate.publish', { name: 'pulse', period: '2026-W46', ...answers(3) });
  t.deepEqual(small.value, {
    groups: [
      { label: 'good', shown: '' },
      { label: 'bad', shown: '' },
    ],
    total: '',
  });
  const large = await ask('aggregate.publish', { name: 'pulse', period: '2026-W45', ...answers(9) });
  t.deepEqual(large.value, {
    groups: [
      { label: 'good', shown: 'hidden' },
      { label: 'bad', shown: '1–4' },
    ],
    total: '9',
  });
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
    { ...good, kind: 'guess' },
    { ...good, groups: [{ label: 'a', count: 9, of: 8 }] },
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
      const { groups: shown } = hideSmallCells(given);
      const closed = shown.filter((group) => group.shown === '1–4' || group.shown === 'hidden');
      const open = shown.filter((group) => /^[0-9]+$/.test(group.shown));
      t.true(closed.length !== 1 || open.length === 0);
      t.true(open.every((group) => Number(group.shown) >= 5 && Number(group.shown) % 3 === 0));
    }),
  );
});
