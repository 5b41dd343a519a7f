import type { ColumnKind } from './column-kinds.ts';
import type { ProblemAction, ProblemReason } from './problems.ts';

/** Turns `{hetu:…}` into the stored form; identity owns the key. */
export type HashIdentifier = (value: string) => string;

/** Tells what was wrong with the value at hand. */
export type Complain = (reason: ProblemReason, action: ProblemAction) => void;

/** A checked value in PostgreSQL's text form, or null; complains about what it could not use as it stood. */
export type Check = (value: string, complain: Complain) => string | null;

export function checkOf(kind: ColumnKind, hashIdentifier: HashIdentifier): Check {
  if (kind.kind === 'text') return textCheck(kind.max, kind.min ?? 1);
  if (kind.kind === 'enum') return enumCheck(kind.values);
  if (kind.kind === 'identifiers') return identifiersCheck(hashIdentifier);
  if (kind.kind === 'date') return dateCheck();
  return checks[kind.kind];
}

const idPattern = /^[0-9A-Za-z./@_-]{1,255}$/;

const checks: Record<'id' | 'ids' | 'boolean' | 'number' | 'grades', Check> = {
  id: (value, complain) => (idPattern.test(value) ? value : leaveOut('bad-id', complain)),
  ids(value, complain) {
    const parts = value.split(',').map((part) => part.trim());
    const sound = parts.filter((part) => idPattern.test(part));
    if (sound.length < parts.length) complain('bad-id', sound.length > 0 ? 'corrected' : 'value-left-out');
    return sound.length > 0 ? sound.join(',') : null;
  },
  boolean(value, complain) {
    if (value === 'true' || value === 'false') return value;
    const meaning = booleanWords.get(value.toLowerCase());
    if (!meaning) return leaveOut('bad-boolean', complain);
    complain('odd-spelling', 'corrected');
    return meaning;
  },
  number(value, complain) {
    if (/^-?\d{1,12}(\.\d{1,9})?$/.test(value)) return value;
    const dotted = value.replace(',', '.').replace(/\s/g, '');
    if (!/^-?\d{1,12}(\.\d{1,9})?$/.test(dotted)) return leaveOut('bad-number', complain);
    complain('odd-spelling', 'corrected');
    return dotted;
  },
  // A class for several grades is kept with all of them: `1,2`.
  grades: (value, complain) => (/^[^\0\uFFFD]{1,16}$/.test(value) ? value : leaveOut('too-long', complain)),
};

function leaveOut(reason: ProblemReason, complain: Complain): null {
  complain(reason, 'value-left-out');
  return null;
}

function textCheck(max: number, min: number): Check {
  return (value, complain) => {
    if (value.length < min) return leaveOut('too-short', complain);
    if (value.length > max) return leaveOut('too-long', complain);
    if (value.includes('\uFFFD') || value.includes('\0')) return leaveOut('not-utf-8', complain);
    return value;
  };
}

function enumCheck(values: readonly string[]): Check {
  const exact = new Set(values);
  const squeezed = new Map(values.map((value) => [squeeze(value), value]));
  return (value, complain) => {
    if (exact.has(value)) return value;
    const meant = squeezed.get(squeeze(value));
    if (!meant) return leaveOut('bad-enum', complain);
    complain('odd-spelling', 'corrected');
    return meant;
  };
}

/** For comparing spellings: `Fully_Graded` and `fully graded` are the same word. */
export function squeeze(value: string): string {
  return value.toLowerCase().replace(/[\s_-]/g, '');
}

const booleanWords = new Map([
  ...['true', '1', 'yes', 'y', 't', 'kyllä', 'ja'].map((word) => [word, 'true'] as const),
  ...['false', '0', 'no', 'n', 'f', 'ei', 'nej'].map((word) => [word, 'false'] as const),
]);

/** A roster has few dates and each of them thousands of times: sound ones are remembered for the file. */
function dateCheck(): Check {
  const sound = new Set<string>();
  return (value, complain) => {
    if (sound.has(value)) return value;
    if (isCalendarDate(value)) {
      if (sound.size < 20_000) sound.add(value);
      return value;
    }
    const date = otherDate(value);
    if (!date || !isCalendarDate(date)) return leaveOut('bad-date', complain);
    complain('odd-spelling', 'corrected');
    return date;
  };
}

function isCalendarDate(value: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1901 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Finnish 24.11.2026, compact 20261124, and a date with a time behind it. */
function otherDate(value: string): string | undefined {
  const finnish = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(value);
  if (finnish) return `${finnish[3]}-${finnish[2]!.padStart(2, '0')}-${finnish[1]!.padStart(2, '0')}`;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (compact) return `${compact[1]}-${compact[2]}-${compact[3]}`;
  return /^(\d{4}-\d{2}-\d{2})T[\d:.]+(Z|[+-]\d{2}:?\d{2})?$/.exec(value)?.[1];
}

const keptSchemes = new Set(['learner-number', 'mpass-uid', 'username', 'hetu-hash']);

/** `{type:value},…` becomes lines of `scheme=value`; a national identity code is hashed before it goes anywhere. */
function identifiersCheck(hashIdentifier: HashIdentifier): Check {
  return (value, complain) => {
    const lines: string[] = [];
    for (const [, type = '', identifier = ''] of value.matchAll(/\{([^:{}\0]{1,64}):([^{}\0]{1,255})\}/g)) {
      const scheme = type.trim().toLowerCase();
      if (scheme === 'hetu') lines.push(`hetu-hash=${hashIdentifier(identifier.trim().toUpperCase())}`);
      else if (keptSchemes.has(scheme) && !identifier.includes('\n')) lines.push(`${scheme}=${identifier.trim()}`);
      else complain('not-kept', 'value-left-out');
    }
    if (lines.length === 0 && !/^\s*(\{[^{}]*\}\s*,?\s*)*$/.test(value)) complain('bad-id', 'value-left-out');
    return lines.length > 0 ? lines.join('\n') : null;
  };
}
