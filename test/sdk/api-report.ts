import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes down the public surface of the SDK from its hand-written doors (`index.ts`), so that it changes only on purpose.
 * `node test/sdk/api-report.ts` writes sdk/API.md anew.
 */

/** One exported name. */
export interface Exported {
  readonly entry: string;
  readonly name: string;
  /** The declaration without its comments, shortened to what a caller sees. */
  readonly declaration: string;
  /** The first sentence of its doc comment; empty when it has none. */
  readonly doc: string;
}

const root = join(import.meta.dirname, '..', '..', 'sdk');

/** Everything that the package exports, by entry. */
export function exportedNames(): Exported[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string>;
  };
  return Object.entries(exports).flatMap(([entry, file]) =>
    namesOf(join(root, file)).map((exported) => ({ entry, ...exported })),
  );
}

/** The text of sdk/API.md. */
export function apiReport(): string {
  const names = exportedNames();
  const entries = [...new Set(names.map(({ entry }) => entry))];
  const sections = entries.map((entry) =>
    section(
      entry,
      names.filter((exported) => exported.entry === entry),
    ),
  );
  return `# What @digione/sdk exports\n\nWritten by \`node test/sdk/api-report.ts\`; a test compares it with the code.\n\n${sections.join('\n')}`;
}

function section(entry: string, names: readonly Exported[]): string {
  const parts = names.map(({ declaration, doc }) => `${doc}\n\`\`\`ts\n${declaration}\n\`\`\`\n`);
  return `## \`@digione/sdk${entry.slice(1)}\`\n\n${parts.join('\n')}`;
}

function namesOf(file: string): Omit<Exported, 'entry'>[] {
  const text = readFileSync(file, 'utf8');
  const own = [...text.matchAll(/^export (?:const|function|class|interface|type) (\w+)/gm)].map(([, name = '']) =>
    describe(text, name),
  );
  const passed = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';/gm)].flatMap(
    ([, list = '', from = '']) =>
      list
        .split(',')
        .map((each) => each.replace(/\btype\b/, '').trim())
        .filter(Boolean)
        .map((name) => find(join(dirname(file), from), name)),
  );
  return [...own, ...passed].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Follows a name through doors to the file that declares it. */
function find(file: string, name: string): Omit<Exported, 'entry'> {
  const text = readFileSync(file, 'utf8');
  const onward = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)';/gm)].find(([, list = '']) =>
    new RegExp(`\\b${name}\\b`).test(list),
  );
  return onward?.[2] ? find(join(dirname(file), onward[2]), name) : describe(text, name);
}

function describe(text: string, name: string): Omit<Exported, 'entry'> {
  const found = [
    ...text.matchAll(
      new RegExp(
        `((?:/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\s*)?(?://[^\\n]*\\n)*)^export (?:async )?(?:const|function|class|interface|type) ${name}\\b`,
        'gm',
      ),
    ),
  ];
  if (found.length === 0) throw new Error(`${name} is not declared.`);
  const declarations = found.map((each) => declarationAt(text, each.index + (each[1] ?? '').length));
  return { name, declaration: declarations.join('\n'), doc: firstSentence(found[0]?.[1] ?? '') };
}

function firstSentence(comment: string): string {
  const words = comment
    .replace(/^\/\*\*|\*\/[\s\S]*$/g, '')
    .replace(/^\s*\* ?/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.split(/(?<=[.;:]) (?=[A-Z@])/)[0] ?? '';
}

/** Interfaces whole, functions to their body, constants to their value, classes to their name. */
function declarationAt(text: string, start: number): string {
  const rest = text.slice(start);
  if (/^export interface/.test(rest)) return withoutComments(rest.slice(0, rest.indexOf('\n}') + 2));
  if (/^export type/.test(rest)) return withoutComments(rest.slice(0, rest.search(/;\n/) + 1));
  if (/^export (async )?function/.test(rest)) return rest.slice(0, rest.search(/ \{\n/)).replace(/\s+/g, ' ');
  return rest
    .slice(0, rest.search(/ =|\(| \{/))
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutComments(code: string): string {
  return code.replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, '').replace(/^\s*\/\/.*\n/gm, '');
}

if (import.meta.main) writeFileSync(join(root, 'API.md'), apiReport());
