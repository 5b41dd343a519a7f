import { createHash } from 'node:crypto';
import type { SubjectLens } from '../../access/index.ts';
import type { Tx } from '../../db/index.ts';
import { listMunicipalities } from '../../education/index.ts';
import type { Id, Texts } from '../../kernel/index.ts';
import { exercise } from '../exercising.ts';
import { askerOf, type CollectDeps } from './collect-page.ts';
import { type ExportRow, finishExport, lockWaiting } from './export-store.ts';
import type { ExportManifest, SourceMark } from './manifest.ts';
import { type PageHead, pageContent, pageHeads } from './page-store.ts';
import { rowsOf } from './rows-file.ts';
import type { Source } from './source.ts';
import { sourceTexts, withheldText } from './source-words.ts';

export const daysKept = 7;

/** The last step: decides once more, writes the table of contents, opens the download. */
export function finish(deps: CollectDeps, municipality: Id, id: Id): Promise<void> {
  return deps.database.inTenant(
    municipality,
    async (tx) => {
      const row = await lockWaiting(tx, municipality, id);
      if (!row) return;
      const asker = askerOf(municipality, row);
      const action = row.askedRole === 'dataProtectionOfficer' ? 'rights.read' : 'family.read';
      const lens = await exercise(deps, tx, asker, { person: row.person, action });
      const readyAt = deps.clock.now();
      const expiresAt = new Date(readyAt.getTime() + daysKept * 86_400_000);
      const manifest = await manifestOf(tx, { municipality, row, lens, sources: deps.sources, readyAt, expiresAt });
      await finishExport(tx, { municipality, id }, { manifest, readyAt, expiresAt });
    },
    { isolation: 'repeatable read' },
  );
}

interface Finished {
  municipality: Id;
  row: ExportRow;
  lens: SubjectLens;
  sources: readonly Source[];
  readyAt: Date;
  expiresAt: Date;
}

async function manifestOf(
  tx: Tx,
  { municipality, row, lens, sources, readyAt, expiresAt }: Finished,
): Promise<ExportManifest> {
  const heads = Map.groupBy(await pageHeads(tx, { municipality, id: row.id }), ({ source }) => source);
  const marks: SourceMark[] = [];
  for (const source of sources)
    marks.push(await markOf(tx, { municipality, export: row.id, lens }, source, heads.get(source.id) ?? []));
  const named = (await listMunicipalities(tx)).find(({ id }) => id === municipality);
  const name: Texts = named?.name ?? { fi: '', sv: '', en: '' };
  return {
    format: 'digione-subject-export/1',
    person: row.person,
    municipality: name,
    for: lens.as,
    language: row.language,
    askedAt: row.askedAt.toISOString(),
    readyAt: readyAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    sources: marks,
  };
}

async function markOf(
  tx: Tx,
  at: { municipality: Id; export: Id; lens: SubjectLens },
  source: Source,
  pages: PageHead[],
): Promise<SourceMark> {
  const digest = createHash('sha256');
  const place = { municipality: at.municipality, id: at.export };
  for await (const part of rowsOf(tx, place, pages)) digest.update(part);
  const files = [];
  for (const { page, file } of pages.filter((one) => one.file !== null)) {
    const content = (await pageContent(tx, place, page)) ?? Buffer.alloc(0);
    files.push({ name: file!, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  const withheld = withheldOf(source, at.lens, pages);
  return {
    source: source.id,
    title: sourceTexts(source.id),
    file: `data/${source.id}.json`,
    rows: pages.reduce((sum, { rows }) => sum + rows, 0),
    sha256: digest.digest('hex'),
    files,
    completeness: withheld.length === 0 ? 'complete' : 'partly',
    withheld,
  };
}

/** Rules that always hold are named whether or not they kept back anything here: a number would tell what is kept back. */
function withheldOf(source: Source, lens: SubjectLens, pages: PageHead[]): SourceMark['withheld'] {
  const always = source.always?.(lens) ?? [];
  const counted = new Map<string, number>();
  for (const { withheld } of pages)
    for (const [rule, rows] of Object.entries(withheld)) counted.set(rule, (counted.get(rule) ?? 0) + rows);
  const fields = Map.groupBy(Object.entries(source.fields?.(lens) ?? {}), ([, rule]) => rule);
  const rules = new Set([...always, ...counted.keys(), ...fields.keys()]);
  return [...rules].map((rule) => ({
    rule,
    text: withheldText(rule),
    rows: always.includes(rule) ? null : (counted.get(rule) ?? 0),
    fields: (fields.get(rule) ?? []).map(([field]) => field),
  }));
}
