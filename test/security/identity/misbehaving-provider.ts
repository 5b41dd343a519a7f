import { createHash, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { ProviderSettings } from '../../../core/identity/index.ts';
import { goodToken, type Model } from './hostile-tokens.ts';

type Json = Record<string, unknown>;
type Answer = (response: ServerResponse, usual: Json) => void;

/** What this provider does differently; reset after each test. */
export interface Misbehaviour {
  discovery?: Answer;
  jwks?: Answer;
  token?: Answer;
  /** Other claims in the ID token; undefined takes one away. */
  claims?: Json;
  /** The whole ID token. */
  idToken?(model: Model): string;
  /** Redeems a code whatever the code verifier says. */
  ignorePkce?: boolean;
}

export interface MisbehavingProvider extends AsyncDisposable {
  issuer: string;
  settings: ProviderSettings;
  behave(how: Misbehaviour): void;
  /** As if a person had signed in: the parameters of the way back. */
  grant(authorization: URL): { code: string; state: string; iss: string };
  /** Bodies that came to the token endpoint. */
  redeemed: URLSearchParams[];
  keyFetches(): number;
  /** A token of this provider for that audience, to be changed. */
  model(claims: Json, header?: Json): Model;
}

interface Granted {
  nonce: string;
  challenge: string;
}

const clientId = 'core';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A small OpenID provider that follows the standard unless told otherwise. */
export async function misbehavingProvider(id: string): Promise<MisbehavingProvider> {
  let how: Misbehaviour = {};
  let keyFetches = 0;
  const codes = new Map<string, Granted>();
  const redeemed: URLSearchParams[] = [];
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, issuer);
    if (pathname === '/.well-known/openid-configuration') return (how.discovery ?? send)(response, discovery(issuer));
    if (pathname === '/keys') {
      keyFetches++;
      return (how.jwks ?? send)(response, { keys: [publicJwk(keys.publicKey)] });
    }
    const form = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
    redeemed.push(form);
    const granted = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!granted || (!how.ignorePkce && granted.challenge !== challenge))
      return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
    const signed = model({ sub: 'someone', nonce: granted.nonce, ...how.claims });
    const idToken = how.idToken ? how.idToken(signed) : goodToken(signed);
    const usual = { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: idToken };
    (how.token ?? send)(response, usual);
  }

  function model(claims: Json, header: Json = {}): Model {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 300, auth_time: now };
    return {
      header: { alg: 'RS256', typ: 'JWT', kid: 'one', ...header },
      claims: { iss: issuer, aud: clientId, ...times, ...claims },
      key: keys.privateKey,
      kid: 'one',
      now,
    };
  }

  return {
    issuer,
    settings: {
      id,
      kind: 'staff',
      label: { fi: id, sv: id, en: id },
      issuer,
      clientId,
      clientSecret: 'secret',
      municipalities: ['092'],
    },
    behave(next) {
      how = next;
    },
    grant(authorization) {
      const code = randomBytes(16).toString('hex');
      const {
        nonce,
        state,
        code_challenge: challenge,
      } = Object.fromEntries(authorization.searchParams) as Record<string, string>;
      codes.set(code, { nonce: nonce!, challenge: challenge! });
      return { code, state: state!, iss: issuer };
    },
    redeemed,
    keyFetches: () => keyFetches,
    model,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function send(response: ServerResponse, body: Json): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function discovery(issuer: string): Json {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    authorization_response_iss_parameter_supported: true,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  };
}

export function publicJwk(key: KeyObject, kid = 'one'): Json {
  return {
    ...createPublicKey(key.export({ format: 'pem', type: 'spki' })).export({ format: 'jwk' }),
    kid,
    use: 'sig',
    alg: 'RS256',
  };
}
