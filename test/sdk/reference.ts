import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capabilities, type Capability } from '@digione/sdk/capabilities';
import { pluginErrors } from '@digione/sdk/errors';
import { dataElements, ManifestSchema } from '@digione/sdk/manifest';
import { leafViews, viewKinds, viewLimits } from '@digione/sdk/views';
import type { TSchema } from 'typebox';

/** Writes sdk/REFERENCE.md and sdk/manifest/digione.schema.json from the code: `node test/sdk/reference.ts`. */

const sdk = join(import.meta.dirname, '..', '..', 'sdk');

/** The JSON Schema of digione.json, for editors. */
export function manifestSchema(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...ManifestSchema }, null, 2)}\n`;
}

/** The lists that an author looks things up in. */
export function reference(): string {
  const parts = [doors(), elements(), errors(), views()];
  return `# Reference\n\nWritten by \`node test/sdk/reference.ts\`; a test compares it with the code.
The manifest's reference is its JSON Schema, \`sdk/manifest/digione.schema.json\`: name it as \`"$schema"\` in digione.json and your editor knows it.\n\n${parts.join('\n')}`;
}

function doors(): string {
  const rows = Object.values(capabilities).map(({ name, scope, summary, argument, result }: Capability) => [
    `\`${name}\``,
    scope === null ? '–' : `\`${scope}\``,
    summary,
    shape(argument),
    shape(result),
  ]);
  return table('Doors of the host', ['door', 'scope', 'what it does', 'argument', 'result'], rows);
}

function elements(): string {
  const rows = Object.entries(dataElements).map(([id, { category, text }]) => [
    `\`${id}\``,
    category,
    text.fi,
    text.sv,
    text.en,
  ]);
  return table('Data elements', ['element', 'category', 'fi', 'sv', 'en'], rows);
}

function errors(): string {
  const rows = Object.entries(pluginErrors).map(([code, { meaning, retryable }]) => [
    `\`${code}\``,
    meaning,
    retryable ? 'yes' : 'no',
  ]);
  return table('Errors', ['code', 'meaning', 'ask again?'], rows);
}

function views(): string {
  const rows = viewKinds.map((kind) => [
    `\`${kind}\``,
    kind in leafViews ? shape(leafViews[kind as keyof typeof leafViews]) : 'holds other views',
  ]);
  const bounds = Object.entries(viewLimits).map(([name, limit]) => `${name} ${limit}`);
  return `${table('Views', ['kind', 'members'], rows)}\nBounds of one tree: ${bounds.join(', ')}.\n`;
}

/** The members of an object's schema, optional ones with a question mark. */
function shape(schema: TSchema): string {
  const {
    type,
    properties = {},
    required = [],
  } = schema as { type?: string; properties?: object; required?: string[] };
  const names = Object.keys(properties).filter((name) => name !== 'kind');
  if (names.length === 0) return type === 'null' ? 'null' : '–';
  return names.map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``).join(' ');
}

function table(title: string, head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return `## ${title}\n\n${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

if (import.meta.main) {
  writeFileSync(join(sdk, 'REFERENCE.md'), reference());
  writeFileSync(join(sdk, 'manifest', 'digione.schema.json'), manifestSchema());
}
