import type { Tx } from '../db/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Id } from '../kernel/index.ts';
import type { PluginGrant } from '../marketplace/index.ts';

/** A plugin's question about persons. The access room decides it, per person and element. */
export interface DataQuestion {
  grant: PluginGrant;
  actor: Actor;
  purpose: string;
  elements: string[];
}

export interface PageQuestion extends DataQuestion {
  limit: number;
  /** Pairwise id of the last row of the page before. */
  after?: string | undefined;
}

export interface Page<Row> {
  rows: Row[];
  /** Given when there may be more. */
  next?: string | undefined;
}

/** A row as the plugin may see it: its pairwise id, and the fields that the decision let through by their short names. */
export type PersonRow = { id: string } & Record<string, unknown>;

export interface SubjectQuestion extends DataQuestion {
  persons: Id[];
  /** What the audit log calls it. */
  action: 'storage.read' | 'storage.write' | 'storage.remove';
}

/** What the capabilities need from the access room: the only way to personal data. */
export interface DataDoor {
  students(question: PageQuestion & { class?: string | undefined }): Promise<Page<PersonRow>>;
  classes(question: PageQuestion): Promise<Page<{ id: string; title?: string }>>;
  /** Of these persons, those about whom the plugin may now hold the element. Writes the event in the same transaction. */
  subjects(tx: Tx, question: SubjectQuestion): Promise<ReadonlySet<Id>>;
  pseudonym(realm: { municipality: Id; plugin: string }, id: Id): string;
  /** The real id behind a pairwise one; undefined for what is none. */
  original(realm: { municipality: Id; plugin: string }, pseudonym: string): Id | undefined;
}
