import { defineRoute, type Route } from '@digione/core/http';
import { Type } from 'typebox';
import { isAdministrator, type Caller } from '../caller.ts';
import {
  KeyAnswer,
  NewKey,
  NewToken,
  NewVendor,
  TokenAnswer,
  VendorAnswer,
  VendorPage,
  VendorParams,
} from './schemas.ts';
import {
  addKey,
  createVendor,
  describeVendor,
  issueToken,
  revokeKey,
  shutOutVendor,
  type VendorDeps,
} from './vendors.ts';

const route = defineRoute<Caller>();

export function vendorRoutes(deps: VendorDeps): Route<Caller>[] {
  return [
    route({
      method: 'POST',
      path: '/v1/vendors',
      summary: 'Register a verified organisation with its namespace and members',
      access: isAdministrator,
      body: NewVendor,
      responses: { 201: VendorAnswer },
      errors: ['namespace-taken'],
      handle: async ({ body }) => ({ status: 201, body: await createVendor(deps, body) }),
    }),
    route({
      method: 'GET',
      path: '/v1/vendors/:vendor',
      summary: 'A vendor and its public keys',
      access: 'public',
      params: VendorParams,
      responses: { 200: VendorPage },
      errors: ['not-found'],
      handle: async ({ params }) => ({ body: vendorPage(await describeVendor(deps, params.vendor)) }),
    }),
    route({
      method: 'POST',
      path: '/v1/vendors/:vendor/keys',
      summary: 'Register an Ed25519 public key; it is written in the log',
      access: isAdministrator,
      params: VendorParams,
      body: NewKey,
      responses: { 201: KeyAnswer },
      errors: ['not-found', 'key-known', 'vendor-suspended'],
      handle: async ({ params, body }) => ({
        status: 201,
        body: keyAnswer(await addKey(deps, params.vendor, body.publicKey)),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/v1/vendors/:vendor/keys/:key',
      summary: 'Revoke a key: nothing more is published with it',
      access: isAdministrator,
      params: Type.Object({ ...VendorParams.properties, key: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      responses: {},
      errors: ['not-found'],
      handle: async ({ params }) => {
        await revokeKey(deps, params.vendor, params.key);
        return {};
      },
    }),
    route({
      method: 'POST',
      path: '/v1/vendors/:vendor/shut-out',
      summary: 'End every key and token of a vendor in one call',
      access: isAdministrator,
      params: VendorParams,
      responses: { 200: Type.Object({ keys: Type.Integer(), tokens: Type.Integer() }) },
      errors: ['not-found'],
      handle: async ({ params }) => ({ body: await shutOutVendor(deps, params.vendor) }),
    }),
    route({
      method: 'POST',
      path: '/v1/tokens',
      summary: 'Issue a publish token of at most 24 hours; its text is told once',
      access: isAdministrator,
      body: NewToken,
      responses: { 201: TokenAnswer },
      errors: ['not-found', 'namespace-foreign', 'vendor-suspended'],
      handle: async ({ body }) => ({ status: 201, body: tokenAnswer(await issueToken(deps, body)) }),
    }),
  ];
}

function vendorPage({ vendor, keys }: Awaited<ReturnType<typeof describeVendor>>) {
  const { namespace, name, businessId, country, state } = vendor;
  return { namespace, name, businessId, country, state, keys: keys.map(keyAnswer) };
}

function keyAnswer({ keyId, publicKey, revokedAt }: Awaited<ReturnType<typeof addKey>>) {
  return { keyId, publicKey, ...(revokedAt && { revokedAt: revokedAt.toISOString() }) };
}

function tokenAnswer({ id, token, expiresAt }: Awaited<ReturnType<typeof issueToken>>) {
  return { id, token, expiresAt: expiresAt.toISOString() };
}
