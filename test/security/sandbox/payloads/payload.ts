/** Hostile code and how it must end: with one of these codes, or `ok` with exactly this value. */
export interface Payload {
  title: string;
  /** Body of the call `run`. */
  body?: string;
  /** The whole plugin instead of a body. */
  source?: string;
  ends: string[];
  /** When it may end as `ok`: the answer it must then give. */
  value?: unknown;
  /** The handler to ask for, if not `run`. */
  name?: string;
  limits?: 'interactive' | 'job';
  /** It uses nothing but time. */
  waits?: boolean;
}

/** Builds rows of a table: title, body, codes. */
export function payloads(ends: string[], rows: Record<string, string>): Payload[] {
  return Object.entries(rows).map(([title, body]) => ({ title, body, ends }));
}

/** Escapes tell what they got hold of; the only good answer is "nothing". */
export function escapes(rows: Record<string, string>): Payload[] {
  return Object.entries(rows).map(([title, body]) => ({
    title,
    body: `const found = []; ${body}; return found;`,
    ends: ['ok'],
    value: [],
  }));
}
