import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface ExportPage {
  page: number;
  source: string;
  /** Name within the archive; null for rows. */
  file: string | null;
  rows: number;
  /** Rows as JSON texts, one a line; or the bytes of the file. */
  content: Buffer;
  /** Rule by rule how many rows were kept back. */
  withheld: Record<string, number>;
}

interface OfExport {
  municipality: Id;
  id: Id;
}

export async function keepPage(
  tx: Tx,
  at: OfExport,
  { page, source, file, rows, content, withheld }: ExportPage,
): Promise<void> {
  await tx.query({
    name: 'subject-page-keep',
    text: `insert into subject_export_page (municipality_id, export_id, page, source, file, rows, content, withheld)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [at.municipality, at.id, page, source, file, rows, content, withheld],
  });
}

export type PageHead = Omit<ExportPage, 'content'>;

export function pageHeads(tx: Tx, at: OfExport): Promise<PageHead[]> {
  return tx.query({
    name: 'subject-page-heads',
    text: `select page, source, file, rows, withheld from subject_export_page where municipality_id = $1 and export_id = $2 order by page`,
    values: [at.municipality, at.id],
  });
}

export async function pageContent(tx: Tx, at: OfExport, page: number): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ content: Buffer }>({
    name: 'subject-page-content',
    text: 'select content from subject_export_page where municipality_id = $1 and export_id = $2 and page = $3',
    values: [at.municipality, at.id, page],
  });
  return row?.content;
}
