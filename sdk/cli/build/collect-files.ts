import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../failure.ts';

const fit = /\.(html|css|js|json|svg|png|jpg|webp|ico|woff2|txt|md)$/;
const source = /\.(tsx?|jsx|map)$|(^|\/)tsconfig\.json$/;

/** The files of a folder that go into a bundle as they are, by their path from the plugin's folder. TypeScript is left to the bundler. */
export async function collectFiles(folder: string, part: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const path of await pathsIn(folder, part)) {
    if (source.test(path)) continue;
    if (!fit.test(path)) fail(`${path} can not be part of a bundle. Remove it, or keep it outside of ${part}/.`);
    if (!(await lstat(join(folder, path))).isFile()) fail(`${path} is not a plain file.`);
    files.set(path, await readFile(join(folder, path)));
  }
  return files;
}

async function pathsIn(folder: string, part: string): Promise<string[]> {
  const entries = await readdir(join(folder, part), { withFileTypes: true, recursive: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
  return paths.filter((path) => !path.split('/').some((segment) => segment.startsWith('.'))).sort();
}
