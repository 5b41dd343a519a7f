import test from 'ava';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The house rules of docs/architecture.md, proven from the imports as they stand. */
const root = fileURLToPath(new URL('..', import.meta.url));

/** Rooms of the core in the order in which imports may go: a room imports only rooms named before it. */
const coreOrder = [
  'kernel',
  'config',
  'db',
  'http',
  'tokens',
  'education',
  'identity',
  'consent',
  'audit',
  'access',
  'break-glass',
  'support',
  'marketplace',
  'sandbox',
  'capabilities',
  'plugins',
  'figures',
  'pages',
  'rights',
  'insights',
  'interop',
  'portal',
  'demo',
  'launch',
];
const groundFloor = ['kernel', 'config', 'db', 'http', 'tokens'];
/** Files that compose: they know everyone. */
const roots = new Set(['core/main.ts', 'core/pages/main.ts', 'registry/main.ts', 'registry/service.ts']);

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const packages = new Map(
  ['sdk', 'sdk/cli', 'core', 'registry'].map((folder) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return [name as string, { folder, exports: exports as Record<string, string> }];
  }),
);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/^\s*(import|export)\s+(type\s+)?[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gms);
  return [...found].flatMap(([, , typeOnly, fixed, dynamic]) => {
    const to = resolveImport(file, fixed ?? dynamic ?? '');
    return to ? [{ from: file, to, typeOnly: typeOnly !== undefined }] : [];
  });
}

function resolveImport(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.'))
    return relative(root, resolve(root, dirname(file), specifier))
      .split(sep)
      .join('/');
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;
  const owner = packages.get(name);
  if (!owner) return undefined;
  const door = owner.exports[`.${specifier.slice(name.length)}`] ?? './index.ts';
  return `${owner.folder}/${door.slice(2)}`;
}

const files = ['sdk', 'core', 'registry', 'plugins', 'examples'].flatMap((folder) => sources(folder));
const imports = files.flatMap(importsOf);

/** `core/consent` for core/consent/state.ts, `registry/trust`, `sdk`, `plugins/attendance`. */
function roomOf(file: string): string {
  const [house, room, next] = file.split('/');
  if (house === 'sdk') return room === 'cli' ? 'sdk/cli' : 'sdk';
  return next ? `${house}/${room}` : `${house}`;
}

function sayImport({ from, to }: Import): string {
  return `${from} → ${to}`;
}

test('every import leads to a file that exists', (t) => {
  const missing = imports.filter(({ to }) => !statSync(join(root, to), { throwIfNoEntry: false })).map(sayImport);
  t.deepEqual(missing, []);
});

test('imports between the houses go down: sdk ← registry, core; plugins and examples know only the sdk', (t) => {
  const allowed: Record<string, (to: string) => boolean> = {
    sdk: (to) => to === 'sdk',
    'sdk/cli': () => true,
    core: (to) => to === 'core' || to === 'sdk',
    registry: (to) => ['registry', 'sdk'].includes(to) || to === 'core',
    plugins: (to) => to === 'plugins' || to === 'sdk',
    examples: (to) => to === 'examples' || to === 'sdk',
  };
  const houseOf = (file: string) => (roomOf(file).startsWith('sdk') ? roomOf(file) : file.split('/')[0]!);
  t.deepEqual(imports.filter(({ from, to }) => !allowed[houseOf(from)]!(houseOf(to))).map(sayImport), []);
});

test("the registry uses only the core's ground floor", (t) => {
  const upward = imports.filter(
    ({ from, to }) =>
      from.startsWith('registry/') && to.startsWith('core/') && !groundFloor.includes(to.split('/')[1]!),
  );
  t.deepEqual(upward.filter(({ from }) => !roots.has(from)).map(sayImport), []);
});

test('rooms of the core import only rooms below them', (t) => {
  const rank = (file: string) => coreOrder.indexOf(file.split('/')[1]!);
  const upward = imports.filter(
    ({ from, to }) =>
      from.startsWith('core/') &&
      to.startsWith('core/') &&
      !roots.has(from) &&
      roomOf(from) !== roomOf(to) &&
      (rank(to) < 0 || rank(to) > rank(from)),
  );
  t.deepEqual(upward.map(sayImport), []);
});

const exported = new Set(
  [...packages.values()].flatMap(({ folder, exports }) =>
    Object.values(exports).map((file) => `${folder}/${file.replace('./', '')}`),
  ),
);

test('another room is entered by its index.ts only', (t) => {
  const byWindow = imports.filter(
    ({ from, to }) =>
      roomOf(from) !== roomOf(to) &&
      roomOf(to).includes('/') &&
      !to.endsWith('/index.ts') &&
      // Another package comes in by what the package exports.
      !(to.split('/')[0] !== from.split('/')[0] && exported.has(to)) &&
      !roots.has(from) &&
      !from.startsWith('core/launch/'),
  );
  t.deepEqual(byWindow.filter(({ to }) => !to.startsWith('sdk/')).map(sayImport), []);
});

test('no import cycle', (t) => {
  const graph = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  );
  const finished = new Set<string>();
  const cycles: string[] = [];
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (finished.has(file) || path.includes(file)) return;
    for (const { to } of graph.get(file) ?? []) walk(to, [...path, file]);
    finished.add(file);
  };
  for (const file of files) walk(file, []);
  t.deepEqual(cycles, []);
});

test('the environment is read in the configuration files only', (t) => {
  const allowed =
    /^(core\/config|core\/launch|registry\/config|sdk\/cli)|^core\/(main|pages\/main)\.ts$|^registry\/main\.ts$/;
  const readers = files.filter(
    (file) => !allowed.test(file) && /process\.env/.test(readFileSync(join(root, file), 'utf8')),
  );
  t.deepEqual(readers, []);
});

test('no star exports: doors are written by hand', (t) => {
  t.deepEqual(
    files.filter((file) => /^export \*/m.test(readFileSync(join(root, file), 'utf8'))),
    [],
  );
});

test('no file has a name that tells nothing', (t) => {
  t.deepEqual(
    files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager|shared)(\/|\.tsx?$)/.test(file)),
    [],
  );
});

test('Sequelize and SQL stay in store files and the ground floor', (t) => {
  const outside = files.filter(
    (file) =>
      /^core\/(?!db\/|main\.ts)/.test(file) &&
      !/(-store|-models?|-tables?|-rows|-sql)\.ts$/.test(file) &&
      /(from |import\()'sequelize'/.test(readFileSync(join(root, file), 'utf8')),
  );
  t.deepEqual(outside, []);
});
