import { percentDecode, percentOf } from './url-percent.ts';

type Pair = [name: string, value: string];

/** For the URL class alone: tells it of changes, and takes its changes. No guest holds these. */
export let tieParams: (params: UrlSearchParamsOf, onChange: (text: string) => void) => void;
export let refillParams: (params: UrlSearchParamsOf, text: string) => void;

/** https://url.spec.whatwg.org/#interface-urlsearchparams */
export class UrlSearchParamsOf {
  #pairs: Pair[];
  #onChange: (text: string) => void = () => undefined;

  constructor(from: unknown = '') {
    this.#pairs = pairsOf(from);
  }

  static {
    tieParams = (params, onChange) => {
      params.#onChange = onChange;
    };
    refillParams = (params, text) => {
      params.#pairs = pairsOf(text);
    };
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#change([...this.#pairs, [String(name), String(value)]]);
  }

  delete(name: unknown, value?: unknown): void {
    this.#change(this.#pairs.filter((pair) => !same(pair, name, value)));
  }

  get(name: unknown): string | null {
    return this.#pairs.find((pair) => pair[0] === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some((pair) => same(pair, name, value));
  }

  set(name: unknown, value: unknown): void {
    const at = this.#pairs.findIndex((pair) => pair[0] === String(name));
    if (at < 0) {
      this.append(name, value);
      return;
    }
    const changed: Pair = [String(name), String(value)];
    this.#change(this.#pairs.flatMap((pair, place) => (place === at ? [changed] : same(pair, name) ? [] : [pair])));
  }

  sort(): void {
    this.#change([...this.#pairs].sort((a, b) => (a[0] < b[0] ? -1 : Number(a[0] > b[0]))));
  }

  forEach(visit: (value: string, name: string, params: UrlSearchParamsOf) => void, self?: unknown): void {
    for (const [name, value] of this.#pairs) Reflect.apply(visit, self, [value, name, this]);
  }

  *entries(): IterableIterator<Pair> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map((pair) => pair.map(formEncode).join('=')).join('&');
  }

  #change(pairs: Pair[]): void {
    this.#pairs = pairs;
    this.#onChange(this.toString());
  }
}

function same(pair: Pair, name: unknown, value?: unknown): boolean {
  return pair[0] === String(name) && (value === undefined || pair[1] === String(value));
}

function pairsOf(from: unknown): Pair[] {
  if (typeof from !== 'object' || from === null) return parseForm(String(from));
  if (!(Symbol.iterator in from)) return Object.entries(from).map(([name, value]) => [name, String(value)]);
  return Array.from(from as Iterable<Iterable<unknown>>, (item) => {
    const [name, value, ...more] = [...item];
    if (value === undefined || more.length > 0) throw new TypeError('Each entry needs a name and a value');
    return [String(name), String(value)];
  });
}

function parseForm(text: string): Pair[] {
  const parts = text
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '');
  return parts.map((part) => {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    return [percentDecode(name.replace(/\+/g, ' ')), percentDecode(value.replace(/\+/g, ' '))];
  });
}

/** https://url.spec.whatwg.org/#concept-urlencoded-serializer */
function formEncode(text: string): string {
  let out = '';
  for (const character of text) {
    if (/^[A-Za-z0-9*._-]$/.test(character)) out += character;
    else out += character === ' ' ? '+' : percentOf(new TextEncoder().encode(character));
  }
  return out;
}
