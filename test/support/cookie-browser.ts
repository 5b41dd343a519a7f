/** As much of a browser as signing in needs: cookies by host and path, redirects one by one. */
export interface CookieBrowser {
  /** One request, no redirect followed. */
  request(address: string | URL, init?: RequestInit): Promise<Response>;
  /** Follows redirects with GET; returns the last answer and where it came from. */
  follow(address: string | URL, init?: RequestInit): Promise<{ response: Response; url: URL }>;
  cookie(address: string | URL, name: string): string | undefined;
  /** Plants a cookie, as an attacker might. */
  setCookie(address: string | URL, name: string, value: string): void;
  /** What a request to that address would send; empty when nothing. */
  cookieHeader(address: string | URL): string;
}

/** Ports share a host's cookies in browsers, so a jar belongs to a host alone. */
type Jars = Map<string, Map<string, { value: string; path: string }>>;

const mostRedirects = 20;

export function cookieBrowser(): CookieBrowser {
  const jars: Jars = new Map();
  const request = async (address: string | URL, init: RequestInit = {}) => {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    const cookies = headerOf(jars, url);
    if (cookies) headers.set('cookie', cookies);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(jarOf(jars, url), line);
    return response;
  };
  return {
    request,
    async follow(address, init = {}) {
      let url = new URL(address);
      let response = await request(url, init);
      for (let hops = 0; response.headers.has('location'); hops++) {
        if (hops > mostRedirects) throw new Error(`redirects without end at ${url}`);
        const asBefore = response.status === 307 || response.status === 308 ? init : {};
        url = new URL(response.headers.get('location')!, url);
        response = await request(url, asBefore);
      }
      return { response, url };
    },
    cookie: (address, name) => jarOf(jars, new URL(address)).get(name)?.value,
    setCookie(address, name, value) {
      jarOf(jars, new URL(address)).set(name, { value, path: '/' });
    },
    cookieHeader: (address) => headerOf(jars, new URL(address)),
  };
}

function jarOf(jars: Jars, { hostname }: URL) {
  const jar = jars.get(hostname) ?? new Map<string, { value: string; path: string }>();
  jars.set(hostname, jar);
  return jar;
}

function headerOf(jars: Jars, url: URL): string {
  const kept = [...jarOf(jars, url)].filter(([, { path }]) => url.pathname.startsWith(path));
  return kept.map(([name, { value }]) => `${name}=${value}`).join('; ');
}

function keep(jar: Map<string, { value: string; path: string }>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
  const attribute = (wanted: string) =>
    attributes.find((one) => one.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  const expires = attribute('expires');
  const isGone = value === '' || attribute('max-age') === '0' || (expires && new Date(expires) < new Date());
  if (isGone) jar.delete(name);
  else jar.set(name, { value, path: attribute('path') ?? '/' });
}
