import type { Tx } from '@digione/core/db';
import type { Membership, VendorPerson } from '../caller.ts';
import { describeRelease, releasesOfVendor } from '../publish/index.ts';
import { findVendor, keysOf, membersOf, tokensOf } from '../vendors/index.ts';

const day = 24 * 60 * 60 * 1000;

/** All that a vendor's own people see of it, but for the insides of its versions. */
export async function describeOwnVendor(tx: Tx, { vendor, namespace, role }: Membership, now: Date) {
  const { name, businessId, country, state } = (await findVendor(tx, namespace))!;
  const members = await membersOf(tx, vendor);
  const keys = await keysOf(tx, vendor);
  const tokens = await tokensOf(tx, vendor, new Date(now.getTime() - day));
  return {
    namespace,
    name,
    businessId,
    country,
    state,
    role,
    members: members.map(({ id, name: called, role: post, username, account }) => ({
      id,
      name: called,
      role: post,
      username: username ?? null,
      hasSignedIn: Boolean(account),
    })),
    keys: keys.map(({ keyId, publicKey, revokedAt }) => ({
      keyId,
      publicKey,
      revokedAt: revokedAt?.toISOString() ?? null,
    })),
    tokens: tokens.map(({ createdAt, expiresAt, revokedAt, ...token }) => ({
      ...token,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      isGood: revokedAt === null && expiresAt > now,
    })),
    plugins: await pluginsOf(tx, vendor),
  };
}

async function pluginsOf(tx: Tx, vendor: string) {
  const releases = await releasesOfVendor(tx, vendor);
  return [...Map.groupBy(releases, ({ plugin }) => plugin)].map(([plugin, versions]) => ({
    plugin,
    name: versions[0]!.manifest.name,
    versions: versions.map(({ version, state, stateSince, publishedAt }) => ({
      version,
      state,
      stateSince: stateSince.toISOString(),
      publishedAt: publishedAt.toISOString(),
    })),
  }));
}

/** The versions of one plugin with checks, moves and the words of its reviewers; the newest first. */
export async function describeOwnPlugin(
  tx: Tx,
  { vendor }: Membership,
  what: { plugin: string; caller: VendorPerson },
) {
  const releases = (await releasesOfVendor(tx, vendor)).filter(({ plugin }) => plugin === what.plugin);
  const versions = [];
  for (const release of releases) versions.push(await describeRelease(tx, release, what.caller));
  return { plugin: what.plugin, name: releases[0]?.manifest.name, versions };
}
