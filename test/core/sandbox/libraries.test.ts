import { fileURLToPath } from 'node:url';
import type { Sandbox } from '@digione/core/sandbox';
import test from 'ava';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { type LibraryTask, libraryTasks } from './library-tasks.ts';
import { jobOf, outcomeOf, startSandbox } from './sandbox-under-test.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const precompiled = String(Handlebars.precompile('{{#each pupils}}{{name}};{{/each}}'));

let sandbox: Sandbox;
test.before(async () => {
  sandbox = await startSandbox();
});
test.after.always(() => sandbox?.[Symbol.asyncDispose]());

/** Bundles for a place without Node's modules: a library's own build for browsers is the one that runs in a plugin. */
async function bundled({ code }: LibraryTask): Promise<string> {
  const [imports, body] = code.replace('PRECOMPILED', precompiled).split('export default ');
  const contents = `${imports} const run = ${body};\ndigione.register({ calls: { run } });`;
  const result = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  return result.outputFiles[0]!.text;
}

for (const task of libraryTasks) {
  test.serial(`${task.library} loads in a plugin and does its work`, async (t) => {
    const source = await bundled(task);
    const limits = task.heavy ? 'job' : 'interactive';
    const job = jobOf({ source, key: { plugin: `libraries/${task.library}` }, limits });
    const outcome = await outcomeOf(sandbox.run(job));
    t.deepEqual(outcome, { code: 'ok', value: task.answer });
  });
}
