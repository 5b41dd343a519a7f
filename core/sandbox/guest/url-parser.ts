import { parseHost } from './url-host.ts';
import { percentEncode, percentSets } from './url-percent.ts';

export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  /** null: the URL has no authority. */
  host: string | null;
  port: string;
  /** A string is an opaque path. */
  path: string[] | string;
  query: string | null;
  fragment: string | null;
}

const defaultPorts: Record<string, string> = {
  'http:': '80',
  'https:': '443',
  'ws:': '80',
  'wss:': '443',
  'ftp:': '21',
  'file:': '',
};

export function isSpecial(scheme: string): boolean {
  return Object.hasOwn(defaultPorts, scheme);
}

/** The basic URL parser of https://url.spec.whatwg.org/#url-parsing, cut by pattern instead of by state. Undefined: no URL. */
export function parseUrl(input: string, base?: UrlRecord): UrlRecord | undefined {
  const text = input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '').replace(/[\t\n\r]/g, '');
  const schemed = /^([a-zA-Z][a-zA-Z0-9+.-]*):(.*)$/s.exec(text);
  if (schemed === null) return base && parseRelative(text, base);
  const scheme = `${schemed[1]!.toLowerCase()}:`;
  const rest = schemed[2]!;
  if (base?.scheme === scheme && isSpecial(scheme) && !/^[/\\]/.test(rest)) return parseRelative(rest, base);
  return parseAfterScheme(scheme, rest, base?.scheme === scheme ? base : undefined);
}

function parseAfterScheme(scheme: string, rest: string, base: UrlRecord | undefined): UrlRecord | undefined {
  const { before, query, fragment } = cut(rest, scheme);
  const url: UrlRecord = { scheme, username: '', password: '', host: null, port: '', path: [], query, fragment };
  const slashes = isSpecial(scheme) ? before.replace(/\\/g, '/') : before;
  if (scheme === 'file:') return parseFile(url, slashes, base);
  if (isSpecial(scheme)) return withAuthority(url, slashes.replace(/^\/*/, ''));
  if (slashes.startsWith('//')) return withAuthority(url, slashes.slice(2));
  if (slashes.startsWith('/')) return { ...url, path: resolvePath([], slashes.slice(1), url) };
  return { ...url, path: percentEncode(slashes, '') };
}

/** Takes query and fragment off. */
function cut(rest: string, scheme: string): { before: string; query: string | null; fragment: string | null } {
  const hash = rest.indexOf('#');
  const fragment = hash < 0 ? null : percentEncode(rest.slice(hash + 1), percentSets.fragment);
  const front = hash < 0 ? rest : rest.slice(0, hash);
  const mark = front.indexOf('?');
  const set = isSpecial(scheme) ? percentSets.specialQuery : percentSets.query;
  const query = mark < 0 ? null : percentEncode(front.slice(mark + 1), set);
  return { before: mark < 0 ? front : front.slice(0, mark), query, fragment };
}

function withAuthority(url: UrlRecord, text: string): UrlRecord | undefined {
  const slash = text.indexOf('/');
  const authority = slash < 0 ? text : text.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const place = parsePlace(authority.slice(at + 1), url.scheme);
  if (place === undefined || (at >= 0 && place.host === '')) return undefined;
  const credentials = at < 0 ? {} : parseCredentials(authority.slice(0, at));
  const path = slash < 0 ? (isSpecial(url.scheme) ? [''] : []) : resolvePath([], text.slice(slash + 1), url);
  return { ...url, ...place, ...credentials, path };
}

function parseCredentials(text: string): { username: string; password: string } {
  const colon = text.indexOf(':');
  const username = percentEncode(colon < 0 ? text : text.slice(0, colon), percentSets.userinfo);
  return { username, password: colon < 0 ? '' : percentEncode(text.slice(colon + 1), percentSets.userinfo) };
}

/** Host and port. */
export function parsePlace(text: string, scheme: string): { host: string; port: string } | undefined {
  const found = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(text);
  if (found === null) return undefined;
  const [, name = '', digits = ''] = found;
  if (name === '') return isSpecial(scheme) || digits !== '' || text !== '' ? undefined : { host: '', port: '' };
  const host = parseHost(name, isSpecial(scheme));
  if (host === undefined || Number(digits) > 65_535) return undefined;
  const port = digits === '' ? '' : String(Number(digits));
  return { host, port: port === defaultPorts[scheme] ? '' : port };
}

function parseFile(url: UrlRecord, text: string, base: UrlRecord | undefined): UrlRecord | undefined {
  if (text.startsWith('//')) {
    const slash = text.indexOf('/', 2);
    const name = slash < 0 ? text.slice(2) : text.slice(2, slash);
    const host = name === '' ? '' : parseHost(name, true);
    if (host === undefined) return undefined;
    return {
      ...url,
      host: host === 'localhost' ? '' : host,
      path: resolvePath([], slash < 0 ? '' : text.slice(slash + 1), url),
    };
  }
  const host = base?.host ?? '';
  if (text.startsWith('/')) return { ...url, host, path: resolvePath([], text.slice(1), url) };
  const start = base === undefined ? [] : (base.path as string[]).slice(0, -1);
  return { ...url, host, path: resolvePath(start, text, url) };
}

function parseRelative(text: string, base: UrlRecord): UrlRecord | undefined {
  const { before, query, fragment } = cut(text, base.scheme);
  if (typeof base.path === 'string') return text.startsWith('#') ? { ...base, fragment } : undefined;
  const slashes = isSpecial(base.scheme) ? before.replace(/\\/g, '/') : before;
  if (slashes === '') return { ...base, query: query ?? (text.includes('?') ? query : base.query), fragment };
  const url = { ...base, query, fragment };
  if (base.scheme === 'file:') return parseFile({ ...url, username: '', password: '' }, slashes, base);
  if (slashes.startsWith('//')) {
    const fresh = { ...url, username: '', password: '', port: '' };
    return withAuthority(fresh, isSpecial(base.scheme) ? slashes.replace(/^\/*/, '') : slashes.slice(2));
  }
  if (slashes.startsWith('/')) return { ...url, path: resolvePath([], slashes.slice(1), url) };
  return { ...url, path: resolvePath(base.path.slice(0, -1), slashes, url) };
}

/** Adds segments to a path, taking `.` and `..` out. https://url.spec.whatwg.org/#path-state */
export function resolvePath(start: string[], text: string, { scheme }: Pick<UrlRecord, 'scheme'>): string[] {
  const path = [...start];
  const segments = (isSpecial(scheme) ? text.replace(/\\/g, '/') : text).split('/');
  for (const [at, segment] of segments.entries()) {
    const last = at === segments.length - 1;
    if (/^(\.|%2e)(\.|%2e)$/i.test(segment)) {
      path.pop();
      if (last) path.push('');
    } else if (/^(\.|%2e)$/i.test(segment)) {
      if (last) path.push('');
    } else path.push(percentEncode(segment, percentSets.path));
  }
  return path;
}

export function serializePath(url: UrlRecord): string {
  return typeof url.path === 'string' ? url.path : url.path.map((segment) => `/${segment}`).join('');
}

export function serializeUrl(url: UrlRecord): string {
  const { scheme, username, password, host, port, query, fragment } = url;
  const path = serializePath(url);
  let out = scheme;
  if (host !== null) {
    const credentials = username || password ? `${username}${password && `:${password}`}@` : '';
    out += `//${credentials}${host}${port && `:${port}`}`;
  } else if (typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === '') out += '/.';
  return `${out}${path}${query === null ? '' : `?${query}`}${fragment === null ? '' : `#${fragment}`}`;
}
