import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Collecting, Source, SourceRow } from './source.ts';

interface Kept {
  key: string;
  plugin: string;
  purpose: string | null;
  /** `storage.<collection>`, or undefined where one purpose covers all. */
  element: string | null;
  row: Record<string, unknown>;
}

/** Rows of plugins are given out as long as their purpose has a basis: a consent that is gone takes them out of the next page. */
function pluginSource({
  id,
  tables,
  select,
  ...more
}: { id: string; tables: string[]; select: string } & Pick<Source, 'pageSize' | 'file'>): Source {
  const text = `select key, plugin, purpose, element, row from (${select}) s (key, plugin, purpose, element, row)
    where $3::text is null or key collate "C" > $3 order by key collate "C" limit $4::int`;
  return {
    id,
    tables,
    ...more,
    async page(tx: Tx, { municipality, lens, after, limit }: Collecting): Promise<SourceRow[]> {
      const values = [municipality, lens.person, after, limit];
      const rows = await tx.query<Kept>({ name: `export-${id}`, text, values });
      const bases = await consentElements(tx, municipality);
      return rows.map(({ key, plugin, purpose, element, row }) => {
        const elements = element === null ? (bases.get(`${plugin} ${purpose}`) ?? []) : [element];
        const mayRead = purpose === null || elements.every((one) => lens.hasBasis(plugin, purpose, one));
        return { key, row, held: mayRead ? null : 'consent' };
      });
    },
  };
}

/** Elements of each purpose that rest on consent. */
async function consentElements(tx: Tx, municipality: Id): Promise<Map<string, string[]>> {
  const rows = await tx.query<{ plugin: string; purpose: string; elements: string[] }>({
    name: 'export-consent-elements',
    text: `select a.plugin, n.purpose, array_agg(distinct n.element) as elements from agreement a
      join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id and n.legal_basis = 'consent'
      where a.municipality_id = $1 group by a.plugin, n.purpose`,
    values: [municipality],
  });
  return new Map(rows.map(({ plugin, purpose, elements }) => [`${plugin} ${purpose}`, elements]));
}

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

export const pluginSources: readonly Source[] = [
  pluginSource({
    id: 'documents',
    tables: ['document'],
    select: `select d.plugin || ' ' || d.school_id || ' ' || d.collection || ' ' || d.id, d.plugin, d.purpose, 'storage.' || d.collection,
        jsonb_build_object('plugin', d.plugin, 'collection', d.collection, 'id', d.id, 'purpose', d.purpose, 'content', d.body,
          'createdAt', ${iso('d.created_at')}, 'updatedAt', ${iso('d.updated_at')})
      from document d where d.municipality_id = $1 and d.subject_id = $2`,
  }),
  pluginSource({
    id: 'files',
    tables: ['plugin_file', 'file_content'],
    pageSize: 10,
    file: fileOf,
    select: `select f.id::text, f.plugin, f.purpose, null, jsonb_build_object('plugin', f.plugin, 'purpose', f.purpose, 'file', f.name,
        'type', f.type, 'bytes', f.size, 'sha256', f.sha256, 'id', f.id, 'createdAt', ${iso('f.created_at')})
      from plugin_file f where f.municipality_id = $1 and f.subject_id = $2`,
  }),
  pluginSource({
    id: 'events',
    tables: ['plugin_event'],
    select: `select e.id::text, coalesce(e.plugin, ''), null, null, jsonb_build_object('plugin', e.plugin, 'name', e.name, 'content', e.body,
        'publishedAt', ${iso('e.published_at')})
      from plugin_event e where e.municipality_id = $1 and e.subject_id = $2`,
  }),
];

async function fileOf(
  tx: Tx,
  municipality: Id,
  row: Record<string, unknown>,
): Promise<{ name: string; bytes: Buffer } | undefined> {
  const [found] = await tx.query<{ bytes: Buffer }>({
    name: 'export-file',
    text: 'select bytes from file_content where municipality_id = $1 and sha256 = $2',
    values: [municipality, row['sha256']],
  });
  // Whatever a plugin calls its file, it stays within its folder of the archive.
  const name = `files/${String(row['id'])}-${String(row['file'])
    .replace(/[^\p{L}\p{N}._-]/gu, '_')
    .slice(-100)}`;
  return found && { name, bytes: found.bytes };
}
