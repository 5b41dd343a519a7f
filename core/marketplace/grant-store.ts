import type { Manifest } from '@digione/sdk/manifest';
import type { Tx } from '../db/index.ts';
import type { GrantPlace, PluginGrant } from './grants.ts';
import type { SignedTarget } from './signed-target.ts';

/** An enablement with everything that decides whether it may run. */
export interface GrantRow extends Omit<PluginGrant, 'municipality' | 'school' | 'plugin' | 'manifest'> {
  status: 'enabled' | 'stopped' | 'disabled';
  reason: string | null;
  revoked: NonNullable<SignedTarget['revoked']> | null;
}

// One row: elements come as one JSON value, so that the answer is one snapshot.
const grantText = `
  select e.version, e.digest, e.id as "enablementId", e.agreement_id as "agreementId", e.revision, e.status, e.reason,
    o.name as "schoolName", g.document -> 'egress' as egress, r.custom -> 'revoked' as revoked,
    (select coalesce(jsonb_agg(jsonb_build_object(
       'purpose', a.purpose, 'element', a.element, 'legalBasis', a.legal_basis, 'background', a.background)), '[]')
     from agreement_element a
     where a.municipality_id = e.municipality_id and a.agreement_id = e.agreement_id) as elements
  from enablement e
  join agreement g on g.municipality_id = e.municipality_id and g.id = e.agreement_id
  join org o on o.municipality_id = e.municipality_id and o.id = e.school_id
  left join release r on r.plugin = e.plugin and r.version = e.version
  where e.municipality_id = $1 and e.school_id = $2 and e.plugin = $3`;

export async function findGrant(tx: Tx, { municipality, school, plugin }: GrantPlace): Promise<GrantRow | undefined> {
  const [row] = await tx.query<GrantRow>({ name: 'grant-of', text: grantText, values: [municipality, school, plugin] });
  return row;
}

export async function findManifest(tx: Tx, digest: string): Promise<Manifest | undefined> {
  const text = 'select manifest from bundle where digest = $1';
  const [row] = await tx.query<{ manifest: Manifest }>({ name: 'bundle-manifest', text, values: [digest] });
  return row?.manifest;
}
