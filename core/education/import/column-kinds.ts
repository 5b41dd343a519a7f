/** What a column of a bundle holds; each kind has one check and one staging type. */
export type ColumnKind =
  | { kind: 'id' | 'ids' | 'date' | 'boolean' | 'number' | 'grades' | 'identifiers'; required?: boolean }
  | { kind: 'text'; required?: boolean; max: number; min?: number }
  | { kind: 'enum'; required?: boolean; values: readonly string[] };

export interface Column {
  /** Name in the staging table. */
  as: string;
  check: ColumnKind;
}

const required = { required: true } as const;

export const id = (as: string): Column => ({ as, check: { kind: 'id' } });
export const ids = (as: string): Column => ({ as, check: { kind: 'ids' } });
export const date = (as: string): Column => ({ as, check: { kind: 'date' } });
export const boolean = (as: string): Column => ({ as, check: { kind: 'boolean' } });
export const number = (as: string): Column => ({ as, check: { kind: 'number' } });
export const grades = (as: string): Column => ({ as, check: { kind: 'grades' } });
export const identifiers = (as: string): Column => ({ as, check: { kind: 'identifiers' } });
export const text = (as: string, max = 200): Column => ({ as, check: { kind: 'text', max } });
/** Telephone numbers and e-mail addresses: shorter than three characters is a dash or a dot. */
export const contact = (as: string, max: number): Column => ({ as, check: { kind: 'text', max, min: 3 } });
export const oneOf = (as: string, ...values: string[]): Column => ({ as, check: { kind: 'enum', values } });

/** A row without a sound value here is left out, and says so. */
export const must = ({ as, check }: Column): Column => ({ as, check: { ...check, ...required } });

/** PostgreSQL type in which a checked value is staged. */
export function stagingType({ kind }: ColumnKind): string {
  if (kind === 'date' || kind === 'boolean') return kind;
  return kind === 'number' ? 'numeric' : 'text';
}
