import { defineRoute, type Route } from '@digione/core/http';
import { Type } from 'typebox';
import { isVendorPerson, type Caller, type VendorPerson } from '../caller.ts';
import {
  addKey,
  findVendor,
  issueToken,
  KeyAnswer,
  revokeKey,
  TokenAnswer,
  type VendorDeps,
} from '../vendors/index.ts';
import { describeOwnPlugin, describeOwnVendor } from './describe-vendor.ts';
import { membershipIn } from './membership.ts';
import {
  ConsoleAnswer,
  Ended,
  MemberAnswer,
  NewMemberBody,
  NewOwnToken,
  OwnPluginAnswer,
  VendorsAnswer,
} from './schemas.ts';
import { dismissMember, endEverything, endToken, inviteMember } from './vendor-desk.ts';

const route = defineRoute<Caller>();
const namespace = Type.String({ pattern: '^[a-z][a-z0-9-]{1,38}$' });
const Vendor = Type.Object({ vendor: namespace });
const uuid = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const foreign = ['namespace-foreign', 'not-allowed'] as const;

/** A vendor's own people at their desk; the core names who they are. */
export function consoleRoutes(deps: VendorDeps): Route<Caller>[] {
  return [...lookingRoutes(deps), ...tokenRoutes(deps), ...memberRoutes(deps), ...keyRoutes(deps)];
}

function lookingRoutes({ database, clock }: VendorDeps): Route<Caller>[] {
  return [
    route({
      method: 'GET',
      path: '/v1/console',
      summary: 'Vendors that the caller works for',
      access: isVendorPerson,
      responses: { 200: VendorsAnswer },
      handle: async ({ actor }) => ({
        body: {
          items: await database.global(async (tx) => {
            const items = [];
            for (const { namespace: own, role } of (actor as VendorPerson).memberships) {
              const { name, state } = (await findVendor(tx, own))!;
              items.push({ namespace: own, name, state, role });
            }
            return items;
          }),
        },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/console/:vendor',
      summary: 'Plugins with the state of their versions, keys, tokens and members of a vendor',
      access: isVendorPerson,
      params: Vendor,
      responses: { 200: ConsoleAnswer },
      errors: foreign,
      handle: async ({ params, actor }) => {
        const membership = membershipIn(actor, params.vendor);
        return { body: await database.global((tx) => describeOwnVendor(tx, membership, clock.now())) };
      },
    }),
    route({
      method: 'GET',
      path: '/v1/console/:vendor/plugins/:name',
      summary: 'Versions of a plugin with their checks, moves and the words of reviewers',
      access: isVendorPerson,
      params: Type.Object({ vendor: namespace, name: namespace }),
      responses: { 200: OwnPluginAnswer },
      errors: foreign,
      handle: async ({ params, actor }) => {
        const membership = membershipIn(actor, params.vendor);
        const what = { plugin: `${params.vendor}/${params.name}`, caller: actor as VendorPerson };
        return { body: await database.global((tx) => describeOwnPlugin(tx, membership, what)) };
      },
    }),
  ];
}

function tokenRoutes(deps: VendorDeps): Route<Caller>[] {
  return [
    route({
      method: 'POST',
      path: '/v1/console/:vendor/tokens',
      summary: 'Issue a publish token of at most 24 hours to the caller; its text is told once',
      access: isVendorPerson,
      params: Vendor,
      body: NewOwnToken,
      responses: { 201: TokenAnswer },
      errors: [...foreign, 'vendor-suspended'],
      handle: async ({ params, body, actor }) => {
        const { member } = membershipIn(actor, params.vendor, ['owner', 'developer']);
        const issued = await issueToken(deps, { ...body, vendor: params.vendor, member, scopes: ['publish'] });
        return { status: 201, body: { ...issued, expiresAt: issued.expiresAt.toISOString() } };
      },
    }),
    route({
      method: 'POST',
      path: '/v1/console/:vendor/tokens/:token/revoke',
      summary: 'End a token at once',
      access: isVendorPerson,
      params: Type.Object({ vendor: namespace, token: uuid }),
      responses: { 204: Type.Null() },
      errors: [...foreign, 'not-found'],
      handle: async ({ params, actor }) => {
        await endToken(deps, membershipIn(actor, params.vendor), params.token);
        return { status: 204 };
      },
    }),
    route({
      method: 'POST',
      path: '/v1/console/:vendor/revoke-everything',
      summary: 'End every key and token of the vendor in one call',
      access: isVendorPerson,
      params: Vendor,
      responses: { 200: Ended },
      errors: foreign,
      handle: async ({ params, actor }) => ({
        body: await endEverything(deps, membershipIn(actor, params.vendor, ['owner'])),
      }),
    }),
  ];
}

function memberRoutes(deps: VendorDeps): Route<Caller>[] {
  return [
    route({
      method: 'POST',
      path: '/v1/console/:vendor/members',
      summary: 'Invite a member by user name',
      access: isVendorPerson,
      params: Vendor,
      body: NewMemberBody,
      responses: { 201: MemberAnswer },
      errors: [...foreign, 'conflict'],
      handle: async ({ params, body, actor }) => {
        const { id, name, role } = await inviteMember(deps, membershipIn(actor, params.vendor, ['owner']), body);
        return { status: 201, body: { id, name, role, username: body.username, hasSignedIn: false } };
      },
    }),
    route({
      method: 'POST',
      path: '/v1/console/:vendor/members/:member/remove',
      summary: 'End a membership and its tokens',
      access: isVendorPerson,
      params: Type.Object({ vendor: namespace, member: uuid }),
      responses: { 204: Type.Null() },
      errors: [...foreign, 'not-found', 'conflict'],
      handle: async ({ params, actor }) => {
        await dismissMember(deps, membershipIn(actor, params.vendor, ['owner']), params.member);
        return { status: 204 };
      },
    }),
  ];
}

function keyRoutes(deps: VendorDeps): Route<Caller>[] {
  return [
    route({
      method: 'POST',
      path: '/v1/console/:vendor/keys',
      summary: 'Register an Ed25519 public key; it is written in the log',
      access: isVendorPerson,
      params: Vendor,
      body: Type.Object(
        { publicKey: Type.String({ minLength: 40, maxLength: 1000 }) },
        { additionalProperties: false },
      ),
      responses: { 201: KeyAnswer },
      errors: [...foreign, 'key-known', 'vendor-suspended'],
      handle: async ({ params, body, actor }) => {
        const { namespace: own } = membershipIn(actor, params.vendor, ['owner']);
        const { keyId, publicKey } = await addKey(deps, own, body.publicKey);
        return { status: 201, body: { keyId, publicKey } };
      },
    }),
    route({
      method: 'POST',
      path: '/v1/console/:vendor/keys/:key/revoke',
      summary: 'End a key: nothing more is published with it',
      access: isVendorPerson,
      params: Type.Object({ vendor: namespace, key: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
      responses: { 204: Type.Null() },
      errors: [...foreign, 'not-found'],
      handle: async ({ params, actor }) => {
        await revokeKey(deps, membershipIn(actor, params.vendor, ['owner']).namespace, params.key);
        return { status: 204 };
      },
    }),
  ];
}
