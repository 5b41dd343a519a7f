import type { Manifest } from '@digione/sdk/manifest';
import type { Database } from '../db/index.ts';
import { type Id, refuse } from '../kernel/index.ts';
import { recentlyUsed } from './recently-used.ts';
import type { SignedTarget } from './signed-target.ts';
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

interface Row extends Omit<PluginGrant, 'municipality' | 'school' | 'plugin' | 'manifest'> {
  status: 'enabled' | 'stopped' | 'disabled';
  reason: string | null;
  revoked: NonNullable<SignedTarget['revoked']> | null;
}

const manifestsKept = 2_000;

export function createGrants(database: Database): Grants {
  const manifests = recentlyUsed<Manifest>(manifestsKept);

  /** A digest names one manifest for ever, so nothing has to be told when it changes. */
  async function manifestOf(digest: string): Promise<Manifest> {
    const known = manifests.get(digest);
    if (known) return known;
    const query = { name: 'bundle-manifest', text: 'select manifest from bundle where digest = $1', values: [digest] };
    const [row] = await database.global((tx) => tx.query<{ manifest: Manifest }>(query));
    if (!row) refuse('not-found', 'This installation holds no such bundle.');
    manifests.set(digest, row.manifest);
    return row.manifest;
  }

  return {
    async of({ municipality, plugin, school }) {
      const query = { name: 'grant-of', text: grantText, values: [municipality, school, plugin] };
      const [row] = await database.inTenant(municipality, (tx) => tx.query<Row>(query), { readOnly: true });
      if (!row || row.status === 'disabled') refuse('plugin-not-enabled', `${plugin} is not in use in this school.`);
      const { status, reason, revoked, ...grant } = row;
      if (status === 'stopped') stopped(plugin, 'municipality', reason ?? undefined);
      if (revoked?.strength === 'kill') stopped(plugin, 'revoked', revoked.reason);
      return { municipality, plugin, school, ...grant, manifest: await manifestOf(grant.digest) };
    },
  };
}

// One row: elements come as one JSON value, so that the answer is one snapshot.
const grantText = `
  select e.version, e.digest, e.id as "enablementId", e.agreement_id as "agreementId", e.revision, e.status, e.reason,
    o.name as "schoolName", r.custom -> 'revoked' as revoked,
    (select coalesce(jsonb_agg(jsonb_build_object(
       'purpose', a.purpose, 'element', a.element, 'legalBasis', a.legal_basis, 'background', a.background)), '[]')
     from agreement_element a
     where a.municipality_id = e.municipality_id and a.agreement_id = e.agreement_id) as elements
  from enablement e
  join org o on o.municipality_id = e.municipality_id and o.id = e.school_id
  left join release r on r.plugin = e.plugin and r.version = e.version
  where e.municipality_id = $1 and e.school_id = $2 and e.plugin = $3`;

function stopped(plugin: string, by: 'municipality' | 'revoked', reason: string | undefined): never {
  const who = by === 'municipality' ? 'The municipality' : 'The registry';
  return refuse('plugin-stopped', `${who} stopped ${plugin} here. Ask the administrator of your municipality.`, {
    extra: { by, ...(reason ? { reason } : {}) },
  });
}
