import { request as plainRequest } from 'node:http';
import { request as safeRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';

export interface PinnedRequest {
  url: URL;
  /** The address that was checked: no second look-up can bring another one. */
  address: string;
  method: string;
  headers: Record<string, string>;
  body?: string | undefined;
  timeoutMs: number;
  /** Bytes of the answer at most. */
  limit: number;
}

export interface PinnedAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** One request to exactly one address; the name in the address still decides certificate and Host. Follows nothing. */
export function pinnedRequest({
  url,
  address,
  method,
  headers,
  body,
  timeoutMs,
  limit,
}: PinnedRequest): Promise<PinnedAnswer> {
  const options: RequestOptions = {
    method,
    headers,
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    lookup: (_host, { all }, done) =>
      all ? done(null, [{ address, family: familyOf(address) }]) : done(null, address, familyOf(address)),
  };
  const send = url.protocol === 'https:' ? safeRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asked = send(url, options, (response) => readAnswer(response, limit).then(resolve, reject));
    asked.on('error', reject).end(body);
  });
}

async function readAnswer(response: IncomingMessage, limit: number): Promise<PinnedAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new RangeError(`The answer is longer than ${limit} bytes.`);
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}
