import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

/** Files that the CLI reads at run time, beside its code, in the place that they have here. */
const files = [
  'sdk/package.json',
  'sdk/cli/template',
  'sdk/cli/dev/portal.html',
  'sdk/cli/dev/portal.js',
  'sdk/ui/digione.css',
  'core/package.json',
  'core/sandbox/guest',
];
const worker = 'core/sandbox/worker/main';

/**
 * Writes the CLI as plain JavaScript into a folder that npm can pack: our own code is in it, other packages are dependencies.
 * Commands are chunks of their own, so that `verify` runs where nothing else is installed.
 */
export async function packCli(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of files) await cp(join(root, file), join(folder, 'files', file), { recursive: true });
  const cli = await bundle(root, {
    entryPoints: { main: join(root, 'sdk/cli/main.ts') },
    outdir: join(folder, 'dist'),
    splitting: true,
    plugins: [ownCode(root, '../files')],
  });
  const workers = await bundle(root, {
    entryPoints: { main: join(root, `${worker}.ts`) },
    outdir: join(folder, 'files', dirname(worker)),
    plugins: [ownCode(root, '../../..')],
  });
  await writeFile(join(folder, 'digione.mjs'), "#!/usr/bin/env node\nimport './dist/main.js';\n");
  await chmod(join(folder, 'digione.mjs'), 0o755);
  await writeFile(join(folder, 'package.json'), await describe(root, [cli, workers]));
}

async function bundle(root: string, options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
    metafile: true,
    logLevel: 'silent',
    ...options,
  });
  return metafile!;
}

/** Bundles what is ours and leaves the rest outside; a file's own address becomes that of its place under `files`. */
function ownCode(root: string, placeOfFiles: string): Plugin {
  return {
    name: 'own-code',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === 'entry-point' || path.startsWith('@digione/') ? undefined : { path, external: true },
      );
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const place = `new URL(${JSON.stringify(`${placeOfFiles}/${relative(root, path)}`)}, import.meta.url).href`;
        const contents = text.replaceAll('import.meta.url', place).replace('worker/main.ts', 'worker/main.js');
        return { contents, loader: 'ts' };
      });
    },
  };
}

interface PackageJson {
  version: string;
  license: string;
  dependencies?: Record<string, string>;
}

async function describe(root: string, built: readonly Metafile[]): Promise<string> {
  const read = async (room: string) =>
    JSON.parse(await readFile(join(root, room, 'package.json'), 'utf8')) as PackageJson;
  const [cli, core, registry, sdk] = await Promise.all(['sdk/cli', 'core', 'registry', 'sdk'].map(read));
  const known = { ...core?.dependencies, ...registry?.dependencies, ...sdk?.dependencies, ...cli?.dependencies };
  const outside = new Set(
    built
      .flatMap(({ outputs }) => Object.values(outputs).flatMap(({ imports }) => imports))
      .filter(({ external }) => external)
      .map(({ path }) => packageOf(path)),
  );
  const dependencies = Object.fromEntries(
    [...outside]
      .filter((name) => name in known)
      .sort()
      .map((name) => [name, known[name]!]),
  );
  const { version, license } = cli!;
  return `${JSON.stringify({ name: 'digione', version, license, type: 'module', bin: { digione: './digione.mjs' }, engines: { node: '>=20' }, dependencies }, null, 2)}\n`;
}

function packageOf(path: string): string {
  return path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');
}
