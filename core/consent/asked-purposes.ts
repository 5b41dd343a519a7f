import type { Manifest } from '@digione/sdk/manifest';
import type { Tx } from '../db/index.ts';
import type { Id, Texts } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import type { Deciders } from './consent-state.ts';

/** The agreement as the municipality accepted it, as far as notices are made from it. */
export type AgreedDocument = Pick<Manifest, 'vendor' | 'purposes' | 'subProcessors' | 'egress'>;

/** A purpose of an enabled plugin that rests on consent for a learner. */
export interface AskedPurpose {
  plugin: string;
  name: Texts;
  purpose: string;
  elements: string[];
  retentionDays: number;
  consentMajor: number;
  document: AgreedDocument;
  deciders: Deciders;
  selfFrom: number;
}

/** What is asked about a learner today, over all schools that the learner attends. */
const asked = `select distinct on (e.plugin, n.purpose) e.plugin, b.manifest -> 'name' as name, n.purpose,
    array_agg(distinct n.element order by n.element) as elements, max(n.retention_days) as "retentionDays",
    a.consent_major as "consentMajor", a.document,
    coalesce(y.deciders, 'any') as deciders, coalesce(y.self_from, 13)::int as "selfFrom"
  from (select distinct s.school_id from enrollment s where s.municipality_id = $1 and s.person_id = $2 and s.role = 'student'
    and s.valid_from <= $3::date and (s.valid_to is null or s.valid_to > $3::date)) s
  join enablement e on e.municipality_id = $1 and e.school_id = s.school_id and e.status <> 'disabled'
  join agreement a on a.municipality_id = $1 and a.id = e.agreement_id and a.status <> 'terminated'
  join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id and n.legal_basis = 'consent'
  left join bundle b on b.plugin = e.plugin and b.version = e.version
  left join consent_policy y on y.municipality_id = $1 and y.plugin = e.plugin and y.purpose = n.purpose
  group by e.plugin, n.purpose, a.id, a.consent_major, a.document, b.manifest, y.deciders, y.self_from
  order by e.plugin, n.purpose, a.consent_major desc`;

export async function askedPurposes(
  tx: Tx,
  { municipality, child, today }: { municipality: Id; child: Id; today: Day },
): Promise<AskedPurpose[]> {
  const rows = await tx.query<Omit<AskedPurpose, 'name'> & { name: Texts | null }>({
    name: 'consent-asked',
    text: asked,
    values: [municipality, child, today],
  });
  return rows.map((row) => ({ ...row, name: row.name ?? { fi: row.plugin, sv: row.plugin, en: row.plugin } }));
}
