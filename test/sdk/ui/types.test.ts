import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test from 'ava';

const run = promisify(execFile);

/** Code for browsers has projects of its own, since the others must not know a browser's names. */
for (const project of ['sdk/ui', 'examples/hello-class/ui']) {
  test(`the types of ${project} fit`, async (t) => {
    const outcome = await run('tsc', ['--noEmit', '-p', project]).catch((error: { stdout: string }) => error);
    t.is(outcome.stdout, '');
  });
}
