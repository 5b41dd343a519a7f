import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Refusal } from '@digione/core/kernel';
import { readBundle, writeBundle } from '@digione/registry/bundle';
import test from 'ava';
import fc from 'fast-check';
import { sampleFiles } from './sample-files.ts';

/** Enough to notice a new fault; the long run of many more is a bench of its own. */
const runs = 1500;

const change = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.double({ min: 0, max: 1, noNaN: true }), count: fc.nat(2000) }),
  fc.record({
    kind: fc.constant('copy' as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.nat(1500),
  }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Uint8Array, changes: readonly Change[]): Buffer {
  return changes.reduce((current: Buffer, each) => apply(current, each), Buffer.from(bytes));
}

function apply(bytes: Buffer, each: Change): Buffer {
  const at = Math.floor(each.at * bytes.length);
  if (each.kind === 'set')
    return Buffer.concat([bytes.subarray(0, at), each.bytes, bytes.subarray(at + each.bytes.length)]);
  if (each.kind === 'cut') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + each.count)]);
  const from = Math.floor(each.from * bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + each.count), bytes.subarray(at)]);
}

/** True for an answer: a bundle that is written back to the same archive, or a refusal. Anything else throws. */
async function answers(bytes: Uint8Array): Promise<boolean> {
  try {
    const { files } = await readBundle(bytes);
    return gunzipSync(await writeBundle(files)).equals(gunzipSync(bytes));
  } catch (error) {
    if (error instanceof Refusal && ['bundle-invalid', 'manifest-invalid'].includes(error.code)) return true;
    throw error;
  }
}

test('whatever happens to the bytes of a bundle, reading it ends with a bundle of one meaning or a refusal', async (t) => {
  const good = await writeBundle(sampleFiles());
  const mutations = fc.array(change, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(mutations, (changes) => answers(mutate(good, changes))),
    { numRuns: runs },
  );
  t.pass();
});

test('whatever happens to the archive inside, reading it ends with a bundle of one meaning or a refusal', async (t) => {
  const archive = gunzipSync(await writeBundle(sampleFiles()));
  const mutations = fc.array(change, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(mutations, (changes) => answers(gzipSync(mutate(archive, changes), { level: 1 }))),
    { numRuns: runs },
  );
  t.pass();
});

test('random bytes are refused', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), (bytes) => answers(bytes)),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (bytes) => answers(gzipSync(bytes))),
    { numRuns: 300 },
  );
  t.pass();
});

test('reading thousands of hostile bundles stays within 64 MB', async (t) => {
  const flags = ['--max-old-space-size=48', '--max-semi-space-size=2'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, 'test/registry/bundle/read-many.ts']);
  t.true(Number(stdout) < 64, `${stdout.trim()} MB more`);
});
