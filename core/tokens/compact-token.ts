import { parseStrictJson } from './strict-json.ts';
import { refuseToken } from './token-refused.ts';

export const maxTokenBytes = 8 * 1024;

const segment = /^[A-Za-z0-9_-]*$/;
const knownHeader = new Set(['alg', 'typ', 'kid', 'x5t', 'x5t#S256']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

export interface TokenHeader {
  alg: string;
  typ: string | undefined;
  kid: string | undefined;
}

/** A token taken apart and nothing more: its signature is not checked yet. */
export interface OpenedToken {
  header: TokenHeader;
  claims: Record<string, unknown>;
}

/** Takes a compact JWS apart (RFC 7515 §7.1); JSON serializations, encrypted tokens and padding are refused. */
export function openToken(token: string): OpenedToken {
  if (token.length > maxTokenBytes) refuseToken('too-large');
  const parts = token.split('.');
  const [header, claims, signature] = parts;
  if (parts.length !== 3 || !header || !claims || signature === undefined) refuseToken('not-compact');
  for (const part of parts) checkCanonical(part);
  return { header: readHeader(parse(header)), claims: parse(claims) };
}

/** Several texts that decode to the same bytes would be several names for one token. */
function checkCanonical(part: string): void {
  if (!segment.test(part)) refuseToken('encoding');
  if (Buffer.from(part, 'base64url').toString('base64url') !== part) refuseToken('encoding');
}

function parse(part: string): Record<string, unknown> {
  const parsed = parseStrictJson(decode(part));
  return 'fault' in parsed ? refuseToken(parsed.fault) : parsed.value;
}

function decode(part: string): string {
  try {
    return utf8.decode(Buffer.from(part, 'base64url'));
  } catch (error) {
    return refuseToken('encoding', error);
  }
}

/** Keys come from configuration only: a header that brings or points to one (`jwk`, `jku`, `x5u`, `x5c`) is refused. */
function readHeader(header: Record<string, unknown>): TokenHeader {
  if ('crit' in header || 'b64' in header) refuseToken('critical');
  if (Object.keys(header).some((name) => !knownHeader.has(name))) refuseToken('header-member');
  const { alg, typ, kid } = header;
  if (typeof alg !== 'string') refuseToken('algorithm');
  if (typ !== undefined && typeof typ !== 'string') refuseToken('type');
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 255)) refuseToken('unknown-key');
  return { alg, typ, kid };
}
