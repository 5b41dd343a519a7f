import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type BuiltPlugin, buildPlugin } from '../build/build-plugin.ts';
import { type Command, textOf } from '../command.ts';
import { bundlePath, openPluginFolder } from '../plugin-folder.ts';
import type { Surroundings } from '../surroundings.ts';

export const build: Command = {
  summary: 'make the bundle that the registry takes',
  help: `Reads digione.json, bundles backend.ts and the pages of ui/ and writes dist/<name>-<version>.digione.
The same folder gives the same bytes on every machine. Nothing is sent anywhere.`,
  options: { out: { type: 'string', value: 'FILE', help: 'where to write the bundle' } },
  run: async ({ values, surroundings }) => {
    await buildHere(surroundings, textOf(values, 'out'));
  },
};

/** Builds the plugin of the folder in which the command was called, writes the bundle and says so. */
export async function buildHere(
  { folder, terminal }: Surroundings,
  out?: string,
): Promise<BuiltPlugin & { path: string }> {
  const plugin = await openPluginFolder(folder);
  const built = await buildPlugin(plugin);
  const path = out ? resolve(folder, out) : bundlePath(plugin);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, built.bytes);
  const { manifest, size, digest, files } = built.bundle;
  terminal.say(
    `${relative(folder, path)}  ${manifest.id} ${manifest.version}, ${files.size} files, ${Math.ceil(size / 1024)} KB`,
  );
  terminal.say(`sha256 ${digest}`);
  return { ...built, path };
}
