import type { Database } from '@digione/core/db';
import { defineRoute, type Reply, type Route } from '@digione/core/http';
import { refuse } from '@digione/core/kernel';
import { Type } from 'typebox';
import type { Caller } from '../caller.ts';
import type { RoleName } from './roles.ts';
import { targetBytes } from './target-bytes-store.ts';
import type { Trust } from './trust.ts';

const route = defineRoute<Caller>();
const word = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const forEver = { 'cache-control': 'public, max-age=31536000, immutable' };
const bundleType = { 'content-type': 'application/vnd.digione.bundle+gzip' };

export interface TrustDeps {
  database: Database;
  trust: Trust;
}

/** The addresses that README.md of this room promises to clients. */
export function trustRoutes({ database, trust }: TrustDeps): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/trust/:file',
      summary: 'Signed metadata (TUF, consistent snapshots)',
      access: 'public',
      params: Type.Object({
        file: Type.String({
          pattern: '^(timestamp\\.json|root\\.json|[1-9][0-9]{0,8}\\.(root|targets|snapshot)\\.json)$',
        }),
      }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ params }) => metadataReply(trust, params.file),
    }),
    route({
      method: 'GET',
      path: '/v1/trust/targets/:vendor/:name/:file',
      summary: 'Bytes of a bundle, under the address that a TUF client asks for',
      access: 'public',
      params: Type.Object({
        vendor: word,
        name: word,
        file: Type.String({ pattern: '^[0-9a-f]{64}\\.[0-9A-Za-z.-]{1,64}\\.digione$' }),
      }),
      responses: {},
      errors: ['not-found', 'release-revoked'],
      handle: async ({ params }) => {
        const digest = params.file.slice(0, 64);
        return bundleReply(database, digest, `${params.vendor}/${params.name}/${params.file.slice(65)}`);
      },
    }),
    route({
      method: 'GET',
      path: '/v1/bundles/sha256/:digest',
      summary: 'Bytes of a bundle by their SHA-256',
      access: 'public',
      params: Type.Object({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      responses: {},
      errors: ['not-found', 'release-revoked'],
      handle: async ({ params }) => bundleReply(database, params.digest),
    }),
  ];
}

async function metadataReply(trust: Trust, name: string): Promise<Reply> {
  const [first, second] = name.split('.') as [string, string];
  const version = /^\d+$/.test(first) ? Number(first) : undefined;
  const role = (version === undefined ? first : second) as RoleName;
  const file = await trust.file(role, version);
  if (!file) refuse('not-found', `There is no ${name} here.`);
  const caching = version === undefined ? { 'cache-control': 'no-cache' } : forEver;
  return { stream: file.bytes, headers: { ...caching, 'content-type': 'application/json' } };
}

async function bundleReply(database: Database, digest: string, path?: string): Promise<Reply> {
  const stored = await database.global((tx) => targetBytes(tx, digest, path));
  if (!stored) refuse('not-found', 'No released bundle has this address.');
  if (stored.revoked === 'kill') refuse('release-revoked', 'This version is revoked and is not handed out any more.');
  return { stream: stored.bytes, headers: { ...forEver, ...bundleType, etag: `"${digest}"` } };
}
