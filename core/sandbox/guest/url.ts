import {
  isSpecial,
  parsePlace,
  parseUrl,
  resolvePath,
  serializePath,
  serializeUrl,
  type UrlRecord,
} from './url-parser.ts';
import { percentEncode, percentSets } from './url-percent.ts';
import { refillParams, tieParams, UrlSearchParamsOf } from './url-search-params.ts';

/** https://url.spec.whatwg.org/#url-class */
export class UrlOf {
  #url: UrlRecord;
  readonly #params: UrlSearchParamsOf;

  constructor(input: unknown, base?: unknown) {
    const baseUrl = base === undefined ? undefined : parseUrl(String(base));
    const url = base !== undefined && baseUrl === undefined ? undefined : parseUrl(String(input), baseUrl);
    if (url === undefined) throw new TypeError('Invalid URL');
    this.#url = url;
    this.#params = new UrlSearchParamsOf(url.query ?? '');
    tieParams(this.#params, (text) => {
      this.#url = { ...this.#url, query: text === '' ? null : text };
    });
  }

  static canParse(input: unknown, base?: unknown): boolean {
    return UrlOf.parse(input, base) !== null;
  }

  static parse(input: unknown, base?: unknown): UrlOf | null {
    try {
      return new UrlOf(input, base);
    } catch {
      // The contract of parse(): null instead of an error.
      return null;
    }
  }

  get href(): string {
    return serializeUrl(this.#url);
  }

  set href(value: string) {
    const url = parseUrl(String(value));
    if (url === undefined) throw new TypeError('Invalid URL');
    this.#change(url);
  }

  get origin(): string {
    const { scheme } = this.#url;
    if (scheme === 'blob:') return UrlOf.parse(this.pathname)?.origin ?? 'null';
    return isSpecial(scheme) && scheme !== 'file:' ? `${scheme}//${this.host}` : 'null';
  }

  get protocol(): string {
    return this.#url.scheme;
  }

  set protocol(value: string) {
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*)/.exec(String(value))?.[1];
    const next = `${scheme?.toLowerCase()}:`;
    if (scheme && isSpecial(next) === isSpecial(this.#url.scheme)) this.href = this.href.replace(/^[^:]*:/, next);
  }

  get username(): string {
    return this.#url.username;
  }

  set username(value: string) {
    if (this.#url.host) this.#change({ ...this.#url, username: percentEncode(String(value), percentSets.userinfo) });
  }

  get password(): string {
    return this.#url.password;
  }

  set password(value: string) {
    if (this.#url.host) this.#change({ ...this.#url, password: percentEncode(String(value), percentSets.userinfo) });
  }

  get host(): string {
    const { host, port } = this.#url;
    return host === null ? '' : `${host}${port && `:${port}`}`;
  }

  set host(value: string) {
    const place = parsePlace(String(value).split(/[/?#\\]/)[0]!, this.#url.scheme);
    if (place && typeof this.#url.path !== 'string') this.#change({ ...this.#url, ...place });
  }

  get hostname(): string {
    return this.#url.host ?? '';
  }

  set hostname(value: string) {
    this.host = `${String(value)}${this.port && `:${this.port}`}`;
  }

  get port(): string {
    return this.#url.port;
  }

  set port(value: string) {
    const digits = /^\d*/.exec(String(value))![0];
    if (this.#url.host && (digits !== '' || String(value) === ''))
      this.host = `${this.hostname}${digits && `:${digits}`}`;
  }

  get pathname(): string {
    return serializePath(this.#url);
  }

  set pathname(value: string) {
    if (typeof this.#url.path === 'string') return;
    const text = String(value).replace(/\?/g, '%3F').replace(/#/g, '%23');
    this.#change({
      ...this.#url,
      path: resolvePath([], text.replace(isSpecial(this.protocol) ? /^[/\\]/ : /^\//, ''), this.#url),
    });
  }

  get search(): string {
    return this.#url.query ? `?${this.#url.query}` : '';
  }

  set search(value: string) {
    const text = String(value).replace(/^\?/, '');
    const set = isSpecial(this.protocol) ? percentSets.specialQuery : percentSets.query;
    this.#change({ ...this.#url, query: text === '' ? null : percentEncode(text, set) });
  }

  get searchParams(): UrlSearchParamsOf {
    return this.#params;
  }

  get hash(): string {
    return this.#url.fragment ? `#${this.#url.fragment}` : '';
  }

  set hash(value: string) {
    const text = String(value).replace(/^#/, '');
    this.#change({ ...this.#url, fragment: text === '' ? null : percentEncode(text, percentSets.fragment) });
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }

  #change(url: UrlRecord): void {
    this.#url = url;
    refillParams(this.#params, url.query ?? '');
  }
}
