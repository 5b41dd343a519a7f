/** What a provider's server may cost us. */
export interface FetchLimits {
  timeoutMs: number;
  maxBytes: number;
}

export type Fetch = typeof globalThis.fetch;

/**
 * fetch for servers that we don't run: no redirect is followed, the answer is read whole within time and size,
 * so that a slow, endless or redirecting server costs little.
 */
export function boundedFetch(fetch: Fetch, { timeoutMs, maxBytes }: FetchLimits): Fetch {
  return async (input, init) => {
    const signals = [AbortSignal.timeout(timeoutMs), ...(init?.signal ? [init.signal] : [])];
    const response = await fetch(input, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new TypeError('The server redirects, which is refused.');
    }
    const { status, statusText, headers } = response;
    return new Response(await readAtMost(response, maxBytes), { status, statusText, headers });
  };
}

async function readAtMost(response: Response, maxBytes: number): Promise<Buffer<ArrayBuffer> | null> {
  if (!response.body) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TypeError(`The server sends more than ${maxBytes} bytes, which is refused.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
