import { cookieBrowser } from './cookie-browser.ts';
import type { DescribedCheck } from './described.ts';

/** A person at a browser without a screen: forms, the portal's API with its anti-forgery token. */
export interface Person {
  name: string;
  api<T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>>;
  /** A page or redirect chain; the address reached and its text. */
  open(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; text: string }>;
  /** Cookies that go to the core. */
  cookieHeader(): string;
}

export interface Answer<T> {
  status: number;
  body: T;
  /** Code of a refusal, undefined otherwise. */
  code: string | undefined;
  headers: Headers;
}

export function personAt(core: string, name: string, described?: DescribedCheck): Person {
  const browser = cookieBrowser();
  let csrf: string | undefined;
  const readCsrf = async () => {
    const session = (await (await browser.request(`${core}/api/session`)).json()) as { csrf?: string | null };
    return session.csrf ?? '';
  };
  const api = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    if (method !== 'GET') csrf ??= await readCsrf();
    const headers = new Headers(method === 'GET' ? {} : { 'x-csrf-token': csrf ?? '' });
    if (body !== undefined) headers.set('content-type', 'application/json');
    const answer = await browser.request(`${core}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const parsed = text && type.includes('json') ? JSON.parse(text) : undefined;
    described?.({ method, path, status: answer.status, type, body: parsed });
    // A switch of role or a sign-in makes a new session with a new token.
    if (path.startsWith('/api/session') && method !== 'GET') csrf = undefined;
    return { status: answer.status, body: parsed as T, code: parsed?.code, headers: answer.headers };
  };
  return {
    name,
    api,
    async open(start, form) {
      csrf = undefined;
      const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
      const { response, url } = await browser.follow(start, init);
      return { url: url.href, status: response.status, text: await response.text() };
    },
    cookieHeader: () => browser.cookieHeader(core),
  };
}
