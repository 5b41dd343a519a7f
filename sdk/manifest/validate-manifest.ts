import { Compile } from 'typebox/compile';
import type { Problem } from './collection-schema-rules.ts';
import { type JsonDocument, JsonRefused, parseJson, type Place, placeOf } from './json-document.ts';
import { manifestProblems } from './manifest-rules.ts';
import { type Manifest, ManifestSchema } from './schema.ts';

/** Bounds of `digione.json`. */
export const manifestLimits = Object.freeze({ bytes: 256 * 1024, depth: 24, problems: 50 });

/** Something in `digione.json` that must be mended: what and where. */
export interface ManifestProblem extends Problem, Place {}

/** The outcome of `validateManifest`. */
export type ValidatedManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problems: readonly ManifestProblem[] };

const validator = Compile(ManifestSchema);

/**
 * Reads `digione.json` from its bytes. Never throws, whatever the bytes are; reports up to 50 problems, in the order of the text.
 *
 * @example
 * const checked = validateManifest(await readFile('digione.json'));
 * if (!checked.ok) for (const { line, column, message } of checked.problems) console.error(`${line}:${column} ${message}`);
 */
export function validateManifest(bytes: Uint8Array): ValidatedManifest {
  if (bytes.byteLength > manifestLimits.bytes)
    return refused('', 0, `The file is larger than ${manifestLimits.bytes / 1024} KB.`);
  const text = decode(bytes);
  if (text === undefined) return refused('', 0, 'The file is not UTF-8 without a byte order mark.');
  let document: JsonDocument;
  try {
    document = parseJson(text, manifestLimits.depth);
  } catch (error) {
    if (error instanceof JsonRefused) return refused(text, error.offset, error.message);
    throw error;
  }
  const problems = problemsOf(document.value);
  if (problems.length === 0) return { ok: true, manifest: document.value as Manifest };
  return { ok: false, problems: located(problems, text, document) };
}

function problemsOf(value: unknown): Problem[] {
  return validator.Check(value) ? manifestProblems(value) : shapeProblems(value);
}

function shapeProblems(value: unknown): Problem[] {
  const errors = validator.Errors(value).filter(({ keyword }) => keyword !== 'boolean');
  return errors.map(({ instancePath, message, keyword, params }) => {
    if (keyword === 'additionalProperties')
      return {
        pointer: instancePath,
        message: `Unknown: ${params.additionalProperties.map((name) => `"${name}"`).join(', ')}.`,
      };
    if (keyword === 'enum')
      return { pointer: instancePath, message: `Must be one of ${params.allowedValues.join(', ')}.` };
    return { pointer: instancePath, message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.` };
  });
}

function located(problems: Problem[], text: string, document: JsonDocument): ManifestProblem[] {
  const found = problems.map((problem) => ({ ...problem, offset: document.offsetOf(problem.pointer) }));
  found.sort((one, other) => one.offset - other.offset);
  return found
    .slice(0, manifestLimits.problems)
    .map(({ offset, ...problem }) => ({ ...problem, ...placeOf(text, offset) }));
}

function refused(text: string, offset: number, message: string): ValidatedManifest {
  return { ok: false, problems: [{ pointer: '', message, ...placeOf(text, offset) }] };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') ? undefined : text;
  } catch {
    return undefined;
  }
}
