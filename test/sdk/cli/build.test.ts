import { appendFile, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBundle } from '@digione/registry/bundle';
import test from 'ava';
import { type Author, anAuthor } from './surroundings.ts';

async function built({ folder, run }: Author) {
  const { code, noted } = await run(['build']);
  if (code !== 0) throw new Error(noted);
  return readBundle(await readFile(join(folder, 'dist', 'hello-class-1.0.0.digione')));
}

async function edit({ folder }: Author, file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  await writeFile(join(folder, file), text.replace(from, to));
}

test('the smallest example builds to a bundle that the registry reads', async (t) => {
  const { files, manifest } = await built(await anAuthor(t));
  t.is(manifest.id, 'demo-vendor/hello-class');
  t.deepEqual(
    [...files.keys()],
    [
      'CHANGELOG.json',
      'LICENSE',
      'README.md',
      'backend.js',
      'digione.json',
      'locales/en.json',
      'locales/fi.json',
      'locales/sv.json',
      'sbom.cdx.json',
      'ui/digione.css',
      'ui/index.html',
      'ui/index.js',
      'ui/page.css',
    ],
  );
});

test('two folders with the same files give the same bytes', async (t) => {
  const [one, other] = await Promise.all([anAuthor(t), anAuthor(t)]);
  t.is((await built(one)).digest, (await built(other)).digest);
});

test('the backend is one script that a reviewer can read', async (t) => {
  const { files } = await built(await anAuthor(t));
  const code = Buffer.from(files.get('backend.js') ?? []).toString();
  t.regex(code, /^\(\(\) => \{/);
  t.regex(code, /context\.education\.students\(\{ class: chosen\.id \}\)/);
  t.notRegex(code, /examples|\.author-|node_modules/);
});

test('the page asks for nothing that its content security policy would refuse', async (t) => {
  const { files } = await built(await anAuthor(t));
  const page = Buffer.from(files.get('ui/index.html') ?? []).toString();
  t.notRegex(page, /<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=|https?:/);
  const code = Buffer.from(files.get('ui/index.js') ?? []).toString();
  t.notRegex(code, /\beval\b|new Function|fetch\(|XMLHttpRequest|WebSocket|innerHTML/);
});

test('the bill of materials names the packages that are inside, and no time', async (t) => {
  const { files } = await built(await anAuthor(t));
  const bill = JSON.parse(Buffer.from(files.get('sbom.cdx.json') ?? []).toString());
  t.like(bill, { bomFormat: 'CycloneDX', specVersion: '1.6' });
  t.deepEqual(
    bill.components.map(({ name }: { name: string }) => name),
    ['@digione/sdk'],
  );
  t.notRegex(JSON.stringify(bill), /timestamp|serialNumber/);
});

test('a package that is not installed is named', async (t) => {
  const author = await anAuthor(t);
  await appendFile(join(author.folder, 'backend.ts'), "\nimport { canonicalize } from 'canonicalize-none';\n");
  const { code, noted } = await author.run(['build']);
  t.is(code, 1);
  t.regex(noted, /backend\.ts:\d+:\d+ Could not resolve "canonicalize-none"/);
});

test('a fault in the code is told with its file, line and column', async (t) => {
  const author = await anAuthor(t);
  await appendFile(join(author.folder, 'backend.ts'), '\nconst = 1;\n');
  const { code, noted } = await author.run(['build']);
  t.is(code, 1);
  t.regex(noted, /The code could not be bundled:\nbackend\.ts:\d+:\d+ /);
});

test('a faulty manifest is told with line and column, and nothing is written', async (t) => {
  const author = await anAuthor(t);
  await edit(author, 'digione.json', '"1.0.0"', '"1.0"');
  const { code, noted } = await author.run(['build']);
  t.is(code, 1);
  t.regex(noted, /digione\.json:3:14 \/version/);
  t.false((await readdir(author.folder)).includes('dist'));
});

test('a folder without a plugin says what to do', async (t) => {
  const author = await anAuthor(t);
  await rm(join(author.folder, 'digione.json'));
  t.regex((await author.run(['build'])).noted, /There is no digione\.json in .*"digione init"/);
});

test('a page that the manifest names must be there', async (t) => {
  const author = await anAuthor(t);
  await rm(join(author.folder, 'ui', 'index.html'));
  t.like(await author.run(['build']), {
    code: 1,
    noted: 'digione.json names the page ui/index.html, which is not there.',
  });
});

test('a version that the changelog does not tell about is refused', async (t) => {
  const author = await anAuthor(t);
  await edit(author, 'digione.json', '"version": "1.0.0"', '"version": "1.1.0"');
  t.like(await author.run(['build']), {
    code: 1,
    noted: 'CHANGELOG.json says nothing about version 1.1.0. Add an entry for it.',
  });
});

test('a changelog in one language is refused', async (t) => {
  const author = await anAuthor(t);
  await writeFile(
    join(author.folder, 'CHANGELOG.json'),
    '[{"version":"1.0.0","date":"2026-11-24","changes":{"fi":"x"}}]',
  );
  t.regex((await author.run(['build'])).noted, /CHANGELOG\.json \/0\/changes/);
});

test('a symbolic link, a hidden secret and a program stay out of the bundle', async (t) => {
  const author = await anAuthor(t);
  await writeFile(join(author.folder, 'ui', '.env'), 'SECRET=1');
  t.false([...(await built(author)).files.keys()].some((path) => path.includes('.env')));
  await symlink('/etc/hostname', join(author.folder, 'ui', 'host.txt'));
  t.regex((await author.run(['build'])).noted, /ui\/host\.txt is not a plain file/);
  await rm(join(author.folder, 'ui', 'host.txt'));
  await writeFile(join(author.folder, 'ui', 'tool.exe'), 'MZ');
  t.regex((await author.run(['build'])).noted, /ui\/tool\.exe can not be part of a bundle/);
});

test('a file of the name of a built one is refused rather than lost', async (t) => {
  const author = await anAuthor(t);
  await writeFile(join(author.folder, 'ui', 'index.js'), '// mine');
  t.regex((await author.run(['build'])).noted, /ui\/index\.js is made by the build/);
});

test('the checks of the registry pass for the smallest example, in the real sandbox', async (t) => {
  const { run } = await anAuthor(t);
  const { code, said } = await run(['check']);
  t.is(code, 0, said);
  t.regex(said, /^ok {7}starts$/m);
});

test('a backend that does not start fails the check', async (t) => {
  const author = await anAuthor(t);
  await writeFile(join(author.folder, 'backend.ts'), 'throw new Error("not today");\n');
  const { code, said } = await author.run(['check']);
  t.is(code, 1);
  t.regex(said, /^error {4}starts {10}The backend does not start/m);
});
