/** A place in a text, both counted from 1; columns in UTF-16 units, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Why a text is not acceptable JSON, and where. */
export class JsonRefused extends Error {
  override readonly name = 'JsonRefused';
  /** Offset of the fault in the text. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A parsed text that still knows where each value began. */
export interface JsonDocument {
  readonly value: unknown;
  /** Offset at which the value of a JSON pointer begins; of its nearest known ancestor when it has none. */
  offsetOf(pointer: string): number;
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const numberShape = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const space = /[ \t\n\r]*/y;

/**
 * Parses JSON (RFC 8259) more strictly than `JSON.parse`: duplicate keys, prototype keys, lone surrogates and deep nesting are refused, since
 * two readers of one signed text must not see two things. Remembers the place of every value for error messages.
 */
export function parseJson(text: string, maxDepth: number): JsonDocument {
  const offsets = new Map<string, number>();
  const reader = new Reader(text, maxDepth, offsets);
  const value = reader.document();
  return { value, offsetOf: (pointer) => nearest(offsets, pointer) };
}

/** The line and column of an offset. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function nearest(offsets: ReadonlyMap<string, number>, pointer: string): number {
  const known = offsets.get(pointer);
  if (known !== undefined || pointer === '') return known ?? 0;
  return nearest(offsets, pointer.slice(0, pointer.lastIndexOf('/')));
}

function parsedString(raw: string): string | undefined {
  try {
    const value: string = JSON.parse(raw);
    return value.isWellFormed() ? value : undefined;
  } catch {
    return undefined;
  }
}

class Reader {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #offsets: Map<string, number>;
  #at = 0;

  constructor(text: string, maxDepth: number, offsets: Map<string, number>) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#offsets = offsets;
  }

  document(): unknown {
    const value = this.#value('', 1);
    this.#match(space);
    if (this.#at < this.#text.length) this.#refuse('Something stands after the end of the JSON value.');
    return value;
  }

  #value(pointer: string, depth: number): unknown {
    this.#match(space);
    this.#offsets.set(pointer, this.#at);
    if (depth > this.#maxDepth) this.#refuse(`Values are nested deeper than ${this.#maxDepth}.`);
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(pointer, depth);
    if (first === '[') return this.#array(pointer, depth);
    if (first === '"') return this.#string();
    return this.#literal();
  }

  #object(pointer: string, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.#at += 1;
    if (this.#takes('}')) return result;
    do {
      this.#match(space);
      const key = this.#key(result);
      if (!this.#takes(':')) this.#refuse('Expected ":" after a key.');
      result[key] = this.#value(pointer + pointerStep(key), depth + 1);
    } while (this.#takes(','));
    if (!this.#takes('}')) this.#refuse('Expected "," or "}".');
    return result;
  }

  #key(owner: object): string {
    const start = this.#at;
    if (this.#text[start] !== '"') this.#refuse('Expected a key in double quotes.');
    const key = this.#string();
    if (forbiddenKeys.has(key)) throw new JsonRefused(`The key "${key}" is not allowed.`, start);
    if (Object.hasOwn(owner, key)) throw new JsonRefused(`The key "${key}" stands here a second time.`, start);
    return key;
  }

  #array(pointer: string, depth: number): unknown[] {
    const result: unknown[] = [];
    this.#at += 1;
    if (this.#takes(']')) return result;
    do result.push(this.#value(pointer + pointerStep(result.length), depth + 1));
    while (this.#takes(','));
    if (!this.#takes(']')) this.#refuse('Expected "," or "]".');
    return result;
  }

  #string(): string {
    const start = this.#at;
    this.#at = this.#endOfString(start + 1);
    const value = parsedString(this.#text.slice(start, this.#at));
    if (value === undefined)
      throw new JsonRefused('This text holds a raw line break, an unknown escape or half a character.', start);
    return value;
  }

  #endOfString(from: number): number {
    for (let at = from; at < this.#text.length; at += 1) {
      if (this.#text[at] === '"') return at + 1;
      if (this.#text[at] === '\\') at += 1;
    }
    return this.#refuse('This text has no end.');
  }

  #literal(): unknown {
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const raw = this.#match(numberShape);
    if (raw === '') this.#refuse('Expected a JSON value.');
    const value = Number(raw);
    if (!Number.isFinite(value)) this.#refuse('This number is too large.');
    return value;
  }

  #takes(character: string): boolean {
    this.#match(space);
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(shape: RegExp): string {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #refuse(message: string): never {
    throw new JsonRefused(message, this.#at);
  }
}
