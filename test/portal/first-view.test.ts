import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import test from 'ava';
import { portalIsStale } from '../../core/portal/index.ts';
import { portalDist } from './fixture/portal-dist.ts';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

const bound = 200_000;

test.serial('what the first view loads is at most 200 kB of JavaScript, gzipped, in any language', async (t) => {
  t.timeout(180_000);
  const dist = await portalDist();
  const chunks: Record<string, Chunk> = JSON.parse(await readFile(path.join(dist, '.vite/manifest.json'), 'utf8'));
  const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry) ?? '';
  for (const language of ['fi', 'sv', 'en']) {
    const needed = withImports(chunks, [entry, `src/texts/${language}.ts`]);
    const sizes = await Promise.all(
      [...needed].map(async (file) => gzipSync(await readFile(path.join(dist, file))).length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    t.log(`${language}: ${Math.round(total / 1000)} kB`);
    t.true(total <= bound, `${language}: ${total}`);
  }
});

test.serial('a build is not made again while its sources are the same', async (t) => {
  t.false(await portalIsStale(await portalDist()));
});

function withImports(chunks: Record<string, Chunk>, names: string[]): Set<string> {
  const files = new Set<string>();
  for (const queue = [...names]; queue.length > 0; ) {
    const chunk = chunks[queue.pop() ?? ''];
    if (!chunk || files.has(chunk.file)) continue;
    files.add(chunk.file);
    queue.push(...(chunk.imports ?? []));
  }
  return files;
}
