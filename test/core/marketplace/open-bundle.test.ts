import test from 'ava';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../../../core/kernel/index.ts';
import { admitBundle, openBundle } from '../../../core/marketplace/open-bundle.ts';
import { sampleBundle, sampleManifest } from './sample-plugin.ts';

const open = (bytes: Buffer) => admitBundle(bytes, sha256Hex(bytes));

test('a bundle of the registry opens, with its manifest and files', async (t) => {
  const bytes = await sampleBundle();
  t.is((await open(bytes)).id, 'demo-vendor/seating');
  const { files } = await openBundle(bytes, sha256Hex(bytes));
  t.is(files.get('ui/page.js')?.toString(), 'document.title');
});

test('bytes that do not have the digest are refused before they are looked at', async (t) => {
  await t.throwsAsync(openBundle(await sampleBundle(), '0'.repeat(64)), { code: 'bundle-invalid', message: /digest/ });
});

test('bytes that are no gzip are refused', async (t) => {
  await t.throwsAsync(open(Buffer.from('hello')), { code: 'bundle-invalid', message: /gzip/ });
});

test('an archive that unpacks to more than allowed is refused', async (t) => {
  const bytes = gzipSync(Buffer.alloc(100_000));
  const limits = { packed: 10_000, unpacked: 50_000, files: 10 };
  await t.throwsAsync(openBundle(bytes, sha256Hex(bytes), limits), { code: 'bundle-invalid' });
});

const hostile: { what: string; tar: Buffer; message: RegExp }[] = [
  { what: 'a link', tar: tar([entry('digione.json', '{}', '2')]), message: /not a regular file/ },
  { what: 'a directory', tar: tar([entry('ui', '', '5')]), message: /not a regular file/ },
  { what: 'an extension header', tar: tar([entry('x', 'path=../x', 'x')]), message: /not a regular file/ },
  { what: 'a path that climbs', tar: tar([entry('ui/../../etc/passwd', 'x')]), message: /path/ },
  { what: 'an absolute path', tar: tar([entry('/etc/passwd', 'x')]), message: /path/ },
  { what: 'a path with a backslash', tar: tar([entry('ui\\x', 'x')]), message: /path/ },
  { what: 'a path that is not NFC', tar: tar([entry('ui/a\u0308.js', 'x')]), message: /path/ },
  {
    what: 'the same path twice but for case',
    tar: tar([entry('ui/a.js', 'x'), entry('ui/A.js', 'y')]),
    message: /twice/,
  },
  {
    what: 'bytes after its end',
    tar: Buffer.concat([tar([entry('a', 'x')]), Buffer.from('more')]),
    message: /follow its end/,
  },
  { what: 'no end', tar: entry('digione.json', '{}'), message: /middle of an entry/ },
  {
    what: 'a file longer than the archive',
    tar: entry('digione.json', '{}').subarray(0, 512),
    message: /longer than the archive/,
  },
  { what: 'a wrong checksum', tar: spoilt(), message: /checksum/ },
  { what: 'no backend', tar: tar([entry('digione.json', JSON.stringify(sampleManifest()))]), message: /backend\.js/ },
  { what: 'no manifest', tar: tar([entry('backend.js', '')]), message: /digione\.json/ },
  {
    what: 'a manifest that is no JSON',
    tar: tar([entry('digione.json', '{'), entry('backend.js', '')]),
    message: /not valid/,
  },
  {
    what: 'a manifest with unknown members',
    tar: tar([entry('digione.json', JSON.stringify({ ...sampleManifest(), extra: 1 })), entry('backend.js', '')]),
    message: /not valid/,
  },
];

for (const { what, tar: archive, message } of hostile) {
  test(`a bundle with ${what} is refused`, async (t) => {
    await t.throwsAsync(open(gzipSync(archive)), { code: 'bundle-invalid', message });
  });
}

test('more files than allowed are refused', async (t) => {
  const bytes = gzipSync(tar(Array.from({ length: 11 }, (_, index) => entry(`ui/${index}.js`, ''))));
  await t.throwsAsync(openBundle(bytes, sha256Hex(bytes), { packed: 10_000, unpacked: 50_000, files: 10 }), {
    message: /more than 10 files/,
  });
});

function entry(path: string, content: string, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  const body = Buffer.from(content);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, body, Buffer.alloc(-body.length & 511)]);
}

function tar(entries: Buffer[]): Buffer {
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}

function spoilt(): Buffer {
  const archive = tar([entry('digione.json', '{}')]);
  archive[3] = 0x41;
  return archive;
}
