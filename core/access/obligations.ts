import type { World } from './world.ts';

export type Lease = 'during-request' | 'while-user-online' | 'background';

/** What comes with a field that is shown. */
export interface Obligations {
  /** Only the coarse form is handed out: an initial, the year of birth, the town. */
  coarse: boolean;
  /** It may be used here and sent nowhere. */
  noExport: boolean;
  /** How long it may be held: for the request, while its user is signed in, or also by jobs. */
  lease: Lease;
}

/** The portal's own door rests on law and shows what there is. */
export const portalObligations: Obligations = { coarse: false, noExport: false, lease: 'while-user-online' };

export function obligationsOf(agreed: World['agreed'][number]): Obligations {
  const { coarse = false, noExport = false, background } = agreed;
  return { coarse, noExport, lease: background ? 'background' : (agreed.lease ?? 'while-user-online') };
}

const length: Record<Lease, number> = { 'during-request': 0, 'while-user-online': 1, background: 2 };

/** Whether what is agreed for one length of holding covers the use that asks for another. */
export function covers(agreed: Lease, asked: Lease): boolean {
  return length[agreed] >= length[asked];
}

/** The coarse form of each column in SQL; an element without one is left out where only that is allowed. */
export function coarseSql(column: string): string {
  const forms: Record<string, string> = {
    'p.given_name': "left(p.given_name, 1) || '.'",
    'p.family_name': "left(p.family_name, 1) || '.'",
    'p.preferred_name': "left(p.preferred_name, 1) || '.'",
    'p.birth_date': "date_trunc('year', p.birth_date)::date",
    'p.address': "nullif(trim(substring(p.address from '[^,]*$')), p.address)",
  };
  return forms[column] ?? 'null';
}
