import type { Database, Tx } from '../../db/index.ts';
import type { Clock, Id, Log } from '../../kernel/index.ts';
import type { HashIdentifier } from '../import/check-value.ts';

/** An act of the municipality, for the log. */
export interface RosterAct {
  municipality: Id;
  action:
    | 'roster.receive'
    | 'roster.load'
    | 'roster.export'
    | 'access.confirm'
    | 'access.decline'
    | 'person.compare'
    | 'person.merge';
  actor?: Id;
  actorRole: string;
  reason?: string;
  persons?: readonly Id[];
}

export type RecordRosterAct = (tx: Tx, act: RosterAct) => Promise<void>;

export interface RosterDeps {
  database: Database;
  clock: Clock;
  log: Log;
  /** Must be the function that sign-in uses. */
  hashIdentifier: HashIdentifier;
  recordAct: RecordRosterAct;
  /** Folder of this server for files that are being worked on. */
  folder: string;
  /** Bytes of one file at most; default 200 MB. */
  mostBytes?: number;
}

/** Who hands in a file: a person, or nobody when it was fetched. */
export interface RosterSender {
  municipality: Id;
  by?: Id;
  role: string;
}

export interface RosterOrder extends RosterSender {
  id: Id;
  work: 'check' | 'load';
  confirmRemovals?: boolean;
}
