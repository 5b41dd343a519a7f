import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
  await mkdir(path.dirname(path.resolve(dist)), { recursive: true });
  const fresh = await mkdtemp(`${path.resolve(dist)}.new-`);
  const stamp = await sourcesHash();
  await viteBuild(fresh);
  await compressAssets(fresh);
  await writeFile(path.join(fresh, stampFile), stamp);
  if (await portalIsStale(dist)) await takePlace(fresh, dist);
  await rm(fresh, { recursive: true, force: true });
}

/** In a process of its own: its memory goes with it, and it is a production build whatever environment we run in. */
async function viteBuild(outDir: string): Promise<void> {
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  const args = [vite, 'build', sources, '--outDir', outDir, '--logLevel', 'error', '--mode', 'production'];
  const child = spawn(process.execPath, args, { env: { NODE_ENV: 'production', NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  if (code !== 0) throw new Error(`The portal could not be built: ${said.trim()}`);
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
