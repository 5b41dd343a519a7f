import { refuse } from '../kernel/index.ts';

export interface RegistryHttpOptions {
  url: string;
  timeoutMs: number;
}

export interface RegistryRequest {
  method?: 'GET' | 'POST';
  body?: unknown;
  token?: string;
  /** Bytes of the answer at most. */
  limit?: number;
}

export interface RegistryAnswer {
  status: number;
  bytes: Buffer;
}

/** The one place where the core talks to the registry beside signed metadata. Nothing in an answer is trusted. */
export interface RegistryHttp {
  ask(path: string, request?: RegistryRequest): Promise<RegistryAnswer>;
}

export function createRegistryHttp({ url, timeoutMs }: RegistryHttpOptions): RegistryHttp {
  return {
    async ask(path, { method = 'GET', body, token, limit = 1_000_000 } = {}) {
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
          headers: headersFor(body, token),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        return { status: response.status, bytes: await readCapped(response, limit) };
      } catch (cause) {
        return refuse(
          'registry-unavailable',
          'The registry can not be reached at the moment. What is enabled goes on working.',
          { cause },
        );
      }
    },
  };
}

function headersFor(body: unknown, token: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

async function readCapped(response: Response, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) throw new RangeError(`The answer of the registry is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
