import type { Database } from '@digione/core/db';
import { defineRoute, type Route } from '@digione/core/http';
import { Type } from 'typebox';
import type { Caller } from '../caller.ts';
import { entriesFrom } from './log-store.ts';
import { tileWidth, type LogTree } from './log-tree.ts';

const route = defineRoute<Caller>();
const place = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const hash = Type.String({ description: 'base64 of 32 bytes' });
const hashes = Type.Array(hash);
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };

export interface LogDeps {
  database: Database;
  tree: LogTree;
}

export function logRoutes({ database, tree }: LogDeps): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/log/checkpoint',
      summary: 'Signed head of the transparency log (C2SP tlog-checkpoint)',
      access: 'public',
      responses: {},
      handle: async () => plainText(await tree.checkpoint()),
    }),
    route({
      method: 'GET',
      path: '/v1/log/key',
      summary: 'Public key of the log in PEM',
      access: 'public',
      responses: {},
      handle: async () => plainText(String(tree.publicKey.export({ type: 'spki', format: 'pem' }))),
    }),
    route({
      method: 'GET',
      path: '/v1/log/entries',
      summary: 'Entries in order; the leaf hash is over the bytes of the body',
      access: 'public',
      query: Type.Object({
        from: Type.Optional(place),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      }),
      responses: {
        200: Type.Object({
          items: Type.Array(Type.Object({ index: place, kind: Type.String(), body: Type.String() })),
        }),
      },
      handle: async ({ query }) => ({
        body: { items: await entriesFrom(database, query.from ?? 0, query.limit ?? 50) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/log/proof/inclusion',
      summary: 'Proof that an entry is in the log of a size (RFC 6962 §2.1.1)',
      access: 'public',
      query: Type.Object({ index: place, size: Type.Optional(place) }),
      responses: { 200: Type.Object({ index: place, size: place, leaf: hash, root: hash, proof: hashes }) },
      errors: ['not-found'],
      handle: async ({ query }) => {
        const { leaf, root, proof, ...where } = await tree.inclusion(query.index, query.size);
        return { body: { ...where, leaf: base64(leaf), root: base64(root), proof: proof.map(base64) } };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/log/proof/consistency',
      summary: 'Proof that an earlier log is the beginning of a later one (RFC 6962 §2.1.2)',
      access: 'public',
      query: Type.Object({ first: place, second: place }),
      responses: { 200: Type.Object({ proof: hashes }) },
      errors: ['not-found'],
      handle: async ({ query }) => ({
        body: { proof: (await tree.consistency(query.first, query.second)).map(base64) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/log/tile/:level/:index',
      summary: 'A full tile of 256 hashes (C2SP tlog-tiles)',
      access: 'public',
      params: Type.Object({
        level: Type.Integer({ minimum: 0, maximum: 5 }),
        index: Type.String({ pattern: '^[0-9]{3}$' }),
      }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ params }) => ({
        stream: await tree.tile(params.level, Number(params.index), tileWidth),
        headers: { ...forEver, 'content-type': 'application/octet-stream' },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/log/tile/:level/:index/:width',
      summary: 'The unfinished right edge of the tree (C2SP tlog-tiles, partial tile)',
      access: 'public',
      params: Type.Object({
        level: Type.Integer({ minimum: 0, maximum: 5 }),
        index: Type.String({ pattern: '^[0-9]{3}\\.p$' }),
        width: Type.Integer({ minimum: 1, maximum: tileWidth - 1 }),
      }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ params }) => ({
        stream: await tree.tile(params.level, Number(params.index.slice(0, 3)), params.width),
        headers: { ...forEver, 'content-type': 'application/octet-stream' },
      }),
    }),
  ];
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

function plainText(text: string) {
  return { stream: Buffer.from(text), headers: { 'content-type': 'text/plain; charset=utf-8' } };
}
