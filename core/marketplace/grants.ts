import type { Manifest } from '@digione/sdk/manifest';
import type { Database } from '../db/index.ts';
import { type Id, refuse } from '../kernel/index.ts';
import { findGrant, findManifest } from './grant-store.ts';
import { recentlyUsed } from './recently-used.ts';
import type { LegalBasis } from './terms.ts';

export interface GrantedElement {
  purpose: string;
  element: string;
  legalBasis: LegalBasis;
  background: boolean;
}

/** What one plugin may do in one school: the signed manifest is the ceiling, the agreement the grant. */
export interface PluginGrant {
  municipality: Id;
  plugin: string;
  version: string;
  digest: string;
  school: Id;
  schoolName: string;
  enablementId: Id;
  agreementId: Id;
  /** Grows with each change of the enablement. */
  revision: number;
  elements: GrantedElement[];
  /** Hosts outside that the agreement accepts, and the data elements that may go there. */
  egress: Manifest['egress'];
  manifest: Manifest;
}

export interface GrantPlace {
  municipality: Id;
  plugin: string;
  school: Id;
}

export interface Grants {
  /** Refuses with the reason when the plugin may not run in this school now. */
  of(place: GrantPlace): Promise<PluginGrant>;
}

const manifestsKept = 2_000;

export function createGrants(database: Database): Grants {
  const manifests = recentlyUsed<Manifest>(manifestsKept);

  /** A digest names one manifest for ever, so nothing has to be told when it changes. */
  async function manifestOf(digest: string): Promise<Manifest> {
    const known = manifests.get(digest);
    if (known) return known;
    const manifest = await database.global((tx) => findManifest(tx, digest));
    if (!manifest) refuse('not-found', 'This installation holds no such bundle.');
    manifests.set(digest, manifest);
    return manifest;
  }

  return {
    async of({ municipality, plugin, school }) {
      const place = { municipality, plugin, school };
      const row = await database.inTenant(municipality, (tx) => findGrant(tx, place), { readOnly: true });
      if (!row || row.status === 'disabled') refuse('plugin-not-enabled', `${plugin} is not in use in this school.`);
      const { status, reason, revoked, ...grant } = row;
      if (status === 'stopped') stopped(plugin, 'municipality', reason ?? undefined);
      if (revoked?.strength === 'kill') stopped(plugin, 'revoked', revoked.reason);
      return { ...place, ...grant, manifest: await manifestOf(grant.digest) };
    },
  };
}

function stopped(plugin: string, by: 'municipality' | 'revoked', reason: string | undefined): never {
  const who = by === 'municipality' ? 'The municipality' : 'The registry';
  return refuse('plugin-stopped', `${who} stopped ${plugin} here. Ask the administrator of your municipality.`, {
    extra: { by, ...(reason ? { reason } : {}) },
  });
}
