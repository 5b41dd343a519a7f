import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson, refuse } from '@digione/core/kernel';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { pluginIdPattern, versionPattern } from '@digione/sdk/manifest';

/** Media type of what a vendor signs. */
export const payloadType = 'application/vnd.digione.bundle+json';

const strict = { additionalProperties: false } as const;
const base64 = '^[A-Za-z0-9+/]+={0,2}$';

/** What a vendor says with a signature: these bytes are this version of this plugin. */
const Claim = Type.Object(
  {
    plugin: Type.String({ pattern: pluginIdPattern }),
    version: Type.String({ pattern: versionPattern, maxLength: 64 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    size: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  },
  strict,
);
/** What a vendor says with a signature: these bytes are this version of this plugin. */
export type Claim = Static<typeof Claim>;

/** A DSSE envelope (https://github.com/secure-systems-lab/dsse/blob/master/envelope.md) with exactly one signature. */
const Envelope = Type.Object(
  {
    payload: Type.String({ pattern: base64, maxLength: 4000 }),
    payloadType: Type.Literal(payloadType),
    signatures: Type.Array(
      Type.Object(
        { keyid: Type.String({ pattern: '^[0-9a-f]{64}$' }), sig: Type.String({ pattern: base64, maxLength: 200 }) },
        strict,
      ),
      { minItems: 1, maxItems: 1 },
    ),
  },
  strict,
);
/** A DSSE envelope with exactly one signature. */
export type Envelope = Static<typeof Envelope>;

const claims = Compile(Claim);
const envelopes = Compile(Envelope);

/** A claim whose signature fits, and the key that made it. */
export interface VerifiedClaim {
  readonly claim: Claim;
  readonly keyId: string;
}

/** Id of a public key: SHA-256 of its SubjectPublicKeyInfo, in hex. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Signs a claim with an Ed25519 key. */
export function signEnvelope(claim: Claim, privateKey: KeyObject): Envelope {
  const payload = Buffer.from(canonicalJson(claim));
  const sig = sign(null, preAuthentication(payload), privateKey).toString('base64');
  return { payload: payload.toString('base64'), payloadType, signatures: [{ keyid: keyIdOf(privateKey), sig }] };
}

/**
 * Checks an envelope from outside. `keyOf` gives the public key of an id, or nothing for a key that is unknown, foreign or revoked. Throws a
 * `Refusal`: `envelope-invalid` for its form, `signature-invalid` for key and signature.
 */
export async function verifyEnvelope(
  envelope: unknown,
  keyOf: (keyId: string) => KeyObject | undefined | Promise<KeyObject | undefined>,
): Promise<VerifiedClaim> {
  if (!envelopes.Check(envelope))
    refuse('envelope-invalid', 'The envelope is not a DSSE envelope of a bundle with one signature.');
  const [signature] = envelope.signatures;
  const payload = Buffer.from(envelope.payload, 'base64');
  const key = signature && (await keyOf(signature.keyid));
  if (!key || keyIdOf(key) !== signature.keyid)
    refuse('signature-invalid', 'The bundle is signed with a key that is not a key in force of this vendor.');
  if (!verify(null, preAuthentication(payload), key, Buffer.from(signature.sig, 'base64')))
    refuse('signature-invalid', 'The signature does not fit the envelope.');
  return { claim: readClaim(payload), keyId: signature.keyid };
}

/** Packs an envelope into a header's value. */
export function encodeEnvelope(envelope: Envelope): string {
  return Buffer.from(JSON.stringify(envelope)).toString('base64');
}

/** Unpacks a header's value; what comes out is still unchecked. */
export function decodeEnvelope(header: string): unknown {
  if (header.length > 8000) refuse('envelope-invalid', 'The envelope is too large.');
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch (cause) {
    return refuse('envelope-invalid', 'The envelope is not base64 of JSON.', { cause });
  }
}

/** DSSE's pre-authentication encoding: what is signed can't be read as another type. */
function preAuthentication(payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

/** Only the canonical form is taken, so that one claim has one payload. */
function readClaim(payload: Buffer): Claim {
  const text = payload.toString('utf8');
  try {
    const claim: unknown = JSON.parse(text);
    if (claims.Check(claim) && canonicalJson(claim) === text) return claim;
  } catch (cause) {
    refuse('envelope-invalid', 'The payload of the envelope is not JSON.', { cause });
  }
  return refuse('envelope-invalid', 'The payload of the envelope is not a claim about a bundle in canonical form.');
}
