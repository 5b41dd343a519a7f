/** The most ways in which a pattern may be tried on one text before it is refused as dangerous. */
const maxWays = 100_000;
/** Texts with a pattern must declare at most this `maxLength`; what repeats without end counts this many ways. */
export const maxPatternText = 1000;

const quantifier = /^(?:\*|\+|\?|\{(\d{1,4})(?:,(\d{0,4}))?\})\??/;
const characterClass = /^\[\^?(?:\\[^\n]|[^\]\\\n])*\]/;
const escapeSequence =
  /^\\(?:u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|p\{[A-Za-z_=]{1,40}\}|P\{[A-Za-z_=]{1,40}\}|[dDwWsS]|[^A-Za-z0-9])/;

/**
 * Tells why a pattern is not safe to run on a stranger's text, or `undefined` when it is. JavaScript's engine backtracks, so only a subset
 * is taken in which the number of ways to try is a product that can be counted: anchored at its start, no back reference, no look-around, no
 * repeated group (an optional one is fine).
 */
export function unsafePattern(pattern: string): string | undefined {
  if (pattern.length > 300) return 'is longer than 300 characters';
  if (!pattern.startsWith('^')) return 'does not begin with "^"';
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'is not a regular expression';
  }
  return countWays(pattern.slice(1));
}

function countWays(rest: string): string | undefined {
  let ways = 1;
  let depth = 0;
  let text = rest;
  while (text !== '') {
    const step = takeAtom(text);
    if (typeof step === 'string') return step;
    const closes = text.startsWith(')');
    depth += text.startsWith('(') ? 1 : closes ? -1 : 0;
    if (step.branches && depth === 0) return 'has alternatives outside of a group, of which only the first is anchored';
    text = text.slice(step.length);
    const repeat = quantifier.exec(text);
    if (repeat && !step.repeatable && !(text.startsWith('?') && closes))
      return 'repeats a group; write the repetition out, or check it in the backend';
    if (repeat) ways *= waysOf(repeat);
    if (step.branches) ways *= 2;
    if (ways > maxWays)
      return `could be tried in more than ${maxWays} ways on one text; use fixed or smaller repetitions`;
    text = text.slice(repeat?.[0].length ?? 0);
  }
  return undefined;
}

interface Atom {
  readonly length: number;
  readonly repeatable: boolean;
  readonly branches: boolean;
}

function takeAtom(text: string): Atom | string {
  const long = characterClass.exec(text) ?? escapeSequence.exec(text);
  if (long) return { length: long[0].length, repeatable: true, branches: false };
  if (text.startsWith('\\')) return 'uses a back reference or an unknown escape';
  if (text.startsWith('(?:')) return { length: 3, repeatable: false, branches: false };
  if (text.startsWith('(?')) return 'uses look-around or a named group';
  if ('()$^|'.includes(text.charAt(0))) return { length: 1, repeatable: false, branches: text.startsWith('|') };
  return { length: String.fromCodePoint(text.codePointAt(0) ?? 0).length, repeatable: true, branches: false };
}

function waysOf([mark, least, most]: RegExpExecArray): number {
  if (mark.startsWith('?')) return 2;
  if (least === undefined) return maxPatternText;
  if (most === undefined) return 1;
  return most === '' ? maxPatternText : Math.max(1, Number(most) - Number(least) + 1);
}
