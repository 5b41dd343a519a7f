import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** What one plugin had kept about one person for one purpose. */
export interface ErasedRecords {
  person: Id;
  plugin: string;
  purpose: string;
  records: number;
}

/** No other basis of the school's agreement lets the plugin keep it. */
const noOtherBasis = (alias: string) => `not exists (select from enablement e
    join agreement_element n on n.municipality_id = $1 and n.agreement_id = e.agreement_id and n.purpose = ${alias}.purpose
      and n.legal_basis <> 'consent' and n.element like 'storage.%'
    where e.municipality_id = $1 and e.school_id = ${alias}.school_id and e.plugin = ${alias}.plugin)`;

const gone = (
  alias: string,
) => `y.municipality_id = $1 and y.person_id = ${alias}.subject_id and y.plugin = ${alias}.plugin
    and y.purpose = ${alias}.purpose and not y.valid and y.changed_at <= $2 and y.state <> 'Suspended'`;

const documents = `with gone as (
    delete from document d using consent_state y where d.municipality_id = $1 and ${gone('d')} and ${noOtherBasis('d')}
    returning d.plugin, d.school_id, d.subject_id, d.purpose, d.bytes),
  freed as (
    update storage_usage u set documents = u.documents - g.documents, bytes = u.bytes - g.bytes
    from (select plugin, school_id, count(*) as documents, sum(bytes) as bytes from gone group by plugin, school_id) g
    where u.municipality_id = $1 and u.plugin = g.plugin and u.school_id = g.school_id)
  select subject_id as person, plugin, purpose, count(*)::int as records from gone group by subject_id, plugin, purpose`;

const files = `with gone as (
    delete from plugin_file f using consent_state y where f.municipality_id = $1 and ${gone('f')} and ${noOtherBasis('f')}
    returning f.plugin, f.subject_id, f.purpose)
  select subject_id as person, plugin, purpose, count(*)::int as records from gone group by subject_id, plugin, purpose`;

const contents = `delete from file_content c where c.municipality_id = $1
  and not exists (select from plugin_file f where f.municipality_id = $1 and f.sha256 = c.sha256)`;

/** Destroys what rests on consents that ended before an instant: it was out of sight since, from then on it is nowhere. */
export async function eraseWithdrawn(tx: Tx, municipality: Id, endedBefore: Date): Promise<ErasedRecords[]> {
  const values = [municipality, endedBefore];
  const erased = await tx.query<ErasedRecords>({ text: documents, values });
  const erasedFiles = await tx.query<ErasedRecords>({ text: files, values });
  if (erasedFiles.length > 0) await tx.query({ text: contents, values: [municipality] });
  const sums = new Map<string, ErasedRecords>();
  for (const one of [...erased, ...erasedFiles]) {
    const key = `${one.person} ${one.plugin} ${one.purpose}`;
    sums.set(key, { ...one, records: one.records + (sums.get(key)?.records ?? 0) });
  }
  return [...sums.values()];
}
