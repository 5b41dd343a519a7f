/** As much of a browser as signing in needs: cookies per origin, redirects one by one. */
export interface CookieBrowser {
  cookies: Map<string, Map<string, string>>;
  /** One request, no redirect followed. */
  request(address: string | URL, init?: RequestInit): Promise<Response>;
  /** Follows redirects with GET; returns the last answer and where it came from. */
  follow(address: string | URL, init?: RequestInit): Promise<{ response: Response; url: URL }>;
}

export function cookieBrowser(): CookieBrowser {
  const cookies = new Map<string, Map<string, string>>();
  const jarOf = (url: URL) => {
    const jar = cookies.get(url.origin) ?? new Map<string, string>();
    cookies.set(url.origin, jar);
    return jar;
  };
  const request = async (address: string | URL, init: RequestInit = {}) => {
    const url = new URL(address);
    const jar = jarOf(url);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  };
  return {
    cookies,
    request,
    async follow(address, init) {
      let url = new URL(address);
      let response = await request(url, init);
      for (let hops = 0; response.headers.has('location'); hops++) {
        if (hops > 10) throw new Error(`redirects without end at ${url}`);
        url = new URL(response.headers.get('location')!, url);
        response = await request(url);
      }
      return { response, url };
    },
  };
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = ''] = line.split(';');
  const cut = pair.indexOf('=');
  const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
  if (value === '' || /max-age=0/i.test(line) || /expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
  else jar.set(name, value);
}
