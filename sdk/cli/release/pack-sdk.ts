import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface SdkJson {
  version: string;
  license: string;
  exports: Record<string, string>;
  dependencies: Record<string, string>;
}

/** Writes the SDK as JavaScript with its types into a folder that npm can pack: Node strips no types inside node_modules. */
export async function packSdk(root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sdk = JSON.parse(await readFile(join(root, 'sdk/package.json'), 'utf8')) as SdkJson;
  await compile(root, folder, Object.values(sdk.exports));
  for (const file of ['ui/digione.css', 'ui/PROTOCOL.md', 'manifest/digione.schema.json', 'API.md', 'REFERENCE.md'])
    await cp(join(root, 'sdk', file), join(folder, 'dist', file));
  const exports = Object.fromEntries(
    Object.entries(sdk.exports).map(([name, file]) => {
      const built = file.replace('./', './dist/').replace(/\.ts$/, '');
      return [name, { types: `${built}.d.ts`, default: `${built}.js` }];
    }),
  );
  const { version, license, dependencies } = sdk;
  const described = { name: '@digione/sdk', version, license, type: 'module', exports, dependencies };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(described, null, 2)}\n`);
}

async function compile(root: string, folder: string, entries: readonly string[]): Promise<void> {
  const settings = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(root, 'sdk'),
    outDir: join(folder, 'dist'),
    lib: ['es2024', 'dom', 'dom.iterable'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  const files = entries.map((entry) => join(root, 'sdk', entry));
  await writeFile(
    settings,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }),
  );
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', settings]).catch(
    (error: { stdout?: string }) => {
      throw new Error(`The SDK does not compile:\n${error.stdout}`);
    },
  );
  await rm(settings);
}
