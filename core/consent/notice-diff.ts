import { canonicalJson } from '../kernel/index.ts';
import type { NoticeBody } from './notice.ts';

export interface NoticeChange {
  field: keyof NoticeBody;
  kind: 'material' | 'editorial';
  from: unknown;
  to: unknown;
}

export interface NoticeDiff {
  kind: 'none' | 'material' | 'editorial';
  changes: NoticeChange[];
}

/** What a person agreed to: when one of these differs, the person has not agreed. The rest is how it was said. */
const material: ReadonlySet<keyof NoticeBody> = new Set([
  'purpose',
  'elements',
  'recipients',
  'places',
  'retentionDays',
  'basis',
]);

/** What is compared of a field: an element counts by its id, since its words may be mended; lists have no order. */
function essence(field: keyof NoticeBody, body: NoticeBody): unknown {
  if (field === 'elements') return body.elements.map(({ element }) => element).sort();
  if (field === 'recipients' || field === 'places') return [...body[field]].sort();
  return body[field];
}

/** The machine's comparison of what was agreed to with what is asked now. Languages are compared by the same rule: words only. */
export function diffNotices(agreed: NoticeBody, asked: NoticeBody): NoticeDiff {
  const changes = (Object.keys(asked) as (keyof NoticeBody)[])
    .filter((field) => canonicalJson(agreed[field]) !== canonicalJson(asked[field]))
    .map((field): NoticeChange => {
      const [from, to] = [essence(field, agreed), essence(field, asked)];
      const kind = material.has(field) && canonicalJson(from) !== canonicalJson(to) ? 'material' : 'editorial';
      return { field, kind, from, to };
    });
  if (changes.length === 0) return { kind: 'none', changes };
  return { kind: changes.some(({ kind }) => kind === 'material') ? 'material' : 'editorial', changes };
}
