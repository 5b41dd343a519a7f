import type { IncomingMessage } from 'node:http';
import { refuse } from '../kernel/index.ts';

/** The whole body, at most `limit` bytes; more is refused before it is kept. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) refuseSize(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) refuseSize(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseSize(limit: number): never {
  return refuse('too-large', `The request body may have at most ${limit} bytes.`);
}

/** A reviver costs ten times the parsing, so it runs only where such a key, or an escape that could spell one, occurs. */
const suspicious = /__proto__|constructor|prototype|\\u/;
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** The JSON body; undefined when there is none. Keys that reach an object's prototype are refused. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(json|[\w.+-]+\+json)\s*(;|$)/i.test(type))
    refuse('body-not-json', 'Send the body as JSON, with the header "content-type: application/json".');
  try {
    const text = bytes.toString('utf8');
    return suspicious.test(text) ? JSON.parse(text, refusePrototypeKey) : JSON.parse(text);
  } catch (error) {
    return refuse('body-not-json', 'The request body is not well-formed JSON.', { cause: error });
  }
}

function refusePrototypeKey(key: string, value: unknown): unknown {
  if (prototypeKeys.has(key)) throw new SyntaxError('a forbidden key');
  return value;
}
