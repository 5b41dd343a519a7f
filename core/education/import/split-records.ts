/** One record of a CSV file and the line on which it begins, the first of the file being 1. */
export interface CsvRecord {
  line: number;
  fields: readonly string[];
}

/** The file stopped making sense in the record that begins at `line`. */
export class BrokenCsv extends Error {
  readonly line: number;

  constructor(line: number, why: string) {
    super(why);
    this.name = 'BrokenCsv';
    this.line = line;
  }
}

export interface RecordSplitter {
  /** Records that are whole now. */
  push(text: string): CsvRecord[];
  /** What is left when the file ends. */
  end(): CsvRecord[];
}

type Delimiter = ',' | ';';

/** In characters: a quote that is never closed must not gather the whole file. */
const longestRecord = 256 * 1024;

/**
 * RFC 4180 by hand, since a roster has millions of fields: a record without quotes is cut by `split`. Forgiving like the
 * `csv-parse` package with `relax_quotes` and `relax_column_count`, to which a test compares it on random text: a quote
 * inside a field stands for itself, and a field that goes on after its closing quote is taken as it is written.
 */
export function splitRecords(delimiter: Delimiter): RecordSplitter {
  let rest = '';
  let line = 1;
  // The first line end of the file is the line end of the file.
  let newline: string | undefined;

  function split(text: string, ended: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const cut = cutPlain(text, at, { delimiter, newline }) ?? cutRecord(text, at, { delimiter, newline, ended });
      if (!cut) break;
      newline ??= cut.newline;
      records.push({ line, fields: cut.fields });
      line += 1 + cut.newlines;
      at = cut.next;
    }
    rest = at === 0 ? text : text.slice(at);
    if (rest.length > longestRecord) throw new BrokenCsv(line, 'a record is longer than any record should be');
    if (ended && rest !== '') throw new BrokenCsv(line, 'a quote is opened and never closed');
    return records;
  }
  return { push: (text) => split(rest + text, false), end: () => split(rest, true) };
}

interface Cut {
  fields: string[];
  /** Where the next record begins. */
  next: number;
  /** Line feeds inside the fields. */
  newlines: number;
  newline?: string | undefined;
}

interface Marks {
  delimiter: Delimiter;
  newline: string | undefined;
}

/** The common case: a whole record without a quote. */
function cutPlain(text: string, at: number, { delimiter, newline }: Marks): Cut | undefined {
  if (newline === undefined) return undefined;
  const end = text.indexOf(newline, at);
  if (end < 0) return undefined;
  const record = text.slice(at, end);
  if (record.includes('"') || record.includes('\n')) return undefined;
  return { fields: record.split(delimiter), next: end + newline.length, newlines: 0 };
}

/** Any record, field by field; undefined when its end has not been read yet. */
function cutRecord(text: string, start: number, marks: Marks & { ended: boolean }): Cut | undefined {
  const fields: string[] = [];
  let newlines = 0;
  let at = start;
  for (;;) {
    const field = text[at] === '"' ? cutQuoted(text, at, marks) : cutBare(text, at, marks);
    if (!field) return undefined;
    fields.push(field.value);
    if (field.value.includes('\n')) newlines += field.value.split('\n').length - 1;
    if (field.end >= text.length) return { fields, next: text.length, newlines };
    if (text[field.end] !== marks.delimiter) {
      const newline = marks.newline ?? newlineAt(text, field.end);
      return { fields, next: field.end + newline.length, newlines, newline };
    }
    at = field.end + 1;
  }
}

interface Field {
  value: string;
  /** Where its delimiter, its line end or the end of the file stands. */
  end: number;
}

function cutBare(text: string, at: number, marks: Marks & { ended: boolean }): Field | undefined {
  const end = nextMark(text, at, marks);
  return end === undefined ? undefined : { value: text.slice(at, end), end };
}

function cutQuoted(text: string, at: number, marks: Marks & { ended: boolean }): Field | undefined {
  let close = text.indexOf('"', at + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close < 0) return undefined;
  const value = text.slice(at + 1, close).replaceAll('""', '"');
  const end = nextMark(text, close + 1, marks);
  if (end === undefined) return undefined;
  return { value: end === close + 1 ? value : `"${value}${text.slice(close, end)}`, end };
}

/** The next delimiter, line end or end of the file; undefined when more text must come first. */
function nextMark(text: string, at: number, { delimiter, newline, ended }: Marks & { ended: boolean }) {
  const comma = text.indexOf(delimiter, at);
  const ending = newline === undefined ? firstNewline(text, at) : text.indexOf(newline, at);
  const end = ending < 0 || (comma >= 0 && comma < ending) ? comma : ending;
  if (end < 0) return ended ? text.length : undefined;
  // A carriage return at the very end may be half of a line end.
  const half = newline === undefined && text[end] === '\r' && end === text.length - 1;
  return half && !ended ? undefined : end;
}

function firstNewline(text: string, at: number): number {
  const [feed, carriage] = [text.indexOf('\n', at), text.indexOf('\r', at)];
  return feed < 0 || carriage < 0 ? Math.max(feed, carriage) : Math.min(feed, carriage);
}

function newlineAt(text: string, at: number): string {
  return text.startsWith('\r\n', at) ? '\r\n' : text[at]!;
}
