import type { Manifest } from '@digione/sdk/manifest';
import { elementText } from '../consent/index.ts';
import type { Tx } from '../db/index.ts';
import type { Id, Texts } from '../kernel/index.ts';

/** One line of the record of processing activities (GDPR Art. 30), made from what is agreed and enforced now. */
export interface ProcessingActivity {
  plugin: string;
  name: Texts | null;
  purpose: string;
  purposeText: Texts | null;
  legalBases: string[];
  fields: { element: string; text: Texts }[];
  retentionDays: number;
  processor: { name: string; country: string } | null;
  recipients: string[];
  /** Schools where the plugin is in use. */
  schools: number;
  agreedAt: string;
  expiresOn: string;
}

interface Row {
  plugin: string;
  name: Texts | null;
  purpose: string;
  bases: string[];
  elements: string[];
  retention: number;
  document: Partial<Pick<Manifest, 'vendor' | 'purposes' | 'subProcessors'>>;
  schools: number;
  accepted_at: Date;
  expires_on: string;
}

const activities = `select a.plugin, b.manifest -> 'name' as name, n.purpose, array_agg(distinct n.legal_basis) as bases,
    array_agg(distinct n.element) as elements, max(n.retention_days) as retention, a.document, a.accepted_at, a.expires_on,
    (select count(*) from enablement e where e.municipality_id = $1 and e.agreement_id = a.id and e.status = 'enabled') as schools
  from agreement a
  join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id
  left join bundle b on b.plugin = a.plugin and b.version = a.version
  where a.municipality_id = $1 and a.status <> 'terminated'
  group by a.municipality_id, a.id, n.purpose, b.manifest
  order by a.plugin, a.accepted_at desc, n.purpose limit 2000`;

export async function processingRecord(tx: Tx, municipality: Id): Promise<ProcessingActivity[]> {
  const rows = await tx.query<Row>({ name: 'audit-processing', text: activities, values: [municipality] });
  return rows.map((row) => ({
    plugin: row.plugin,
    name: row.name,
    purpose: row.purpose,
    purposeText: row.document.purposes?.find(({ id }) => id === row.purpose)?.text ?? null,
    legalBases: row.bases,
    fields: row.elements.map((element) => ({ element, text: elementText(element) })),
    retentionDays: row.retention,
    processor: row.document.vendor ? { name: row.document.vendor.name, country: row.document.vendor.country } : null,
    recipients: (row.document.subProcessors ?? []).map(({ name }) => name),
    schools: row.schools,
    agreedAt: row.accepted_at.toISOString(),
    expiresOn: row.expires_on,
  }));
}
