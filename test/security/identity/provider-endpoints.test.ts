import test from 'ava';
import { generateKeyPairSync } from 'node:crypto';
import { demoPersons } from '../../../core/demo/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { session, startPlatform, type Platform } from '../../core/identity/signed-in-platform.ts';
import { forge, goodToken, hostileTokens, type Model } from './hostile-tokens.ts';
import {
  misbehavingProvider,
  publicJwk,
  send,
  type MisbehavingProvider,
  type Misbehaviour,
} from './misbehaving-provider.ts';

const username = demoPersons().find(({ sub }) => sub === 'demo-sanna')!.claims['preferred_username'];
const elsewhere = generateKeyPairSync('rsa', { modulusLength: 2048 });

// Discovery and keys are remembered, so each test has a provider of its own and a platform that has never seen it.
const providers: MisbehavingProvider[] = [];
const platforms: Platform[] = [];
let shared: Platform;
let index = 0;
test.before(async () => {
  for (let count = 0; count < 12; count++) providers.push(await misbehavingProvider(`provider-${count}`));
  shared = await startPlatform(
    (settings) => ({ ...settings, providers: providers.map((provider) => provider.settings) }),
    () => [],
    // Short, since some of these providers never answer.
    { providerLimits: { timeoutMs: 2_000, maxBytes: 64 * 1024 } },
  );
  platforms.push(shared);
});
test.after.always(async () => {
  for (const one of [...platforms, ...providers]) await one[Symbol.asyncDispose]();
});

function freshProvider(how: Misbehaviour = {}): MisbehavingProvider {
  const provider = providers[index++]!;
  provider.behave({ ...how, claims: { preferred_username: username, ...how.claims } });
  return provider;
}

async function tryToSignIn(provider: MisbehavingProvider) {
  const browser = cookieBrowser();
  const start = await browser.request(
    `${shared.origin}/auth/sign-in?municipality=092&provider=${provider.settings.id}`,
  );
  if (start.status !== 302) return { browser, response: start };
  const granted = provider.grant(new URL(start.headers.get('location')!));
  const response = await browser.request(`${shared.origin}/auth/callback?${new URLSearchParams(granted)}`);
  return { browser, response };
}

test.serial('A provider whose discovery names another issuer is not used, and may mend itself', async (t) => {
  const provider = freshProvider({
    discovery: (answer, usual) => send(answer, { ...usual, issuer: 'https://attacker.example' }),
  });
  t.is((await tryToSignIn(provider)).response.status, 503);
  provider.behave({ claims: { preferred_username: username } });
  t.is((await tryToSignIn(provider)).response.status, 302);
});

test.serial('Discovery can not send secrets, codes or browsers to another origin', async (t) => {
  const provider = freshProvider();
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'end_session_endpoint']) {
    provider.behave({ discovery: (answer, usual) => send(answer, { ...usual, [name]: 'https://attacker.example/x' }) });
    t.is((await tryToSignIn(provider)).response.status, 503, name);
    provider.behave({ discovery: (answer, usual) => send(answer, { ...usual, [name]: 'javascript:alert(1)' }) });
    t.is((await tryToSignIn(provider)).response.status, 503, name);
  }
});

test.serial('Discovery that redirects, floods, hangs or talks nonsense is refused calmly', async (t) => {
  const provider = freshProvider();
  const ways: Misbehaviour['discovery'][] = [
    (answer) => void answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    (answer) => void answer.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(1_000_000)}"`),
    () => undefined,
    (answer) => send(answer, {}),
    (answer) => void answer.writeHead(404).end(),
  ];
  for (const discovery of ways) {
    provider.behave({ discovery: discovery! });
    t.is((await tryToSignIn(provider)).response.status, 503);
  }
});

const badKeys: [string, Misbehaviour['jwks']][] = [
  ['redirect', (answer) => void answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['never end', (answer) => void answer.writeHead(200).write('{"keys":[')],
  ['are huge', (answer) => send(answer, { keys: [], pad: 'x'.repeat(1_000_000) })],
  ['are no key set', (answer) => send(answer, { keys: 'none' })],
  ['are someone else’s', (answer) => send(answer, { keys: [publicJwk(elsewhere.publicKey)] })],
  ['are symmetric', (answer) => send(answer, { keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'one', alg: 'RS256' }] })],
  [
    'are for encryption',
    (answer, usual) => send(answer, { keys: (usual['keys'] as object[]).map((key) => ({ ...key, use: 'enc' })) }),
  ],
];
for (const [what, jwks] of badKeys)
  test.serial(`Keys that ${what} open no session`, async (t) => {
    const { browser, response } = await tryToSignIn(freshProvider({ jwks: jwks! }));
    t.is(response.status, 400);
    t.false((await session(shared, browser)).signedIn);
  });

test.serial(
  'A flood of invented key ids fetches the keys once, and a new key is found after half a minute',
  async (t) => {
    const provider = freshProvider();
    t.is((await tryToSignIn(provider)).response.status, 302);
    t.is(provider.keyFetches(), 1);
    const rotated = (model: Model) => forge({ ...model.header, kid: 'two' }, model.claims, elsewhere.privateKey);
    provider.behave({
      claims: { preferred_username: username },
      idToken: rotated,
      jwks: (answer) => send(answer, { keys: [publicJwk(elsewhere.publicKey, 'two')] }),
    });
    for (let round = 0; round < 10; round++) t.is((await tryToSignIn(provider)).response.status, 400);
    t.is(provider.keyFetches(), 1);
    shared.clock.advance(31_000);
    t.is((await tryToSignIn(provider)).response.status, 302);
    t.is(provider.keyFetches(), 2);
    shared.clock.reset();
  },
);

test.serial('No hostile logout token ends a session; a good one does, once', async (t) => {
  const provider = freshProvider({ claims: { sid: 'their-session' } });
  const { browser } = await tryToSignIn(provider);
  const send = async (token: string) => {
    const response = await fetch(`${shared.origin}/auth/back-channel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
    return response.status;
  };
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const model = provider.model({ sub: 'someone', sid: 'their-session', jti: 'one', events }, { typ: 'logout+jwt' });
  for (const { title, make } of hostileTokens(model)) t.true([400, 401].includes(await send(make())), title);
  const wrong = [
    { events: undefined },
    { events: {} },
    { events: 'x' },
    { events: { 'http://schemas.openid.net/event/backchannel-logout': [] } },
    { nonce: 'x' },
    { sub: undefined, sid: undefined },
    { jti: undefined },
  ];
  for (const claims of wrong)
    t.is(
      await send(goodToken({ ...model, claims: { ...model.claims, jti: 'other', ...claims } })),
      401,
      JSON.stringify(claims),
    );
  t.is(await send(goodToken({ ...model, header: { ...model.header, typ: 'JWT' } })), 401);
  t.true((await session(shared, browser)).signedIn);
  t.is(await send(goodToken(model)), 204);
  t.false((await session(shared, browser)).signedIn);
  t.is(await send(goodToken(model)), 401, 'the same token again');
});
