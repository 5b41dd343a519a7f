import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packCli } from './pack-cli.ts';
import { packSdk } from './pack-sdk.ts';

// `npm run pack:authors [folder]`: the packages that authors outside this workspace install.
const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, argv[2] ?? 'dist/packages');
const npm = env['npm_execpath'];

await rm(folder, { recursive: true, force: true });
await packCli(root, join(folder, 'digione'));
await packSdk(root, join(folder, 'sdk'));
await mkdir(folder, { recursive: true });
for (const name of ['digione', 'sdk']) {
  const [command, first] = npm ? [execPath, [npm]] : ['npm', []];
  const packed = await promisify(execFile)(command, [
    ...first,
    'pack',
    join(folder, name),
    '--pack-destination',
    folder,
  ]);
  console.log(join(folder, packed.stdout.trim().split('\n').at(-1)!));
}
