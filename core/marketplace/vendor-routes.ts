import { Type } from 'typebox';
import { defineRoute, type Route } from '../http/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Marketplace } from './marketplace.ts';
import { PluginParams, RegistryOut, Uuid } from './schemas.ts';

const route = defineRoute<Actor>();
const isVendor = ({ role, municipality }: Actor): boolean => role === 'vendor' && municipality.kind === 'coordinator';
const { vendor } = PluginParams.properties;
const Vendor = Type.Object({ vendor });
const refusals = ['not-allowed', 'not-found', 'conflict', 'registry-unavailable'] as const;
const strict = { additionalProperties: false } as const;

/** The desk of people who work for vendors. What may be done at which vendor is the registry's to say. */
export function vendorRoutes(marketplace: Marketplace): Route<Actor>[] {
  return [...lookingRoutes(marketplace), ...makingRoutes(marketplace), ...endingRoutes(marketplace)];
}

function lookingRoutes({ vendorDesk }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/vendor',
      summary: 'Vendors that you work for',
      access: isVendor,
      responses: { 200: RegistryOut },
      errors: ['registry-unavailable'],
      handle: async ({ actor }) => ({ body: await vendorDesk.look(actor) }),
    }),
    route({
      method: 'GET',
      path: '/api/vendor/:vendor',
      summary: 'Plugins with the state of their versions, keys, tokens and members',
      access: isVendor,
      params: Vendor,
      responses: { 200: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params }) => ({ body: await vendorDesk.look(actor, params.vendor) }),
    }),
    route({
      method: 'GET',
      path: '/api/vendor/:vendor/plugins/:name',
      summary: 'Versions of a plugin with checks, moves and the words of reviewers',
      access: isVendor,
      params: PluginParams,
      responses: { 200: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params }) => ({
        body: await vendorDesk.look(actor, `${params.vendor}/plugins/${params.name}`),
      }),
    }),
  ];
}

/** What gives somebody or something power asks for a fresh sign-in. */
function makingRoutes({ vendorDesk }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/tokens',
      summary: 'A publish token of at most 24 hours; its text is told once',
      access: isVendor,
      freshSignIn: true,
      params: Vendor,
      body: Type.Object(
        {
          plugin: Type.Optional(Type.String({ maxLength: 80 })),
          lifetimeSeconds: Type.Integer({ minimum: 60, maximum: 86_400 }),
        },
        strict,
      ),
      responses: { 201: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params, body }) => ({
        status: 201,
        body: await vendorDesk.act(actor, `${params.vendor}/tokens`, body),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/members',
      summary: 'Invites a member by user name',
      access: isVendor,
      freshSignIn: true,
      params: Vendor,
      body: Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 120 }),
          username: Type.String({ minLength: 1, maxLength: 255 }),
          role: Type.Enum(['owner', 'developer', 'approver']),
        },
        strict,
      ),
      responses: { 201: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params, body }) => ({
        status: 201,
        body: await vendorDesk.act(actor, `${params.vendor}/members`, body),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/keys',
      summary: 'Registers an Ed25519 public key',
      access: isVendor,
      freshSignIn: true,
      params: Vendor,
      body: Type.Object({ publicKey: Type.String({ minLength: 40, maxLength: 1000 }) }, strict),
      responses: { 201: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params, body }) => ({
        status: 201,
        body: await vendorDesk.act(actor, `${params.vendor}/keys`, body),
      }),
    }),
  ];
}

/** What takes power away must be quick: no fresh sign-in stands before it. */
function endingRoutes({ vendorDesk }: Marketplace): Route<Actor>[] {
  return [
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/tokens/:id/revoke',
      summary: 'Ends a token at once',
      access: isVendor,
      params: Type.Object({ vendor, id: Uuid }),
      responses: { 204: Type.Null() },
      errors: refusals,
      handle: async ({ actor, params }) => {
        await vendorDesk.act(actor, `${params.vendor}/tokens/${params.id}/revoke`);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/members/:id/remove',
      summary: 'Ends a membership and its tokens',
      access: isVendor,
      params: Type.Object({ vendor, id: Uuid }),
      responses: { 204: Type.Null() },
      errors: refusals,
      handle: async ({ actor, params }) => {
        await vendorDesk.act(actor, `${params.vendor}/members/${params.id}/remove`);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/keys/:key/revoke',
      summary: 'Ends a key: nothing more is published with it',
      access: isVendor,
      params: Type.Object({ vendor, key: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      responses: { 204: Type.Null() },
      errors: refusals,
      handle: async ({ actor, params }) => {
        await vendorDesk.act(actor, `${params.vendor}/keys/${params.key}/revoke`);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/api/vendor/:vendor/revoke-everything',
      summary: 'Ends every key and token of the vendor in one call',
      access: isVendor,
      params: Vendor,
      responses: { 200: RegistryOut },
      errors: refusals,
      handle: async ({ actor, params }) => ({
        body: await vendorDesk.act(actor, `${params.vendor}/revoke-everything`),
      }),
    }),
  ];
}
