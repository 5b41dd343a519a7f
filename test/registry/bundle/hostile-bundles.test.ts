import { gzipSync } from 'node:zlib';
import { type BundleFault, bundleLimits, readBundle, writeBundle } from '@digione/registry/bundle';
import { Refusal } from '@digione/core/kernel';
import test, { type ExecutionContext } from 'ava';
import { type Entry, sampleFiles, strangeBundle } from './sample-files.ts';

async function refuses(
  t: ExecutionContext,
  bytes: Parameters<typeof readBundle>[0],
  fault: BundleFault,
  limits = bundleLimits,
) {
  const error = await t.throwsAsync(readBundle(bytes, limits), { instanceOf: Refusal });
  t.deepEqual([error?.code, error?.extra.fault], ['bundle-invalid', fault]);
}

const sample: readonly Entry[] = [...sampleFiles()]
  .map(([path, content]) => ({ path, content }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
const with_ = (entry: Entry) => strangeBundle([...sample, entry]);

test('the strange writer of these tests can write a good bundle', async (t) => {
  await t.notThrowsAsync(readBundle(strangeBundle(sample)));
});

const paths: Readonly<Record<string, BundleFault>> = {
  '/etc/passwd': 'path',
  '../outside.js': 'path',
  'ui/../../outside.js': 'path',
  'ui/./x.js': 'path',
  'ui//x.js': 'path',
  'ui/.hidden': 'path',
  'ui\\x.js': 'path',
  'C:/x.js': 'path',
  'ui/x.js ': 'path',
  'ui/x.js.': 'path',
  'ui/a\u202eb.js': 'path',
  'ui/a\u200bb.js': 'path',
  'ui/a\nb.js': 'path',
  'ui/%2e%2e/x.js': 'path',
  'ui/a?b.js': 'path',
  'ui/a\u0308.js': 'path',
  '': 'path',
  'xx.js': 'unknown-file',
  'xx/index.html': 'unknown-file',
  'x/backend.js': 'unknown-file',
  ui: 'unknown-file',
};
for (const [path, fault] of Object.entries(paths)) {
  test(`the path ${JSON.stringify(path)} is refused`, (t) =>
    refuses(t, with_({ path, content: Buffer.from('x') }), fault));
}

for (const [type, name] of Object.entries({
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '5': 'a folder',
  '6': 'a pipe',
  '7': 'a contiguous file',
  x: 'a pax header',
  g: 'a global pax header',
  L: 'a long name',
  K: 'a long link',
  S: 'a sparse file',
  '\0': 'an entry of old tar',
})) {
  test(`${name} is refused`, (t) => refuses(t, with_({ path: 'ui/link.js', type, link: '/etc/passwd' }), 'file-type'));
}

test('the same path twice is refused', async (t) => {
  const last = sample.at(-1);
  await refuses(t, strangeBundle(last ? [...sample, last] : []), 'duplicate-path');
});

for (const twin of ['ui/INDEX.html', 'ui/Index.HTML', 'ui/ındex.html', 'ui/index.html/x.js']) {
  test(`"${twin}" beside "ui/index.html" is refused`, async (t) => {
    const entries = [...sample, { path: twin, content: Buffer.from('x') }].sort((a, b) =>
      Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
    );
    await refuses(t, strangeBundle(entries), 'duplicate-path');
  });
}

test('files out of order are refused, since one set of files has one bundle', (t) =>
  refuses(t, strangeBundle(sample.toReversed()), 'not-canonical'));

test('an entry with other rights than ours is refused', (t) =>
  refuses(t, with_({ path: 'ui/x.js', mode: '0004755' }), 'not-canonical'));

test('a size that is not octal is refused', (t) =>
  refuses(t, with_({ path: 'ui/x.js', size: '0000000x000' }), 'not-tar'));

test('a size beyond the end is refused', (t) => refuses(t, with_({ path: 'ui/x.js', size: '00000077777' }), 'not-tar'));

test('a size of eight gigabytes takes no memory', (t) =>
  refuses(t, with_({ path: 'ui/x.js', size: '77777777777' }), 'too-large'));

test('a path that hides behind a prefix is refused', (t) =>
  refuses(t, with_({ path: 'x.js', prefix: 'ui/../..' }), 'path'));

test('something between two files is refused', async (t) => {
  const bytes = strangeBundle([...sample, { path: 'ui/x.js', size: '00000000001', content: Buffer.from('xy') }]);
  await refuses(t, bytes, 'not-canonical');
});

test('something after the end of the archive is refused', (t) =>
  refuses(t, strangeBundle(sample, Buffer.concat([Buffer.alloc(1024), Buffer.from('more')])), 'not-canonical'));

test('more empty blocks than two are refused', (t) =>
  refuses(t, strangeBundle(sample, Buffer.alloc(10_240)), 'not-canonical'));

test('an archive without its end is refused', (t) => refuses(t, strangeBundle(sample, Buffer.alloc(512)), 'not-tar'));

test('bytes that are not gzip are refused', async (t) => {
  await refuses(t, Buffer.from('PK\u0003\u0004 not a bundle'), 'not-gzip');
  await refuses(t, Buffer.alloc(0), 'not-gzip');
});

test('gzip of something else than an archive is refused', (t) =>
  refuses(t, gzipSync(Buffer.alloc(2048, 'x')), 'not-tar'));

test('something after the gzip is refused, be it zeros, garbage or another bundle', async (t) => {
  const bytes = await writeBundle(sampleFiles());
  for (const more of [Buffer.alloc(16), Buffer.from('garbage'), bytes])
    await refuses(t, Buffer.concat([bytes, more]), more === bytes ? 'not-canonical' : 'not-gzip');
});

test('a bundle in two gzip members is refused', async (t) => {
  const [first, ...rest] = sample;
  const archive = (entries: readonly Entry[], ending: Uint8Array) => strangeBundle(entries, ending);
  await refuses(
    t,
    Buffer.concat([archive(first ? [first] : [], Buffer.alloc(0)), archive(rest, Buffer.alloc(1024))]),
    'not-gzip',
  );
});

test('a bundle without a manifest or a backend is refused', async (t) => {
  for (const missing of ['digione.json', 'backend.js'])
    await refuses(t, strangeBundle(sample.filter(({ path }) => path !== missing)), 'missing-file');
});

test('a zip bomb is refused at its ratio, long before it is unpacked', (t) =>
  refuses(t, strangeBundle([{ path: 'backend.js', content: Buffer.alloc(7_000_000) }]), 'ratio'));

test('an archive of nothing but zeros is refused at its third block', (t) =>
  refuses(t, gzipSync(Buffer.alloc(20_000_000), { level: 9 }), 'not-canonical'));

test('endless empty entries are refused at the first that is too many', async (t) => {
  const some = Array.from({ length: 1200 }, (_, index) => ({ path: `ui/${String(index).padStart(7, '0')}.txt` }));
  await refuses(t, strangeBundle([...sample.slice(0, 2), ...some]), 'too-many-files');
});

test('a bundle that is too large is refused at the first byte too many, not at its end', async (t) => {
  let sent = 0;
  async function* endless() {
    const bytes = await writeBundle(sampleFiles());
    for (;;) {
      sent += bytes.length;
      yield bytes;
    }
  }
  await t.throwsAsync(readBundle(endless(), { ...bundleLimits, packed: 100_000 }), { name: 'Refusal' });
  t.true(sent < 200_000);
});

test('a stream that breaks off is refused', async (t) => {
  const bytes = await writeBundle(sampleFiles());
  async function* broken() {
    yield bytes.subarray(0, 200);
    throw new Error('the connection was lost');
  }
  await refuses(t, broken(), 'not-gzip');
});

test('a bundle comes through whatever the pieces are in which it arrives', async (t) => {
  const bytes = await writeBundle(sampleFiles());
  async function* pieces(size: number) {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const { digest } = await readBundle(bytes);
  for (const size of [1, 7, 511, 512, 100_000]) t.is((await readBundle(pieces(size))).digest, digest);
});

test('a faulty manifest is refused with its problems', async (t) => {
  const files = sampleFiles().set('digione.json', Buffer.from('{"id":1}'));
  const error = await t.throwsAsync(
    writeBundle(files).then((bytes) => readBundle(bytes)),
    { instanceOf: Refusal },
  );
  t.is(error?.code, 'manifest-invalid');
  t.true(Array.isArray(error?.extra.problems));
});
