import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundle, readBundle, writeBundle } from '@digione/registry/bundle';
import type { Metafile } from 'esbuild';
import { fail } from '../failure.ts';
import { type PluginFolder, readIfThere } from '../plugin-folder.ts';
import { bundleBackend, bundlePage } from './bundle-code.ts';
import { checkChangelog } from './changelog.ts';
import { collectFiles } from './collect-files.ts';
import { softwareBill } from './software-bill.ts';

/** A bundle in memory, read back by the same reader as the registry's. */
export interface BuiltPlugin {
  readonly bytes: Uint8Array;
  readonly bundle: Bundle;
}

type Files = Map<string, Uint8Array>;

const stylesheet = new URL('../../ui/digione.css', import.meta.url);

/** Builds a plugin: the same folder gives the same bytes. */
export async function buildPlugin(plugin: PluginFolder): Promise<BuiltPlugin> {
  const { folder, manifest, manifestBytes } = plugin;
  const files: Files = new Map([['digione.json', manifestBytes]]);
  const metafiles = [await addBackend(files, folder), ...(await addPages(files, plugin))];
  for (const part of ['views', 'locales']) addAll(files, await collectFiles(folder, part));
  await addPapers(files, plugin);
  files.set('sbom.cdx.json', await softwareBill(folder, manifest, metafiles));
  const bytes = await writeBundle(files);
  return { bytes, bundle: await readBundle(bytes) };
}

async function addBackend(files: Files, folder: string): Promise<Metafile> {
  const { code, metafile } = await bundleBackend(folder);
  files.set('backend.js', code);
  return metafile;
}

/** `ui/index.html` names its script `index.js`, which comes from `ui/index.ts`; `digione.css` is added for all pages. */
async function addPages(files: Files, { folder, manifest }: PluginFolder): Promise<Metafile[]> {
  const metafiles: Metafile[] = [];
  addAll(files, await collectFiles(folder, 'ui'));
  const { pages } = manifest.surfaces;
  for (const entry of new Set(pages.map((page) => page.entry))) {
    if (!files.has(entry)) fail(`digione.json names the page ${entry}, which is not there.`);
    const script = entry.replace(/\.html$/, '.ts');
    if (!(await readIfThere(join(folder, script)))) continue;
    const { code, metafile } = await bundlePage(folder, script);
    addAll(files, new Map([[entry.replace(/\.html$/, '.js'), code]]));
    metafiles.push(metafile);
  }
  if (pages.length > 0) addAll(files, new Map([['ui/digione.css', await readFile(stylesheet)]]));
  return metafiles;
}

async function addPapers(files: Files, { folder, manifest }: PluginFolder): Promise<void> {
  files.set('CHANGELOG.json', checkChangelog(await readIfThere(join(folder, 'CHANGELOG.json')), manifest.version));
  for (const paper of ['README.md', 'LICENSE']) {
    const bytes = await readIfThere(join(folder, paper));
    if (bytes) files.set(paper, bytes);
  }
}

function addAll(files: Files, more: Files): void {
  for (const [path, bytes] of more) {
    if (files.has(path)) fail(`${path} is made by the build. Remove the file of that name.`);
    files.set(path, bytes);
  }
}
