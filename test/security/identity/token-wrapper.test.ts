import test from 'ava';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  fixedKeys,
  issueToken,
  pageToken,
  serviceToken,
  TokenRefused,
  verifyToken,
  type TokenCheck,
  type TokenFault,
} from '../../../core/tokens/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { forge, goodToken, hostileTokens, type Model } from './hostile-tokens.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const clock = fixedClock('2026-11-24T08:00:00Z');
const now = Math.floor(clock.now().getTime() / 1000);

const model: Model = {
  header: { alg: 'RS256', typ: 'service+jwt', kid: 'ours' },
  claims: { iss: 'digione-core', aud: 'digione-registry', sub: 'reviewer', jti: 'one', iat: now, exp: now + 60 },
  key: privateKey,
  kid: 'ours',
  now,
};

const edwards = generateKeyPairSync('ed25519').privateKey;
const ellipticModel: Model = { ...model, header: { ...model.header, alg: 'ES256' }, key: elliptic };
const edwardsModel: Model = { ...model, header: { ...model.header, alg: 'EdDSA' }, key: edwards };

function check(privateKeyOf: Pick<Model, 'key' | 'header'> = model): TokenCheck {
  const key = createPublicKey(privateKeyOf.key);
  const seen = new Set<string>();
  return {
    kind: serviceToken,
    issuer: 'digione-core',
    audience: 'digione-registry',
    keys: fixedKeys([{ kid: 'ours', alg: privateKeyOf.header['alg'] as 'RS256' | 'ES256' | 'EdDSA', key }]),
    clock,
    used: {
      async firstUse({ issuer, jti }) {
        const first = !seen.has(issuer + jti);
        seen.add(issuer + jti);
        return first;
      },
    },
  };
}

async function faultOf(token: string, how = check()): Promise<TokenFault | 'accepted'> {
  try {
    await verifyToken(token, how);
    return 'accepted';
  } catch (error) {
    if (error instanceof TokenRefused) return error.fault;
    throw error;
  }
}

test('The model itself is accepted, so that each hostile one is refused for its own fault', async (t) => {
  t.is(await faultOf(goodToken(model)), 'accepted');
});

const hostile = hostileTokens(model);

test('The table is long enough', (t) => {
  t.true(hostile.length >= 40, String(hostile.length));
});

for (const { title, make, fault } of hostile)
  test(`A token with ${title} is refused: ${fault}`, async (t) => {
    t.is(await faultOf(make()), fault);
  });

for (const other of [ellipticModel, edwardsModel])
  test(`The same table against an issuer that signs with ${other.header['alg']}`, async (t) => {
    t.is(await faultOf(goodToken(other), check(other)), 'accepted');
    for (const { title, make, fault } of hostileTokens(other)) t.is(await faultOf(make(), check(other)), fault, title);
  });

test('A token is good once', async (t) => {
  const how = check();
  t.is(await faultOf(goodToken(model), how), 'accepted');
  t.is(await faultOf(goodToken(model), how), 'used');
});

test('A token that is to be used once must have an id', async (t) => {
  t.is(await faultOf(forge(model.header, { ...model.claims, jti: undefined }, privateKey)), 'claim-missing');
});

test('A token of one kind never passes for another', async (t) => {
  const key = { kid: 'ours', alg: 'RS256', key: privateKey } as const;
  const order = { issuer: 'digione-core', audience: 'digione-registry', lifeSeconds: 60, key, clock };
  const page = issueToken({ sub: 'x', sid: 'y', school: 'z' }, { ...order, kind: pageToken });
  t.is(await faultOf(page), 'type');
  t.is(await faultOf(page, { ...check(), kind: pageToken }), 'accepted');
  t.is(
    await faultOf(issueToken({ sub: 'x', sid: 'y' }, { ...order, kind: pageToken }), { ...check(), kind: pageToken }),
    'claim-missing',
  );
  t.is(await faultOf(issueToken({ sub: 'x', nonce: 'y' }, { ...order, kind: serviceToken })), 'claim-forbidden');
});

test('A life longer than its kind allows is not issued', (t) => {
  const key = { kid: 'ours', alg: 'RS256', key: privateKey } as const;
  const order = { kind: serviceToken, issuer: 'a', audience: 'b', lifeSeconds: 61, key, clock };
  t.throws(() => issueToken({ sub: 'x' }, order), { instanceOf: RangeError });
});

test('The bearer learns nothing of why', async (t) => {
  const error = await t.throwsAsync(verifyToken(hostile[0]!.make(), check()));
  t.like(error, { code: 'token-refused', message: 'The token was refused. Ask for a new one.' });
});
