import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codeOf } from '@digione/sdk/errors';
import { makeTestSchool, type TestSchool, testPlugin } from '@digione/sdk/testing';
import type { ExecutionContext } from 'ava';
import backend from '../../../examples/hello-class/backend.ts';
import { buildPlugin } from '../../../sdk/cli/build/build-plugin.ts';
import { openPluginFolder } from '../../../sdk/cli/plugin-folder.ts';
import { hostPage } from './host-page.ts';

/** The example's page in an opaque iframe under the real policy, a small host around it, and its backend over a school in memory. */
export interface Stage {
  readonly address: string;
  readonly school: TestSchool;
  /** What the page asked of its backend. */
  readonly asked: { method: string; argument: unknown }[];
}

const kinds: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css',
  js: 'text/javascript',
};

/** Builds the example as the CLI does and serves it from an origin of its own. */
export async function aStage(t: ExecutionContext): Promise<Stage> {
  const plugin = await openPluginFolder(`${process.cwd()}/examples/hello-class`);
  const { bundle } = await buildPlugin(plugin);
  const pages = await serve(t, (request, response) => servePage(bundle.files, request, response));
  const school = makeTestSchool();
  const own = testPlugin(backend, plugin.manifest, school);
  const asked: Stage['asked'] = [];
  const address = await serve(t, async (request, response) => {
    if (request.method !== 'POST')
      return void response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(hostPage(`${pages}/ui/index.html`));
    const call = JSON.parse(await textOf(request)) as { method: 'todaysClass'; argument: unknown };
    asked.push(call);
    const answer = await own.call(call.method, call.argument).then(
      (value) => ({ ok: true, value }),
      (error) => ({ ok: false, error: { code: codeOf(error) ?? 'plugin-failed', message: 'refused' } }),
    );
    response.end(JSON.stringify(answer));
  });
  return { address, school, asked };
}

function servePage(
  files: ReadonlyMap<string, Uint8Array>,
  { url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const bytes = files.get(url.slice(1));
  if (!bytes) return void response.writeHead(404).end();
  response.setHeader('content-type', kinds[url.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; sandbox allow-scripts allow-forms",
  );
  response.end(bytes);
}

async function serve(
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString('utf8');
}
