import { checkViews, viewKinds, viewLimits, ViewSchema } from '@digione/sdk/views';
import { Ajv2020 } from 'ajv/dist/2020.js';
import test from 'ava';
import fc from 'fast-check';

/** One good view of each kind. */
const samples: Readonly<Record<string, object>> = {
  text: { kind: 'text', text: 'Hei', tone: 'quiet' },
  heading: { kind: 'heading', text: 'Otsikko', level: 1 },
  list: { kind: 'list', items: [{ text: '7A', action: { page: 'main', argument: { class: 'x' } } }] },
  table: {
    kind: 'table',
    caption: 'Poissaolot',
    columns: [{ key: 'name', title: 'Nimi', type: 'text', sortable: true }],
    rows: [{ cells: { name: 'Aino' } }, { cells: { name: null }, action: { call: 'open' } }],
    pageSize: 20,
  },
  form: {
    kind: 'form',
    label: 'Lomake',
    submit: 'Lähetä',
    action: { call: 'save' },
    fields: [
      { field: 'text', name: 'title', label: 'Nimi', required: true, maxLength: 80 },
      { field: 'date', name: 'day', label: 'Päivä', min: '2026-08-01' },
      { field: 'select', name: 'kind', label: 'Laji', options: [{ value: 'a', text: 'A' }] },
    ],
  },
  button: { kind: 'button', text: 'Avaa', action: { page: 'main' }, tone: 'primary', confirm: 'Varmasti?' },
  link: { kind: 'link', text: 'Ohje', href: 'https://vendor.example/help' },
  alert: { kind: 'alert', tone: 'warning', text: 'Huomio' },
  chart: {
    kind: 'chart',
    chart: 'bar',
    title: 'Määrä',
    categories: ['ma', 'ti'],
    series: [{ name: 'A', values: [1, null] }],
  },
  progress: { kind: 'progress', label: 'Valmis', value: 40 },
  person: { kind: 'person', id: 'p1', name: 'Aino Aalto' },
  date: { kind: 'date', label: 'Päivä', value: '2026-11-24', action: { call: 'day' } },
  empty: { kind: 'empty', title: 'Ei vielä mitään', action: { call: 'start' }, actionText: 'Aloita' },
  image: { kind: 'image', src: 'ui/pictures/map.png', alt: 'Kartta' },
  stack: { kind: 'stack', direction: 'row', children: [{ kind: 'text', text: 'a' }] },
  tabs: { kind: 'tabs', label: 'Viikot', tabs: [{ title: '1', children: [{ kind: 'text', text: 'a' }] }] },
};

const ajv = new Ajv2020({ allowUnionTypes: true });
const schemaAccepts = ajv.compile(ViewSchema);

test('there is a sample of every kind', (t) => {
  t.deepEqual(Object.keys(samples).sort(), [...viewKinds].sort());
});

for (const [kind, view] of Object.entries(samples)) {
  test(`a good ${kind} is accepted, by the check and by the schema`, (t) => {
    t.deepEqual(checkViews(view), { ok: true, view } as never);
    t.true(schemaAccepts(view));
  });

  test(`a ${kind} with an unknown member, or without one that it needs, is refused`, (t) => {
    t.false(checkViews({ ...view, onclick: 'alert(1)' }).ok);
    t.false(schemaAccepts({ ...view, onclick: 'alert(1)' }));
    const needed = Object.keys(view).filter((key) => !checkViews(without(view, key)).ok);
    t.true(needed.includes('kind') && needed.length > 1);
  });
}

function without(view: object, key: string): object {
  return Object.fromEntries(Object.entries(view).filter(([own]) => own !== key));
}

test('a problem names the view in which it is', (t) => {
  const tree = {
    kind: 'stack',
    children: [samples.text, { kind: 'stack', children: [{ kind: 'heading', text: 'x', level: 9 }] }],
  };
  t.like(checkViews(tree), { ok: false, problem: { pointer: '/children/1/children/0/level' } });
});

for (const stranger of [null, 1, 'text', [], {}, { kind: 'script' }, { kind: '__proto__' }, { kind: 'toString' }]) {
  test(`${JSON.stringify(stranger)} is not a view`, (t) => {
    t.false(checkViews(stranger).ok);
  });
}

test('a kind that is only inherited is none', (t) => {
  t.false(checkViews(Object.create({ kind: 'text', text: 'x' })).ok);
});

for (const href of [
  'javascript:alert(1)',
  'http://vendor.example',
  '//vendor.example',
  'https://a b',
  'data:text/html,x',
]) {
  test(`a link to ${href} is refused`, (t) => {
    t.false(checkViews({ kind: 'link', text: 'x', href }).ok);
  });
}

for (const src of [
  'https://tracker.example/pixel.png',
  '../x.png',
  'ui/../x.png',
  'data:image/png;base64,x',
  'ui/x.html',
]) {
  test(`an image from ${src} is refused`, (t) => {
    t.false(checkViews({ kind: 'image', src, alt: '' }).ok);
  });
}

test('containers deeper than the bound are refused', (t) => {
  const nest = (depth: number): object =>
    depth === 1 ? { kind: 'text', text: 'x' } : { kind: 'stack', children: [nest(depth - 1)] };
  t.true(checkViews(nest(viewLimits.depth)).ok);
  t.like(checkViews(nest(viewLimits.depth + 1)), {
    ok: false,
    problem: { message: `Views are nested deeper than ${viewLimits.depth}.` },
  });
});

test('more views, and more rows, than the bound are refused', (t) => {
  const many = (count: number) => ({ kind: 'stack', children: Array.from({ length: count }, () => samples.text) });
  const children = Array.from({ length: 6 }, () => many(100));
  t.like(checkViews({ kind: 'stack', children }), {
    ok: false,
    problem: { message: `The tree has more than ${viewLimits.views} views.` },
  });
  const rows = Array.from({ length: 1000 }, () => ({ cells: {} }));
  const tables = Array.from({ length: 6 }, () => ({ ...samples.table, rows }));
  t.false(checkViews({ kind: 'stack', children: tables }).ok);
});

test('the check accepts nothing that the schema refuses', (t) => {
  const kinds = fc.constantFrom(...Object.values(samples));
  const edits = fc.tuple(
    kinds,
    fc.constantFrom('text', 'kind', 'items', 'action', 'level', 'children', 'rows', 'value'),
    fc.jsonValue({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(edits, ([view, key, value]) => {
      const tree = { kind: 'stack', children: [{ ...view, [key]: value }] };
      return checkViews(tree).ok === schemaAccepts(tree);
    }),
    { numRuns: 2000 },
  );
  t.pass();
});
