import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { codeOf } from '@digione/sdk/errors';
import { type Language, languages } from '@digione/sdk/manifest';
import type { DevPlugin } from './dev-plugin.ts';

const kinds: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
};

/** The policy under which the portal shows a plugin's page; `sandbox` gives it an opaque origin here too. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; sandbox allow-scripts allow-forms";

/** A foreign name that resolves to this machine must not reach the author's plugin. */
const local = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

const largestBody = 1_000_000;

/** The author's server: a small portal at `/`, the plugin's files below `/page/`. */
export interface DevServer {
  readonly server: Server;
  /** Tells every open portal that the plugin was built anew. */
  changed(): void;
}

/** Makes the server; the caller lets it listen, on this machine only. */
export function createDevServer(plugin: DevPlugin): DevServer {
  const listeners = new Set<ServerResponse>();
  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => Promise<void> | void>> =
    {
      'GET /': (_, response) => own(response, 'portal.html'),
      'GET /portal.js': (_, response) => own(response, 'portal.js'),
      'GET /changes': (_, response) => listen(listeners, response),
      'GET /state': (_, response) => json(response, stateOf(plugin)),
      'POST /state': async (request, response) =>
        change(plugin, await bodyOf(request)).then((state) => json(response, state)),
      'POST /run': async (request, response) => json(response, await run(plugin, await bodyOf(request))),
    };
  const server = createServer((request, response) => {
    if (!local.test(request.headers.host ?? '')) return void response.writeHead(403).end();
    const route =
      routes[`${request.method} ${request.url}`] ?? ((_, answer) => pageFile(plugin, request.url ?? '', answer));
    Promise.resolve(route(request, response)).catch((error: unknown) => {
      response.statusCode = 400;
      json(response, { message: error instanceof Error ? error.message : 'failed' });
    });
  });
  const changed = () => {
    for (const listener of listeners) listener.write('data: changed\n\n');
  };
  return { server, changed };
}

async function own(response: ServerResponse, file: string): Promise<void> {
  const bytes = await readFile(new URL(file, import.meta.url));
  response.setHeader('content-type', kinds[file.split('.').at(-1) ?? ''] ?? '').end(bytes);
}

function listen(listeners: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  listeners.add(response);
  response.on('close', () => listeners.delete(response));
}

function pageFile({ built }: DevPlugin, url: string, response: ServerResponse): void {
  const path = /^\/page\/([^?#]*)/.exec(url)?.[1] ?? '';
  const bytes = path.startsWith('ui/') ? built.bundle.files.get(path) : undefined;
  if (!bytes) return void response.writeHead(404).end();
  const kind = kinds[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  response
    .writeHead(200, { 'content-type': kind, 'content-security-policy': pagePolicy, 'cache-control': 'no-store' })
    .end(bytes);
}

function stateOf({ school, built }: DevPlugin) {
  const { surfaces, name, version } = built.bundle.manifest;
  const students = school.classes.flatMap(({ students: all }) => all);
  const consents = students.map(({ id, familyName, givenName }) => ({
    id,
    name: `${familyName} ${givenName}`,
    given: school.consents(id, ''),
  }));
  return { name, version, language: school.user.language, tiles: surfaces.tiles, pages: surfaces.pages, consents };
}

async function change(plugin: DevPlugin, { language, consent }: Record<string, unknown>) {
  const { school } = plugin;
  if (languages.includes(language as Language)) school.user = { ...school.user, language: language as Language };
  if (typeof consent === 'string') {
    const before = school.consents;
    const given = !before(consent, '');
    school.consents = (student, purpose) => (student === consent ? given : before(student, purpose));
  }
  return stateOf(plugin);
}

async function run(plugin: DevPlugin, { kind, name, argument }: Record<string, unknown>) {
  try {
    return { ok: true, value: await plugin.run(kind === 'tile' ? 'tile' : 'call', String(name), argument) };
  } catch (error) {
    return {
      ok: false,
      error: { code: codeOf(error) ?? 'host-failed', message: error instanceof Error ? error.message : '' },
    };
  }
}

/** Only a page of this server may ask: a foreign site's form or script can't send this type without being asked first. */
async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (request.headers['content-type'] !== 'application/json') throw new Error('Send JSON.');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new Error('The body is too large.');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}
