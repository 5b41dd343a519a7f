import { type CheckResult, passes, runChecks } from '@digione/registry/checks';
import { buildPlugin } from '../build/build-plugin.ts';
import type { Command } from '../command.ts';
import { fail } from '../failure.ts';
import { openPluginFolder } from '../plugin-folder.ts';
import { platformVersion } from '../platform-version.ts';
import { startInSandbox } from '../start-in-sandbox.ts';

export const check: Command = {
  summary: "run the registry's checks on this plugin",
  help: `Builds the plugin in memory and runs the same checks as the registry: manifest, sizes, languages, licence, surfaces,
capabilities, secrets, invisible text, and a start in the real sandbox. Nothing is written or sent.`,
  options: {},
  async run({ surroundings: { folder, terminal } }) {
    const { bundle } = await buildPlugin(await openPluginFolder(folder));
    const results = await runChecks(bundle, { platform: await platformVersion(), startInSandbox });
    for (const line of results.map(wordsOf)) terminal.say(line);
    if (!passes(results)) fail('Some checks did not pass.');
  },
};

function wordsOf({ check: name, ok, severity, message, where }: CheckResult): string {
  const mark = ok ? 'ok' : severity;
  return `${mark.padEnd(8)} ${name.padEnd(15)} ${ok ? '' : message}${where && !ok ? ` (${where})` : ''}`.trimEnd();
}
