import { methodPattern } from '@digione/sdk/manifest';
import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import { call } from './call.ts';
import { page } from './page.ts';
import type { Plugins } from './plugins.ts';
import { tile } from './tile.ts';

const route = defineRoute<Actor>();
const segment = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const surface = Type.String({ pattern: '^[a-z][a-z0-9-]{0,38}$' });
const PluginParams = Type.Object({ vendor: segment, name: segment });
const Texts = Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() });

const CallBody = Type.Object(
  { method: Type.String({ pattern: methodPattern }), argument: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);

const runErrors = [
  'call-limit',
  'host-failed',
  'invalid-argument',
  'not-allowed',
  'not-found',
  'plugin-disabled',
  'plugin-failed',
  'plugin-memory',
  'plugin-not-enabled',
  'plugin-stopped',
  'plugin-timeout-cpu',
  'plugin-timeout-wall',
  'quota-exceeded',
  'rate-limited',
  'scope-missing',
  'too-large',
  'unavailable',
  'worker-lost',
] as const;

export function pluginRoutes({ deps, pagesOrigin, live }: Plugins): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/plugins/:vendor/:name/call',
      summary: "Call a method of a plugin's backend",
      access: 'session',
      params: PluginParams,
      body: CallBody,
      responses: { 200: Type.Object({ value: Type.Unknown() }) },
      errors: [...runErrors],
      handle: async ({ params, body, ...request }) => ({
        body: { value: await call(deps, named(request, params), body) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/plugins/:vendor/:name/tiles/:tile',
      summary: 'The views of a tile',
      access: 'session',
      params: Type.Object({ ...PluginParams.properties, tile: surface }),
      responses: { 200: Type.Object({ view: Type.Unknown() }) },
      errors: [...runErrors, 'invalid-result'],
      handle: async ({ params, ...request }) => ({
        body: { view: await tile(deps, named(request, params), params.tile) },
      }),
    }),
    route({
      method: 'GET',
      path: '/api/plugins/:vendor/:name/pages/:page',
      summary: 'Where a page of the plugin is loaded from',
      access: 'session',
      params: Type.Object({ ...PluginParams.properties, page: surface }),
      responses: { 200: Type.Object({ url: Type.String(), title: Texts }) },
      errors: ['not-allowed', 'not-found', 'plugin-not-enabled', 'plugin-stopped'],
      handle: async ({ params, ...request }) => ({
        body: await page({ grants: deps.grants, pagesOrigin }, named(request, params), params.page),
      }),
    }),
    route({
      method: 'GET',
      path: '/api/live',
      summary: 'Server-sent events: plugin, consent, session. Each says only that there is a reason to look again',
      access: 'session',
      responses: {},
      errors: ['call-limit', 'unavailable'],
      handle: async ({ actor }) => ({
        stream: live.open(actor),
        headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
      }),
    }),
  ];
}

function named<Request extends object>(
  request: Request,
  { vendor, name }: { vendor: string; name: string },
): Request & { plugin: string } {
  return { ...request, plugin: `${vendor}/${name}` };
}
