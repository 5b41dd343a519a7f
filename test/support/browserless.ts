import type { DescribedCheck } from './described.ts';

/** A person at a browser without a screen: cookies, redirects, forms, the portal's API with its anti-forgery token. */
export interface Person {
  name: string;
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /** A page or redirect chain; the address reached and its text. */
  open(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; text: string }>;
  cookies: CookieJar;
}

export interface Answer<T> {
  status: number;
  body: T;
  /** Code of a refusal, undefined otherwise. */
  code: string | undefined;
  headers: Headers;
}

type CookieJar = Map<string, Map<string, { value: string; path: string }>>;

const mostRedirects = 20;

export function personAt(core: string, name: string, described?: DescribedCheck): Person {
  const cookies: CookieJar = new Map();
  let csrf: string | undefined;
  const fetchOnce = async (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const cookie = cookieHeader(cookies, new URL(url));
    if (cookie) headers.set('cookie', cookie);
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    keepCookies(cookies, new URL(url), answer);
    return answer;
  };
  const api = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    if (method !== 'GET' && csrf === undefined) csrf = await readCsrf(fetchOnce, core);
    const headers = new Headers(method === 'GET' ? {} : { 'x-csrf-token': csrf ?? '' });
    if (body !== undefined) headers.set('content-type', 'application/json');
    const answer = await fetchOnce(`${core}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const parsed = text && (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : undefined;
    const type = answer.headers.get('content-type') ?? '';
    described?.({ method, path, status: answer.status, type, body: parsed });
    // A switch of role or a sign-in makes a new session with a new token.
    if (path.startsWith('/api/session') && method !== 'GET') csrf = undefined;
    return { status: answer.status, body: parsed as T, code: parsed?.code, headers: answer.headers };
  };
  const open = async (start: string, form?: Record<string, string>) => {
    csrf = undefined;
    let url = start;
    let init: RequestInit = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const answer = await fetchOnce(url, init);
      const next = answer.headers.get('location');
      if (!next || answer.status < 300 || answer.status > 399)
        return { url, status: answer.status, text: await answer.text() };
      url = new URL(next, url).href;
      if (answer.status !== 307 && answer.status !== 308) init = {};
    }
    throw new Error(`${name} was redirected more than ${mostRedirects} times from ${start}.`);
  };
  return { name, api, open, cookies };
}

async function readCsrf(get: (url: string) => Promise<Response>, core: string): Promise<string> {
  const session = (await (await get(`${core}/api/session`)).json()) as { csrf?: string | null };
  return session.csrf ?? '';
}

/** Ports share a host's cookies in browsers, so the jar is keyed by host alone. */
function cookieHeader(jar: CookieJar, { hostname, pathname }: URL): string {
  const kept = [...(jar.get(hostname) ?? [])].filter(([, { path }]) => pathname.startsWith(path));
  return kept.map(([name, { value }]) => `${name}=${value}`).join('; ');
}

function keepCookies(jar: CookieJar, { hostname }: URL, answer: Response): void {
  const kept = jar.get(hostname) ?? new Map<string, { value: string; path: string }>();
  for (const line of answer.headers.getSetCookie()) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/';
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
    const isGone =
      attributes.some((attribute) => /^max-age=0$/i.test(attribute)) || (expires && new Date(expires) < new Date());
    if (isGone) kept.delete(name);
    else kept.set(name, { value, path });
  }
  jar.set(hostname, kept);
}
