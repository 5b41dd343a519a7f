import test from 'ava';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { STATUS_CODES } from 'node:http';
import { settings } from '../core/config/index.ts';
import { refusalCodes } from '../core/kernel/index.ts';

/** Parts of the documents that come from the code. `DIGIONE_WRITE_DOCUMENTS=1 npm test -- test/documents.test.ts` writes them anew. */
const rewrite = process.env['DIGIONE_WRITE_DOCUMENTS'] === '1';
const place = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

function settingsTable(): string {
  return Object.entries(settings)
    .map(([name, { default: value, meaning }]) => `| \`${name}\` | ${value ? `\`${value}\`` : '–'} | ${meaning} |`)
    .join('\n');
}

function errorsPage(): string {
  const rows = Object.entries(refusalCodes).map(
    ([code, status]) => `| \`${code}\` | ${status} ${STATUS_CODES[status]} |`,
  );
  return [
    '# Every refusal',
    '',
    'Answers other than success are problem+json (RFC 9457): `type`, `title`, `status`, `code`, `detail`, `trace`. The code is',
    'stable, the detail is for people, the trace number stands in the log too. 5xx explain nothing. From',
    '`core/kernel/refusal-codes.ts`.',
    '',
    '| code | status |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

test("the README's table of settings is the code's", (t) => {
  const readme = readFileSync(place('README.md'), 'utf8');
  const written = readme.replace(
    /<!-- settings -->[\s\S]*<!-- \/settings -->|(\|---\|---\|---\|\n)(?:\| `[A-Z_]+` \|.*\n)+/,
    (whole, head?: string) =>
      head ? `${head}${settingsTable()}\n` : whole.includes('settings') ? settingsTable() : whole,
  );
  if (rewrite) writeFileSync(place('README.md'), written);
  t.true(readme.includes(settingsTable()) || rewrite, 'README.md has another table than core/config/settings.ts');
});

test('docs/errors.md lists every refusal of the code', (t) => {
  if (rewrite) writeFileSync(place('docs/errors.md'), errorsPage());
  t.is(readFileSync(place('docs/errors.md'), 'utf8'), errorsPage());
});
