import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// `npm run bench` runs every bench in a process of its own, `npm run bench -- <names>` those.
const folder = fileURLToPath(new URL('.', import.meta.url));
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
/** Takes half an hour: only when it is named. */
const onRequest = ['soak'];
const names = process.argv.slice(2);
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No bench "${unknown.join('", "')}". There are: ${all.join(', ')}`);
  process.exit(2);
}

let failed = 0;
for (const name of names.length > 0 ? names : all.filter((one) => !onRequest.includes(one))) {
  const args = [
    '--no-node-snapshot',
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    `${folder}${name}.bench.ts`,
  ];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) failed += 1;
}
process.exit(failed > 0 ? 1 : 0);
