/** What JSON.parse lets through and a signed document must not contain. */
export type JsonFault = 'json' | 'duplicate-key' | 'forbidden-key' | 'too-deep';

export type StrictJson = { value: Record<string, unknown> } | { fault: JsonFault };

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Parses a JSON object and refuses what different parsers read differently (RFC 8725 §2.4, RFC 7515 §4):
 * member names that occur twice, `__proto__`, deep nesting.
 */
export function parseStrictJson(text: string, maxDepth = 8): StrictJson {
  const value = parseOrNothing(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'json' };
  const fault = faultIn(text, maxDepth);
  return fault ? { fault } : { value: value as Record<string, unknown> };
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The text is valid JSON here, so a string that opens an object or follows its comma is a member name. */
function faultIn(text: string, maxDepth: number): JsonFault | undefined {
  const open: (Set<string> | 'array')[] = [];
  let previous = '';
  for (const [token] of text.matchAll(tokens)) {
    const inside = open.at(-1);
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push('array');
    else if (token === '}' || token === ']') open.pop();
    else if (inside instanceof Set && (previous === '{' || previous === ',')) {
      const name = JSON.parse(token) as string;
      if (inside.has(name)) return 'duplicate-key';
      if (name === '__proto__') return 'forbidden-key';
      inside.add(name);
    }
    if (open.length > maxDepth) return 'too-deep';
    previous = token;
  }
  return undefined;
}
