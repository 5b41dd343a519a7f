import { Problem, problemFrom } from './problem.ts';

export interface Api {
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  remove(path: string): Promise<void>;
  /** Sends a file as it is; a large one takes its time. */
  upload<T>(path: string, file: Blob): Promise<T>;
  download(path: string): Promise<Blob>;
}

export interface ApiOptions {
  /** Token that every write must carry. */
  csrf(): string | undefined;
  /** Called when the core no longer knows the session. */
  onSessionEnded(): void;
  /** Called when an act needs a sign-in of the last minutes. */
  onFreshSignInNeeded(): void;
}

const longestWait = 30_000;
const longestTransfer = 30 * 60_000;

/** The portal's only way to the core. */
export function createApi(options: ApiOptions): Api {
  async function ask(path: string, request: RequestInit): Promise<Response> {
    const answer = await fetch(path, { ...request, credentials: 'same-origin' }).catch((cause: unknown) => {
      throw request.signal?.aborted ? cause : new Problem({ status: 0, code: 'unreachable' });
    });
    if (answer.ok) return answer;
    const problem = await problemFrom(answer);
    if (problem.code === 'fresh-sign-in-needed') options.onFreshSignInNeeded();
    else if (problem.status === 401) options.onSessionEnded();
    throw problem;
  }
  const send = async <T>(path: string, request: RequestInit): Promise<T> =>
    (await bodyOf(await ask(path, request))) as T;
  const write = <T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown): Promise<T> =>
    send(path, {
      method,
      headers: writeHeaders(options.csrf()),
      body: JSON.stringify(body ?? {}),
      signal: withLimit(),
    });
  return {
    get: (path, signal) => send(path, { headers: { accept: 'application/json' }, signal: withLimit(signal) }),
    post: (path, body) => write('POST', path, body),
    put: (path, body) => write('PUT', path, body),
    remove: (path) => write('DELETE', path, undefined),
    upload: (path, file) =>
      send(path, {
        method: 'POST',
        headers: { ...writeHeaders(options.csrf()), 'content-type': 'application/zip' },
        body: file,
        signal: AbortSignal.timeout(longestTransfer),
      }),
    download: async (path) => (await ask(path, { signal: AbortSignal.timeout(longestTransfer) })).blob(),
  };
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

function withLimit(signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(longestWait);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

function writeHeaders(csrf: string | undefined): Record<string, string> {
  return { accept: 'application/json', 'content-type': 'application/json', ...(csrf ? { 'x-csrf-token': csrf } : {}) };
}
