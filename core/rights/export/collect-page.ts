import type { SubjectAsker, SubjectLens } from '../../access/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import { exercise, type RightsDeps } from '../exercising.ts';
import { type ExportRow, lockWaiting, moveOn } from './export-store.ts';
import { keepPage } from './page-store.ts';
import type { Source, SourceRow } from './source.ts';

export interface CollectDeps extends Pick<RightsDeps, 'database' | 'clock' | 'mandates'> {
  /** Rows of a page where the source does not say; default 200. */
  pageSize?: number;
  sources: readonly Source[];
}

const usualPage = 200;
export const leaseMs = 60_000;

/** How the collecting stands after a page. */
export type Collected = 'more' | 'all' | 'gone';

/**
 * One page in one transaction and one snapshot: decides anew whether the asker may have it, reads, logs, keeps. What was
 * withdrawn or barred since the last page is not in this one.
 */
export function collectPage(deps: CollectDeps, municipality: Id, id: Id): Promise<Collected> {
  return deps.database.inTenant(
    municipality,
    async (tx) => {
      const row = await lockWaiting(tx, municipality, id);
      if (!row) return 'gone';
      const source = deps.sources[row.sourceAt];
      if (!source) return 'all';
      const lens = await decideAnew(deps, tx, { municipality, row, source });
      const limit = deps.pageSize ?? source.pageSize ?? usualPage;
      const asker = lens.as === 'officer' ? lens.person : row.askedBy;
      const audience = lens.as === 'guardian' ? ('guardian' as const) : ('learner' as const);
      const found = await source.page(tx, { municipality, lens, asker, audience, after: row.keyAfter, limit });
      const page = await keepRows(tx, { municipality, row, source, lens }, found);
      const isLast = found.length < limit;
      await moveOn(
        tx,
        { municipality, id },
        {
          sourceAt: isLast ? row.sourceAt + 1 : row.sourceAt,
          keyAfter: isLast ? null : found.at(-1)!.key,
          page,
          leaseEnds: new Date(deps.clock.now().getTime() + leaseMs),
        },
      );
      return 'more';
    },
    { isolation: 'repeatable read' },
  );
}

interface AtSource {
  municipality: Id;
  row: ExportRow;
  source: Source;
}

async function decideAnew(deps: CollectDeps, tx: Tx, { municipality, row, source }: AtSource): Promise<SubjectLens> {
  const asker = askerOf(municipality, row);
  const action = row.askedRole === 'dataProtectionOfficer' ? 'rights.read' : 'family.read';
  return exercise(deps, tx, asker, { person: row.person, action, elements: source.elements ?? [] });
}

/** The asker as the export remembers them: which role they still hold is decided by what they are tied to now. */
export function askerOf(municipality: Id, row: Pick<ExportRow, 'askedBy' | 'askedRole'>): SubjectAsker {
  return { person: row.askedBy, role: row.askedRole, municipality: { id: municipality } };
}

async function keepRows(
  tx: Tx,
  { municipality, row, source, lens }: AtSource & { lens: SubjectLens },
  found: SourceRow[],
): Promise<number> {
  const hidden = source.fields?.(lens) ?? {};
  const given = found.filter(({ held }) => held === null);
  const withheld: Record<string, number> = {};
  for (const { held } of found) if (held !== null) withheld[held] = (withheld[held] ?? 0) + 1;
  const lines = given.map((one) => JSON.stringify(without(one.row, hidden)));
  const at = { municipality, id: row.id };
  let page = row.page;
  await keepPage(tx, at, {
    page,
    source: source.id,
    file: null,
    rows: given.length,
    content: Buffer.from(lines.join('\n')),
    withheld,
  });
  for (const one of source.file ? given : []) {
    const file = await source.file!(tx, municipality, one.row);
    page += 1;
    if (file)
      await keepPage(tx, at, { page, source: source.id, file: file.name, rows: 0, content: file.bytes, withheld: {} });
  }
  return page + 1;
}

function without(row: Record<string, unknown>, hidden: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([field]) => !(field in hidden)));
}
