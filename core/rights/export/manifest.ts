import type { Language, Texts } from '../../kernel/index.ts';

/** What an archive holds of one source, and whether that is all. */
export interface SourceMark {
  source: string;
  title: Texts;
  file: string;
  rows: number;
  /** SHA-256 of the file of rows as it lies in the archive. */
  sha256: string;
  files: { name: string; bytes: number; sha256: string }[];
  /** `complete`: the last row was reached. `partly`: all but what a rule keeps back. */
  completeness: 'complete' | 'partly';
  withheld: { rule: string; text: Texts; rows: number | null; fields: string[] }[];
}

/** The table of contents of an archive: what a reader checks it against. */
export interface ExportManifest {
  format: 'digione-subject-export/1';
  person: string;
  municipality: Texts;
  for: 'self' | 'guardian' | 'officer';
  language: Language;
  askedAt: string;
  readyAt: string;
  expiresAt: string;
  sources: SourceMark[];
}
