import { createHash } from 'node:crypto';
import { readBundle, writeBundle } from '@digione/registry/bundle';
import test from 'ava';
import fc from 'fast-check';
import { sampleManifest } from '../../sdk/sample-manifest.ts';
import { sampleFiles } from './sample-files.ts';

test('what was written is read again, byte for byte', async (t) => {
  const files = sampleFiles();
  const bytes = await writeBundle(files);
  const bundle = await readBundle(bytes);
  t.deepEqual(bundle.manifest, sampleManifest);
  t.deepEqual([...bundle.files.keys()], [...files.keys()].sort());
  for (const [path, content] of files) t.deepEqual(bundle.files.get(path), Buffer.from(content));
  t.is(bundle.size, bytes.byteLength);
  t.is(bundle.digest, createHash('sha256').update(bytes).digest('hex'));
});

test('the order in which files were found makes no difference', async (t) => {
  const files = [...sampleFiles()];
  const bytes = await writeBundle(new Map(files));
  for (const other of [files.toReversed(), [...files.slice(2), ...files.slice(0, 2)]])
    t.deepEqual(await writeBundle(new Map(other)), bytes);
});

test('a bundle holds nothing of the machine and the time that made it', async (t) => {
  const bytes = await writeBundle(sampleFiles());
  t.deepEqual([...bytes.subarray(4, 10)], [0, 0, 0, 0, 2, 255]);
});

test('any files with plain paths survive the way', async (t) => {
  const segment = fc.stringMatching(/^[a-zåäö0-9_-]{1,30}$/).map((name) => name.normalize('NFC'));
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `ui/${segments.join('/')}.txt`);
  const extra = fc.uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 2000 })), {
    maxLength: 8,
    selector: ([own]) => own,
  });
  await fc.assert(
    fc.asyncProperty(extra, async (more) => {
      const files = new Map([...sampleFiles(), ...more]);
      const { files: read } = await readBundle(await writeBundle(files));
      t.is(read.size, files.size);
      for (const [own, content] of files) t.deepEqual(read.get(own), Buffer.from(content));
    }),
    { numRuns: 100 },
  );
});

test('the writer refuses what the reader would refuse', async (t) => {
  for (const path of ['../x', 'ui/../x', '/etc/passwd', 'secret.env', 'ui/', 'ui/a\u0000b', 'UI/index.html'])
    await t.throwsAsync(writeBundle(new Map([...sampleFiles(), [path, Buffer.alloc(1)]])), { name: 'Refusal' }, path);
  await t.throwsAsync(writeBundle(new Map([...sampleFiles(), ['ui/Index.html', Buffer.alloc(1)]])), {
    message: /same as another path/,
  });
});
