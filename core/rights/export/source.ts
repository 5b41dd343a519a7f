import type { SubjectLens } from '../../access/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

/** Whose data is collected, for whom. */
export interface Collecting {
  municipality: Id;
  lens: SubjectLens;
  asker: Id;
  audience: 'guardian' | 'learner';
  after: string | null;
  limit: number;
}

export interface SourceRow {
  key: string;
  row: Record<string, unknown>;
  /** The rule by which the whole row is kept back, or null. */
  held: string | null;
}

/** A kind of record of a person: where it lies, what of it is given out and by which rule the rest is not. */
export interface Source {
  id: string;
  /** Tables that it accounts for; a test holds the list of all sources against the database. */
  tables: readonly string[];
  /** Data elements that its rows show, for the log. */
  elements?: readonly string[];
  /** Fields of a row that are kept back for some, and the rule. */
  fields?: (lens: SubjectLens) => Readonly<Record<string, string>>;
  /** Rules by which this source always keeps something back, whether there is any such thing or not: its absence tells nothing. */
  always?: (lens: SubjectLens) => readonly string[];
  pageSize?: number;
  page(tx: Tx, collecting: Collecting): Promise<SourceRow[]>;
  /** Content of the files that a page names. */
  file?: (
    tx: Tx,
    municipality: Id,
    row: Record<string, unknown>,
  ) => Promise<{ name: string; bytes: Buffer } | undefined>;
}

/**
 * A source that is one statement with the columns key, row and held. It may use: $1 municipality, $2 person, and of `asked`
 * the columns asker, audience (guardian or learner) and withheld.
 */
export function sqlSource(source: Omit<Source, 'page'> & { select: string }): Source {
  const text = `with asked as materialized (select $5::uuid as asker, $6::text as audience, $7::boolean as withheld)
    select key, row, held from (${source.select}) s (key, row, held)
    where $3::text is null or key collate "C" > $3 order by key collate "C" limit $4::int`;
  return {
    ...source,
    page: (tx, { municipality, lens, asker, audience, after, limit }) =>
      tx.query<SourceRow>({
        name: `export-${source.id}`,
        text,
        values: [municipality, lens.person, after, limit, asker, audience, lens.withheld],
      }),
  };
}
