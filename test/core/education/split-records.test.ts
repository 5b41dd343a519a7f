import test from 'ava';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { BrokenCsv, splitRecords } from '../../../core/education/import/split-records.ts';

/** All records of a text that arrives in pieces cut at these places. */
function split(text: string, cuts: readonly number[] = [], delimiter: ',' | ';' = ',') {
  const splitter = splitRecords(delimiter);
  const places = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
  let from = 0;
  const records = places.flatMap((to) => {
    const piece = text.slice(from, to);
    from = to;
    return splitter.push(piece);
  });
  return [...records, ...splitter.end()];
}

/** The same by the package whose forgiving ways are the model; undefined when a quote is never closed. */
function model(text: string, delimiter: ',' | ';'): string[][] | undefined {
  try {
    return parse(text, { delimiter, relax_column_count: true, relax_quotes: true });
  } catch {
    return undefined;
  }
}

const pieces = ['a', 'bc', ',', ',', ';', '"', '"', '""', '\n', '\n', '\r\n', '\r', ' ', 'å'];
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

test('whatever the text and however it arrives, the records are those of csv-parse', (t) => {
  const property = fc.property(
    anyText,
    fc.array(fc.nat(), { maxLength: 5 }),
    fc.constantFrom(',' as const, ';' as const),
    (text, cuts, delimiter) => {
      const expected = model(text, delimiter);
      if (expected) {
        const fields = split(text, cuts, delimiter).map((record) => record.fields);
        if (JSON.stringify(fields) !== JSON.stringify(expected)) throw new Error(JSON.stringify({ fields, expected }));
      } else {
        t.throws(() => split(text, cuts, delimiter), { instanceOf: BrokenCsv }, JSON.stringify(text));
      }
    },
  );
  fc.assert(property, { numRuns: 5_000 });
  t.pass();
});

test('a record’s line is the line on which it begins, line feeds inside quotes counted', (t) => {
  const lines = split('h,h\r\n"one\ntwo\nthree",x\r\nlast,y').map(({ line }) => line);
  t.deepEqual(lines, [1, 2, 5]);
});

test('a quote that is never closed is told by the line of its record', (t) => {
  const error = t.throws(() => split('h\na\n"b\nc\n'), { instanceOf: BrokenCsv });
  t.is(error?.line, 3);
});

test('a record without an end does not gather the whole file', (t) => {
  const splitter = splitRecords(',');
  splitter.push('h\n');
  const chunk = `"${'x'.repeat(64 * 1024)}`;
  const error = t.throws(
    () => {
      for (let pushed = 0; pushed < 10; pushed += 1) splitter.push(pushed === 0 ? chunk : chunk.slice(1));
    },
    { instanceOf: BrokenCsv },
  );
  t.is(error?.line, 2);
});
