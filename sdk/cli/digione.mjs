#!/usr/bin/env node
// Plain JavaScript, so that any Node can start it: the rest is TypeScript for the Node of the lock file.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = 24;
const main = new URL('./main.ts', import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= wanted) await import(main.href);
else handOver(findNode());

/** The package `node` carries the binary; on systems where it has none, a plain `node` of the right version is needed. */
function findNode() {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
  } catch (cause) {
    console.error(
      `digione needs Node ${wanted} or newer; this is ${process.versions.node}. Install it, or run "npm install" in this project. (${cause.code})`,
    );
    return process.exit(2);
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
