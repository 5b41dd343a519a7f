import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '../../core/launch/child.ts';
import type { RunningPlatform } from '../support/platform.ts';

/** A second core on the same database, data folder and name, with settings of its own. */
export interface SecondNode extends AsyncDisposable {
  origin: string;
}

export async function secondNode(platform: RunningPlatform, own: Record<string, string> = {}): Promise<SecondNode> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const name = `core-${port}`;
  const logFile = join(platform.dataFolder, 'logs', `${name}.log`);
  const settings = { ...environmentOfNode(platform, port), ...own };
  const node: Child = startChild({
    name,
    entry: fileURLToPath(new URL('../../core/main.ts', import.meta.url)),
    args: [],
    environment: settings,
    logFile,
    healthUrl: `${origin}/healthz`,
    onRestart: () => undefined,
  });
  node.begin(settings);
  await node.ready().catch((cause: unknown) => {
    throw new Error(readFileSync(logFile, 'utf8').slice(-3_000), { cause });
  });
  return { origin, [Symbol.asyncDispose]: () => node[Symbol.asyncDispose]() };
}

/** As the launcher gives it to the first, but for the port. */
function environmentOfNode({ core, pages, registry, dataFolder, coreDatabaseUrl }: RunningPlatform, port: number) {
  return {
    PATH: process.env['PATH'],
    PORT: String(port),
    DIGIONE_DATA_DIR: dataFolder,
    DIGIONE_PUBLIC_ORIGIN: core,
    DIGIONE_PAGES_ORIGIN: pages,
    DIGIONE_REGISTRY_URL: registry,
    DIGIONE_CORE_DATABASE: coreDatabaseUrl,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
