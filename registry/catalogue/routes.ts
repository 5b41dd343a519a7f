import { defineRoute, type Reply, type Route } from '@digione/core/http';
import { sha256Hex } from '@digione/core/kernel';
import type { Context } from 'koa';
import type { Caller } from '../caller.ts';
import type { Catalogue } from './catalogue.ts';
import { FacetAnswer, SearchAnswer, SearchQuery } from './schemas.ts';

const route = defineRoute<Caller>();

export function catalogueRoutes(catalogue: Catalogue): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/plugins',
      summary: 'Search what is approved: exact first, then by words in three languages, then by likeness',
      access: 'public',
      query: SearchQuery,
      responses: { 200: SearchAnswer },
      handle: async ({ query, ctx }) => tagged(ctx, await catalogue.search(query)),
    }),
    route({
      method: 'GET',
      path: '/v1/facets',
      summary: 'What the catalogue can be narrowed by, with counts',
      access: 'public',
      responses: { 200: FacetAnswer },
      handle: async ({ ctx }) => tagged(ctx, { items: await catalogue.facets() }),
    }),
  ];
}

/** A body with its tag; 304 without a body when the caller has it already. */
export function tagged(ctx: Context, body: object): Reply {
  const etag = `"${sha256Hex(JSON.stringify(body)).slice(0, 32)}"`;
  const headers = { etag, 'cache-control': 'public, no-cache' };
  return ctx.get('if-none-match') === etag ? { status: 304, stream: Buffer.alloc(0), headers } : { body, headers };
}
