import { sign } from 'node:crypto';
import type { Id, NoteSigner } from '../../kernel/index.ts';
import type { ErasureRow } from './erasure-store.ts';

export interface ErasureReceipt {
  iss: string;
  iat: number;
  municipality: Id;
  request: Id;
  person: Id;
  /** What was destroyed so far: how many rows, and the SHA-256 over their keys. */
  destroyed: { source: string; plugin?: string; purpose?: string; rows: number; sha256: string; at: string }[];
  /** What is kept, by which rule, and until when. */
  kept: { source: string; plugin?: string; purpose?: string; rule: string; reason?: string; until?: string }[];
}

interface Receipted {
  municipality: Id;
  request: Id;
  person: Id;
  lines: readonly ErasureRow[];
  now: Date;
}

/** Proof of destruction: JWS compact serialization with Ed25519 (RFC 8037), by the key of the audit log. */
export function erasureReceipt({ municipality, request, person, lines, now }: Receipted, signer: NoteSigner): string {
  const receipt: ErasureReceipt = {
    iss: signer.name,
    iat: Math.floor(now.getTime() / 1000),
    municipality,
    request,
    person,
    destroyed: lines
      .filter(({ doneAt }) => doneAt !== null)
      .map((line) => ({ ...placeOf(line), rows: line.rows!, sha256: line.digest!, at: line.doneAt!.toISOString() })),
    kept: lines
      .filter(({ doneAt }) => doneAt === null)
      .map((line) => ({
        ...placeOf(line),
        rule: line.rule,
        ...(line.reason !== null && { reason: line.reason }),
        ...(line.dueOn !== null && { until: line.dueOn }),
      })),
  };
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: 'EdDSA', typ: 'erasure-receipt+jwt', kid: signer.name })}.${encode(receipt)}`;
  return `${signed}.${sign(null, Buffer.from(signed), signer.privateKey).toString('base64url')}`;
}

function placeOf({ source, plugin, purpose }: ErasureRow): { source: string; plugin?: string; purpose?: string } {
  return { source, ...(plugin !== '' && { plugin }), ...(purpose !== '' && { purpose }) };
}
