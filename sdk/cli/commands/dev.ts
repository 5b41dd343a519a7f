import { watch } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type Call, type Command, textOf } from '../command.ts';
import { startDevPlugin, type DevPlugin } from '../dev/dev-plugin.ts';
import { createDevServer, type DevServer } from '../dev/dev-server.ts';
import { CliFailure, misuse } from '../failure.ts';

export const dev: Command = {
  summary: 'try the plugin in a browser, in the real sandbox, with a synthetic school',
  help: `Builds the plugin, starts a small portal on this machine and builds anew at every change. The backend runs in the real sandbox with
its limits; the school, its learners and their consents are made up and live in memory.`,
  options: { port: { type: 'string', value: 'NUMBER', help: 'where to listen; 8090 by default' } },
  async run(call) {
    const { surroundings } = call;
    await using plugin = await startDevPlugin(surroundings.folder);
    const { server, changed } = createDevServer(plugin);
    const port = await listen(server, portOf(call));
    surroundings.terminal.say(`http://127.0.0.1:${port}`);
    surroundings.terminal.note('Change a file to see it at once. Ctrl+C ends it.');
    await rebuildUntilStopped(call, plugin, changed);
    server.close();
    server.closeAllConnections();
  },
};

function portOf({ values }: Call): number {
  const port = Number(textOf(values, 'port') ?? 8090);
  return Number.isInteger(port) && port >= 0 && port < 65_536 ? port : misuse('--port needs a number up to 65535.');
}

function listen(server: DevServer['server'], port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new CliFailure(1, `Port ${port} is taken. Choose another with --port.`) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Builds after each change, a moment after the last of a burst; ends with the signal. */
async function rebuildUntilStopped({ surroundings }: Call, plugin: DevPlugin, changed: () => void): Promise<void> {
  const { folder, terminal, stopped } = surroundings;
  let timer: NodeJS.Timeout | undefined;
  const rebuild = () =>
    plugin.rebuild().then(changed, (error: unknown) => {
      terminal.warn(error instanceof Error ? error.message : String(error));
      if (error instanceof CliFailure) for (const line of error.lines) terminal.note(line);
    });
  const watcher = watch(folder, { recursive: true }, (_, file) => {
    if (file === null || /(^|\/)(node_modules|dist|\.[^/]*)(\/|$)/.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(rebuild, 100);
  });
  await stopped();
  watcher.close();
  clearTimeout(timer);
}
