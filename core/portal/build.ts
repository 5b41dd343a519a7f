import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressAssets } from './compress.ts';

const sources = fileURLToPath(new URL('.', import.meta.url));
const sdk = path.resolve(sources, '../../sdk');
const stampFile = 'sources.sha256';

/** True when the folder has no build of exactly these sources. */
export async function portalIsStale(dist: string): Promise<boolean> {
  const stamp = await readFile(path.join(dist, stampFile), 'utf8').catch(() => '');
  return stamp !== (await sourcesHash());
}

/**
 * Builds the web app into `dist`. A build cut off in the middle leaves the old one in place; of two at the same time the first
 * to be ready stands.
 */
export async function buildPortal(dist: string): Promise<void> {
  const { build } = await import('vite');
  await mkdir(path.dirname(path.resolve(dist)), { recursive: true });
  const fresh = await mkdtemp(`${path.resolve(dist)}.new-`);
  const stamp = await sourcesHash();
  await build({
    root: sources,
    configFile: path.join(sources, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: fresh },
  });
  await compressAssets(fresh);
  await writeFile(path.join(fresh, stampFile), stamp);
  if (await portalIsStale(dist)) await takePlace(fresh, dist);
  await rm(fresh, { recursive: true, force: true });
}

async function takePlace(fresh: string, dist: string): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  try {
    await rename(fresh, dist);
  } catch (error) {
    if (await portalIsStale(dist)) throw error;
  }
}

/** One hash over names and bytes of everything that the build reads and that we write ourselves, and the exact versions of the rest. */
async function sourcesHash(): Promise<string> {
  const files = [
    ...(await filesUnder(sources)),
    ...(await filesUnder(path.join(sdk, 'views'))),
    ...(await filesUnder(path.join(sdk, 'ui'))),
  ];
  const hash = createHash('sha256');
  for (const file of [...files.sort(), path.resolve(sources, '../../package-lock.json')]) {
    hash.update(`${path.relative(sources, file)}\0`);
    hash.update(await readFile(file).catch(() => ''));
  }
  return hash.digest('hex');
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
