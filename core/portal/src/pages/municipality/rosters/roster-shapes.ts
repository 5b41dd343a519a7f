import type { TextTree } from '../../../texts/fi.ts';

export interface Roster {
  id: string;
  source: 'upload' | 'fetch';
  bytes: number;
  receivedAt: string;
  state: keyof TextTree['rosters']['states'];
  progress: { file: string; phase: 'reading' | 'merging'; rows: number; share: number } | null;
  words: string[];
  tooMuchRemoved: string[];
  problems: number;
  run: string | null;
  refusal: string | null;
}

export interface PastImport {
  id: string;
  outcome: keyof TextTree['rosters']['outcomes'];
  startedAt: string;
  words: string[];
  problems: number;
}

export interface RosterProblem {
  serial: number;
  file: string;
  line: number;
  column: string;
  value: string;
  reason: keyof TextTree['rosters']['reasons'];
  action: keyof TextTree['rosters']['actions'];
}

export interface PendingAccess {
  id: string;
  kind: 'guardianship' | 'role';
  person: { id: string; name: string };
  child: { id: string; name: string } | null;
  role: string | null;
  org: { id: string; name: string } | null;
  custody: boolean;
}

export interface RosterSchedule {
  url: string;
  hour: number;
  header: string | null;
  nextAt: string;
  lastAt: string | null;
  lastOutcome: keyof TextTree['rosters']['fetchOutcomes'] | null;
}

export const isBusy = ({ state }: Roster): boolean => state === 'checking' || state === 'loading';
/** Something is still to be done with it. */
export const isAtHand = ({ state }: Roster): boolean => state !== 'loaded' && state !== 'discarded';
