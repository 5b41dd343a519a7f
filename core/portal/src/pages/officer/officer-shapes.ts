import type { Texts } from '../../api/shapes.ts';

type Fields = { element: string; text: Texts }[];

export interface Incident {
  totals: { events: number; refused: number; persons: number; rows: number };
  persons: { id: string; name: string | null; reads: number; first: string; last: string; fields: Fields }[];
  next: string | null;
}

export interface ProcessingActivity {
  plugin: string;
  name: Texts | null;
  purpose: string;
  purposeText: Texts | null;
  legalBases: string[];
  fields: Fields;
  retentionDays: number;
  processor: { name: string; country: string } | null;
  recipients: string[];
  schools: number;
  agreedAt: string;
  expiresOn: string;
}
