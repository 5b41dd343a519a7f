import { createHmac, createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { TokenFault } from '../../../core/tokens/index.ts';

/** A good token to start from, and the key that its issuer signs with. */
export interface Model {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  key: KeyObject;
  kid: string;
  /** Unix time, seconds. */
  now: number;
}

export interface HostileToken {
  title: string;
  /** Made when asked for: a test may want one of many. */
  make(): string;
  fault: TokenFault;
}

const strangers: Record<string, KeyObject> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  ed25519: generateKeyPairSync('ed25519').privateKey,
};

function strangerLike({ asymmetricKeyType }: KeyObject): KeyObject {
  return strangers[asymmetricKeyType!]!;
}

export function encode(value: string | object): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** Signs any two texts with RS256, ES256 or EdDSA, as the key is, however wrong they are. */
export function forge(header: string | object, claims: string | object, key: KeyObject): string {
  return signed(`${encode(header)}.${encode(claims)}`, key);
}

function signed(input: string, key: KeyObject): string {
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return `${input}.${sign(digest, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

export function goodToken({ header, claims, key }: Model): string {
  return forge(header, claims, key);
}

type Entry = [title: string, make: () => string, fault: TokenFault];

/** Tokens that must not pass, whatever kind the model is of; everything but the named fault is right. */
export function hostileTokens(model: Model): HostileToken[] {
  return [...ofForm(model), ...ofHeader(model), ...ofSignature(model), ...ofTime(model), ...ofParties(model)].map(
    ([title, make, fault]) => ({ title, make, fault }),
  );
}

function ofForm({ header, claims, key }: Model): Entry[] {
  const good = forge(header, claims, key);
  const [h = '', c = '', s = ''] = good.split('.');
  const json = JSON.stringify(claims);
  const text = (extra: string) => `${json.slice(0, -1)},${extra}}`;
  const deep = `${'{"a":'.repeat(12)}1${'}'.repeat(12)}`;
  return [
    ['nothing', () => '', 'not-compact'],
    ['one word', () => 'token', 'not-compact'],
    ['two parts', () => `${h}.${c}`, 'not-compact'],
    ['five parts, as encrypted tokens have', () => `${h}.${c}.${s}.${s}.${s}`, 'not-compact'],
    ['the JSON serialization', () => JSON.stringify({ protected: h, payload: c, signature: s }), 'not-compact'],
    ['an empty payload', () => `${h}..${s}`, 'not-compact'],
    ['padding', () => `${h}.${c}.${s}==`, 'encoding'],
    ['a space inside', () => `${h}.${c} .${s}`, 'encoding'],
    ['a line end at the end', () => `${good}\n`, 'encoding'],
    ['the plain Base64 alphabet', () => `${h}.${c}.${s.slice(0, -2)}+/`, 'encoding'],
    ['stray bits after the last byte', () => `${h}.${strayBits(c)}.${s}`, 'encoding'],
    [
      'bytes that are no UTF-8',
      () => forgeBytes(h, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), key),
      'encoding',
    ],
    ['more than 8 kB', () => forge(header, { ...claims, pad: 'x'.repeat(8192) }, key), 'too-large'],
    ['a payload that is no JSON', () => forge(header, 'hello', key), 'json'],
    ['a payload that is a list', () => forge(header, '[]', key), 'json'],
    ['a payload that is a text', () => forge(header, '"hello"', key), 'json'],
    ['a header that is no JSON', () => forge('{', claims, key), 'json'],
    ['one claim twice', () => forge(header, text('"sub":"another"'), key), 'duplicate-key'],
    ['one claim twice, once with an escape', () => forge(header, text('"\\u0073ub":"another"'), key), 'duplicate-key'],
    ['one claim twice inside another', () => forge(header, text('"x":{"a":1,"a":2}'), key), 'duplicate-key'],
    ['`alg` twice', () => forge(`{"alg":"none",${JSON.stringify(header).slice(1)}`, claims, key), 'duplicate-key'],
    ['__proto__ in the claims', () => forge(header, text('"__proto__":{"admin":true}'), key), 'forbidden-key'],
    [
      '__proto__ in the header',
      () => forge(`{"__proto__":{},${JSON.stringify(header).slice(1)}`, claims, key),
      'forbidden-key',
    ],
    ['nesting without end', () => forge(header, text(`"x":${deep}`), key), 'too-deep'],
  ];
}

function ofHeader({ header, claims, key }: Model): Entry[] {
  const withHeader = (extra: object) => forge({ ...header, ...extra }, claims, key);
  const stranger = strangerLike(key);
  const jwk = createPublicKey(stranger).export({ format: 'jwk' });
  const isRsa = key.asymmetricKeyType === 'rsa';
  const [otherAlg, otherKey] = isRsa ? ['ES256', strangers['ec']!] : ['RS256', strangers['rsa']!];
  const none = (alg: string): Entry => [
    `the algorithm "${alg}"`,
    () => `${encode({ ...header, alg })}.${encode(claims)}.`,
    'algorithm',
  ];
  return [
    none('none'),
    none('None'),
    none('NONE'),
    none('nOnE'),
    none(''),
    ['no algorithm', () => forge({ ...header, alg: undefined }, claims, key), 'algorithm'],
    ['an algorithm that is a list', () => withHeader({ alg: ['RS256'] }), 'algorithm'],
    ['the public key as a shared secret (HS256)', () => hmac({ ...header, alg: 'HS256' }, claims, key), 'algorithm'],
    ['another padding than that of the key (PS256)', () => withHeader({ alg: 'PS256' }), 'algorithm'],
    ['a longer digest of the same key', () => withHeader({ alg: isRsa ? 'RS512' : 'ES512' }), 'algorithm'],
    ['another kind of key', () => forge({ ...header, alg: otherAlg }, claims, otherKey), 'algorithm'],
    ['a key set of its own choice (jku)', () => withHeader({ jku: 'https://attacker.example/jwks' }), 'header-member'],
    [
      'a certificate of its own choice (x5u)',
      () => withHeader({ x5u: 'https://attacker.example/cert' }),
      'header-member',
    ],
    ['a certificate brought along (x5c)', () => withHeader({ x5c: ['MIIB'] }), 'header-member'],
    ['a key brought along (jwk)', () => forge({ ...header, jwk }, claims, stranger), 'header-member'],
    ['compression (zip)', () => withHeader({ zip: 'DEF' }), 'header-member'],
    ['a critical extension that nobody knows', () => withHeader({ crit: ['exp'] }), 'critical'],
    ['an empty list of critical extensions', () => withHeader({ crit: [] }), 'critical'],
    ['an unencoded payload (b64)', () => withHeader({ b64: false }), 'critical'],
    ['another type of token', () => withHeader({ typ: 'at+jwt' }), 'type'],
    ['a type that is no text', () => withHeader({ typ: 7 }), 'type'],
    ['a key nobody knows', () => withHeader({ kid: 'stranger' }), 'unknown-key'],
    ['a path instead of a key', () => withHeader({ kid: '../../dev/null' }), 'unknown-key'],
    ['an endless key id', () => withHeader({ kid: 'k'.repeat(300) }), 'unknown-key'],
  ];
}

function ofSignature({ header, claims, key }: Model): Entry[] {
  const [h = '', c = '', s = ''] = forge(header, claims, key).split('.');
  return [
    ['the signature of a stranger', () => forge(header, claims, strangerLike(key)), 'signature'],
    ['no signature', () => `${h}.${c}.`, 'signature'],
    ['random bytes as signature', () => `${h}.${c}.${randomBytes(256).toString('base64url')}`, 'signature'],
    ['other claims under a good signature', () => `${h}.${encode({ ...claims, sub: 'another' })}.${s}`, 'signature'],
    ['another header under a good signature', () => `${encode({ ...header, x5t: 'x' })}.${c}.${s}`, 'signature'],
  ];
}

function ofTime({ header, claims, key, now }: Model): Entry[] {
  const withClaims = (extra: object) => forge(header, { ...claims, ...extra }, key);
  const day = 24 * 3600;
  return [
    ['no expiry', () => withClaims({ exp: undefined }), 'expiry-missing'],
    ['an expiry in the past', () => withClaims({ exp: now - 60 }), 'expired'],
    ['an expiry that is a text', () => withClaims({ exp: String(now + 60) }), 'claim-shape'],
    ['an expiry with a fraction', () => withClaims({ exp: now + 0.5 }), 'claim-shape'],
    ['a negative expiry', () => withClaims({ exp: -1 }), 'claim-shape'],
    [
      'an expiry beyond numbers',
      () => forge(header, JSON.stringify({ ...claims, exp: 0 }).replace('"exp":0', '"exp":1e400'), key),
      'claim-shape',
    ],
    ['a life of a century', () => withClaims({ exp: now + 100 * 365 * day }), 'life-too-long'],
    ['a long life in the past and future', () => withClaims({ iat: now - 40 * day, exp: now + 60 }), 'life-too-long'],
    ['no time of issue', () => withClaims({ iat: undefined }), 'claim-shape'],
    ['issued tomorrow', () => withClaims({ iat: now + day, exp: now + day + 60 }), 'issued-in-future'],
    ['not valid before tomorrow', () => withClaims({ nbf: now + day }), 'not-yet-valid'],
    ['a start that is a text', () => withClaims({ nbf: 'tomorrow' }), 'claim-shape'],
  ];
}

function ofParties({ header, claims, key }: Model): Entry[] {
  const withClaims = (extra: object) => forge(header, { ...claims, ...extra }, key);
  const { iss, aud } = claims as { iss: string; aud: string };
  return [
    ['another issuer', () => withClaims({ iss: 'https://attacker.example' }), 'issuer'],
    ['the issuer with a slash more', () => withClaims({ iss: `${iss}/` }), 'issuer'],
    ['no issuer', () => withClaims({ iss: undefined }), 'issuer'],
    ['another audience', () => withClaims({ aud: 'another-client' }), 'audience'],
    ['us among several audiences', () => withClaims({ aud: [aud, 'another-client'] }), 'audience'],
    ['no audience', () => withClaims({ aud: undefined }), 'audience'],
    ['an empty list of audiences', () => withClaims({ aud: [] }), 'audience'],
    ['a subject that is a number', () => withClaims({ sub: 7 }), 'claim-shape'],
    ['an endless subject', () => withClaims({ sub: 's'.repeat(256) }), 'claim-shape'],
    ['an empty subject', () => withClaims({ sub: '' }), 'claim-shape'],
  ];
}

/** The same bytes, another last character: only the bits that decoding drops differ. */
function strayBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  // A length of a multiple of four has no bits to spare; one text more gives it some.
  const last = alphabet.indexOf(part.at(-1)!);
  return part.length % 4 === 0 ? `${part}A` : part.slice(0, -1) + alphabet[last + 1];
}

function forgeBytes(header: string, payload: Buffer, key: KeyObject): string {
  return signed(`${header}.${payload.toString('base64url')}`, key);
}

function hmac(header: object, claims: object, key: KeyObject): string {
  const secret = createPublicKey(key).export({ format: 'pem', type: 'spki' });
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** The same for a token that is no JWT but a sealed text `<key id>.<bytes>`: what must not pass for the good one. */
export function hostileSealedTokens(good: string): { title: string; token: string }[] {
  const [keyId = '', sealed = ''] = good.split('.');
  const bytes = Buffer.from(sealed, 'base64url');
  const flipped = (at: number) => {
    const other = Buffer.from(bytes);
    other[at]! ^= 1;
    return `${keyId}.${other.toString('base64url')}`;
  };
  const all: [string, string][] = [
    ['one word', 'token'],
    ['a dot', '.'],
    ['no key id', `.${sealed}`],
    ['a key nobody knows', `stranger.${sealed}`],
    ['__proto__ as the key', `__proto__.${sealed}`],
    ['nothing sealed', `${keyId}.`],
    ['a third part', `${good}.${sealed}`],
    ['padding', `${good}=`],
    ['a line end at the end', `${good}\n`],
    ['a space inside', `${keyId}. ${sealed}`],
    ['stray bits after the last byte', `${keyId}.${strayBits(sealed)}`],
    ['a letter less', good.slice(0, -1)],
    ['a flipped bit in the nonce', flipped(0)],
    ['a flipped bit in the tag', flipped(13)],
    ['a flipped bit in the text', flipped(bytes.length - 1)],
    ['the tag cut short', `${keyId}.${bytes.subarray(0, 16).toString('base64url')}`],
    ['the text cut short', `${keyId}.${bytes.subarray(0, bytes.length - 1).toString('base64url')}`],
  ];
  return all.map(([title, token]) => ({ title, token }));
}
