import test from 'ava';
import { demoVendorOwner } from '../../../core/demo/index.ts';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { misbehavingProvider, type MisbehavingProvider } from '../../security/identity/misbehaving-provider.ts';
import { post, session, signIn, startPlatform, type Platform } from './signed-in-platform.ts';
import { softwareAuthenticator } from './software-authenticator.ts';

let platform: Platform;
let lookalike: MisbehavingProvider;
test.before(async () => {
  lookalike = await misbehavingProvider('lookalike');
  const vendors = { ...lookalike.settings, kind: 'vendor', municipalities: ['000'] } as const;
  platform = await startPlatform((settings) => ({ ...settings, providers: [...settings.providers, vendors] }));
});
test.after.always(async () => {
  await platform?.[Symbol.asyncDispose]();
  await lookalike?.[Symbol.asyncDispose]();
});

const veera = { sub: 'demo-veera', municipality: '000', kind: 'vendor' } as const;

test.serial('Somebody of a vendor signs in at first sight, with the vendor’s role and no other', async (t) => {
  const { browser } = await signIn(platform, veera);
  const view = await session(platform, browser);
  t.is(view.name, demoVendorOwner.name);
  t.deepEqual(
    view.roles.map(({ role, municipality }) => [role, municipality.code]),
    [['vendor', '000']],
  );
});

test.serial('The second sign-in finds the same person and account', async (t) => {
  await signIn(platform, veera);
  await signIn(platform, veera, cookieBrowser());
  const rows = await platform.test.asOwner(
    `select distinct person_id, account_id from core.session s join core.account a on a.id = s.account_id where a.sub = 'demo-veera'`,
  );
  t.is(rows.length, 1);
});

test.serial('They add a passkey and come in with it', async (t) => {
  const { browser } = await signIn(platform, veera);
  const device = softwareAuthenticator();
  const asked = (await (await post(platform, browser, '/api/passkeys/options')).json()) as { challenge: string };
  const made = device.create({ challenge: asked.challenge, origin: platform.origin });
  t.is((await post(platform, browser, '/api/passkeys', { name: 'Key', response: made })).status, 204);
  const fresh = cookieBrowser();
  const question = (await (await post(platform, fresh, '/api/sign-in/passkey/options')).json()) as {
    challenge: string;
  };
  const response = device.answer({ challenge: question.challenge, origin: platform.origin });
  t.is((await post(platform, fresh, '/api/sign-in/passkey', { response })).status, 204);
  t.is((await session(platform, fresh)).active.role, 'vendor');
});

test.serial('A vendor’s user name that is also a reviewer’s opens nothing of the reviewer', async (t) => {
  lookalike.behave({
    claims: { preferred_username: 'riikka@000.example.org', given_name: 'Not', family_name: 'Riikka' },
  });
  const browser = cookieBrowser();
  const start = await browser.request(`${platform.origin}/auth/sign-in?municipality=000&provider=lookalike`);
  const granted = lookalike.grant(new URL(start.headers.get('location')!));
  await browser.request(`${platform.origin}/auth/callback?${new URLSearchParams(granted)}`);
  const view = await session(platform, browser);
  t.is(view.name, 'Not Riikka');
  t.deepEqual(
    view.roles.map(({ role }) => role),
    ['vendor'],
  );
});

test.serial('A municipality does not offer the vendors’ way in', async (t) => {
  const response = await fetch(`${platform.origin}/auth/sign-in?municipality=092&provider=vendor-000`, {
    redirect: 'manual',
  });
  t.is(response.status, 404);
});
