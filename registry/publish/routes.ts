import { defineRoute, type Route } from '@digione/core/http';
import { tagged } from '../catalogue/index.ts';
import { isPublisher, type Caller, type Publisher } from '../caller.ts';
import { changeByVendor } from './change-by-vendor.ts';
import { describePlugin } from './describe-plugin.ts';
import { describeRelease } from './describe-release.ts';
import type { Publishing } from './publishing.ts';
import { receive } from './receive.ts';
import { knownRelease } from './release-store.ts';
import { PluginAnswer, PluginParams, ReleaseAnswer, ReleaseParams, StateChange, UploadAnswer } from './schemas.ts';

const route = defineRoute<Caller>();

export function publishRoutes(publishing: Publishing): Route<Caller>[] {
  const { database, queue } = publishing;
  return [
    route({
      method: 'PUT',
      path: '/v1/plugins/:vendor/:name/:version',
      summary: 'Send a version: the bundle as the body, its signed envelope in the header digione-envelope',
      access: isPublisher,
      params: ReleaseParams,
      bodyKind: 'raw',
      responses: { 200: UploadAnswer, 202: UploadAnswer },
      errors: [
        'too-large',
        'token-invalid',
        'namespace-foreign',
        'envelope-invalid',
        'signature-invalid',
        'digest-mismatch',
        'bundle-invalid',
        'manifest-invalid',
        'id-mismatch',
        'version-taken',
      ],
      handle: async ({ params: { vendor, name, version }, actor, ctx }) => {
        const plugin = `${vendor}/${name}`;
        const upload = {
          plugin,
          version,
          envelope: ctx.get('digione-envelope'),
          publisher: actor as Publisher,
          request: ctx.req,
        };
        const { release, isNew } = await receive(publishing, upload);
        if (isNew) queue.wake();
        const { digest, state } = release;
        return {
          status: isNew ? 202 : 200,
          body: { plugin, version, digest, state, status: `/v1/plugins/${plugin}/${version}` },
        };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/plugins/:vendor/:name',
      summary: 'A plugin of the catalogue: manifest of its newest version, and all versions',
      access: 'public',
      params: PluginParams,
      responses: { 200: PluginAnswer },
      errors: ['not-found'],
      handle: async ({ params, ctx }) =>
        tagged(ctx, await database.global((tx) => describePlugin(tx, `${params.vendor}/${params.name}`))),
    }),
    route({
      method: 'GET',
      path: '/v1/plugins/:vendor/:name/:version',
      summary: 'How a version stands; its vendor and reviewers also see checks and moves',
      access: 'public',
      params: ReleaseParams,
      responses: { 200: ReleaseAnswer },
      errors: ['not-found'],
      handle: async ({ params: { vendor, name, version }, actor }) => ({
        body: await database.global(async (tx) =>
          describeRelease(tx, await knownRelease(tx, `${vendor}/${name}`, version), actor),
        ),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/plugins/:vendor/:name/:version/state',
      summary: 'Withdraw, deprecate or end a version, or answer why it is held',
      access: isPublisher,
      params: ReleaseParams,
      body: StateChange,
      responses: { 200: ReleaseAnswer },
      errors: ['not-found', 'namespace-foreign', 'transition-not-allowed'],
      handle: async ({ params: { vendor, name, version }, body, actor }) => ({
        body: await changeByVendor(publishing, {
          plugin: `${vendor}/${name}`,
          version,
          publisher: actor as Publisher,
          ...body,
        }),
      }),
    }),
  ];
}
