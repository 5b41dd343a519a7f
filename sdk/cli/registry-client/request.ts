import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { refusedBy, unreachable } from './problem.ts';

/** What to send. */
export interface RegistryRequest {
  readonly method: 'GET' | 'PUT';
  /** Path under the registry's address, `/v1/…`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Told how much of the body is sent, between 0 and 1. */
  readonly sent?: (part: number) => void;
}

/** What came back. */
export interface RegistryAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const patience = 60_000;
const largestAnswer = 5_000_000;
const piece = 64 * 1024;

/** One request to a registry. Throws a `CliFailure` for refusals and when it can't be reached; follows no redirects. */
export async function ask(
  registry: URL,
  { method, path, headers = {}, body, sent }: RegistryRequest,
): Promise<RegistryAnswer> {
  const open = registry.protocol === 'https:' ? secureRequest : plainRequest;
  const length = body ? { 'content-type': 'application/vnd.digione.bundle', 'content-length': body.byteLength } : {};
  const request = open(new URL(path, registry), {
    method,
    headers: { accept: 'application/json', ...headers, ...length },
    timeout: patience,
  });
  try {
    const answer = answerOf(request);
    await Promise.race([send(request, body, sent), answer]);
    const { status, text } = await answer.then(readAnswer);
    const parsed = parse(text);
    if (status < 400) return { status, body: parsed };
    throw refusedBy(registry.origin, status, parsed);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw unreachable(registry.origin, error);
    throw error;
  }
}

async function send(
  request: ClientRequest,
  body: Uint8Array = new Uint8Array(),
  sent?: (part: number) => void,
): Promise<void> {
  for (let at = 0; at < body.byteLength && !request.destroyed; at += piece) {
    if (!request.write(body.subarray(at, at + piece))) await new Promise((resolve) => request.once('drain', resolve));
    sent?.(Math.min(1, (at + piece) / body.byteLength));
  }
  request.end();
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    request.once('timeout', () => request.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
  });
}

async function readAnswer(answer: IncomingMessage): Promise<{ status: number; text: string }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    size += (part as Buffer).length;
    if (size > largestAnswer) throw new Error('The answer of the registry is too long.');
    parts.push(part as Buffer);
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') };
}

/** Something other than the registry may answer: a proxy, a login page. */
function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
