import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pluginIdPattern } from '@digione/sdk/manifest';
import type { Command } from '../command.ts';
import { fail, misuse } from '../failure.ts';
import { platformVersion } from '../platform-version.ts';
import { templateFiles } from '../template/template-files.ts';

export const init: Command = {
  summary: 'start a new plugin: digione init vendor/name [folder]',
  help: `digione init vendor/name [folder]

Makes a folder with a plugin that builds and passes its checks: a manifest, a backend with one tile, a test. Writes nothing over.`,
  options: {},
  async run({ words: [id = '', place], surroundings: { folder, terminal, now } }) {
    if (!new RegExp(pluginIdPattern, 'u').test(id))
      misuse(`"${id}" is not the id of a plugin. Call it like this: digione init my-company/seating`);
    const home = resolve(folder, place ?? id.slice(id.indexOf('/') + 1));
    if ((await namesIn(home)).length > 0) fail(`${home} is not empty, so nothing was written.`);
    const files = await templateFiles({
      id,
      today: now().toISOString().slice(0, 10),
      platform: await platformVersion(),
    });
    for (const [path, text] of files) {
      await mkdir(dirname(join(home, path)), { recursive: true });
      await writeFile(join(home, path), text, { flag: 'wx' });
      terminal.say(relative(folder, join(home, path)));
    }
    terminal.note(`Next: cd ${relative(folder, home) || '.'} && npm install && npx digione check`);
  },
};

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
