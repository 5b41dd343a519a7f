import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, validateManifest } from '@digione/sdk/manifest';
import { fail } from './failure.ts';

/** An author's folder with its manifest read and checked. */
export interface PluginFolder {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
}

/** Opens the folder of a plugin. Fails with the line and column of each problem in its manifest. */
export async function openPluginFolder(folder: string): Promise<PluginFolder> {
  const bytes = await readIfThere(join(folder, 'digione.json'));
  if (!bytes)
    return fail(`There is no digione.json in ${folder}. Go to the plugin's folder, or make one with "digione init".`);
  const checked = validateManifest(bytes);
  if (checked.ok) return { folder, manifest: checked.manifest, manifestBytes: bytes };
  const lines = checked.problems.map(
    ({ line, column, pointer, message }) => `digione.json:${line}:${column} ${pointer} ${message}`,
  );
  return fail(`digione.json has ${lines.length === 1 ? 'a problem' : `${lines.length} problems`}:`, lines);
}

/** Where the bundle of a version lies after a build. */
export function bundlePath({ folder, manifest }: PluginFolder): string {
  const name = manifest.id.slice(manifest.id.indexOf('/') + 1);
  return join(folder, 'dist', `${name}-${manifest.version}.digione`);
}

/** The bytes of a file, or nothing when there is no such file. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
