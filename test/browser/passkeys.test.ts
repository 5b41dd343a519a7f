import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Browser, CDPSession } from 'playwright-core';
import { story } from '../../core/demo/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { visitor, visitorAs, type PageLanguage, type Visitor } from '../support/portal-visitor.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
}
const test = anyTest as TestFn<Context>;

test.before(async (t) => {
  t.timeout(400_000);
  // Browsers keep passkeys for names only.
  t.context.platform = await runningPlatform();
  t.context.browser = await launchChromium();
});
test.after.always(async (t) => {
  await t.context.browser?.close();
  await t.context.platform?.[Symbol.asyncDispose]();
});

const administrator = { sub: story.administrator.sub, municipality: '092', kind: 'staff' } as const;

/** A device whose owner unlocks it at once (WebDriver's virtual authenticator, WebAuthn Level 3 §11). */
async function unlockedDevice({ page, context }: Visitor): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

async function accessible(t: ExecutionContext<Context>, guest: Visitor, name: string, languages: PageLanguage[]) {
  for (const language of languages) {
    await guest.speak(language);
    t.deepEqual(await guest.barriers(), [], `${name} in ${language}`);
  }
}

test.serial('an administrator adds a passkey, signs in with it, and takes it away', async (t) => {
  t.timeout(300_000);
  await using guest = await visitorAs(t.context, administrator);
  const { page } = guest;
  const { core } = t.context.platform;
  await guest.speak('EN');
  const device = await unlockedDevice(guest);

  await page.getByRole('button', { name: /Sanna Hietarinne/ }).click();
  await page.getByRole('link', { name: 'My account' }).click();
  await page.getByText('You have no passkeys yet.').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This is needed.').waitFor();
  await page.getByLabel('Name of the new passkey').fill('Work phone');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added.').waitFor();
  await page.getByRole('heading', { name: 'Work phone' }).waitFor();
  const { credentials } = await device.session.send('WebAuthn.getCredentials', device);
  t.is(credentials.length, 1);
  t.is(credentials[0]!.rpId, 'localhost');
  await accessible(t, guest, 'account page', ['FI', 'SV', 'EN']);

  await page.getByRole('button', { name: 'Sign out everywhere, here too' }).click();
  await page.waitForURL(`${core}/`);
  await page.goto(`${core}/sign-in`);
  await accessible(t, guest, 'sign-in page with passkeys', ['FI', 'EN']);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(`${core}/`);
  await page.getByRole('button', { name: /Sanna Hietarinne/ }).waitFor();
  await page.goto(`${core}/account`);
  await guest.speak('EN');
  await page.getByText(/^Signed in .* Passkey\.$/).waitFor();

  await page.getByRole('button', { name: 'Remove the passkey Work phone' }).click();
  await page.getByText('You have no passkeys yet.').waitFor();
  await page.getByRole('button', { name: 'Sign out everywhere, here too' }).click();
  await page.waitForURL(`${core}/`);
  await page.goto(`${core}/sign-in`);
  await guest.speak('EN');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByText('The passkey did not open a session.').waitFor();
});

test.serial('a person sees their sign-ins and ends those elsewhere', async (t) => {
  t.timeout(300_000);
  const teacher = { sub: story.teacher.sub, municipality: '092', kind: 'mpassid' } as const;
  await using here = await visitorAs(t.context, teacher);
  await using there = await visitorAs(t.context, teacher);
  const { core } = t.context.platform;
  await here.page.goto(`${core}/account`);
  await here.speak('EN');
  await here.page.getByText('2 sign-ins').waitFor();
  await here.page.getByText('This device').waitFor();
  t.is(await here.page.getByRole('heading', { name: 'Passkeys' }).count(), 0, 'teachers have none');
  await accessible(t, here, 'account page of a teacher', ['FI', 'EN']);
  await here.page.getByRole('button', { name: /^Sign out: / }).click();
  await here.page.getByText('1 sign-in', { exact: true }).waitFor();
  // The other page hears of it by itself.
  await there.page.getByRole('heading', { level: 1, name: /ended|päättyi|avslutad/i }).waitFor();
  await here.page.reload();
  await here.page.getByText('1 sign-in', { exact: true }).waitFor();
});

test.serial('where the address is a number, the page says calmly why there can be no passkeys', async (t) => {
  t.timeout(300_000);
  await using numeric = await runningPlatform((port) => ({ DIGIONE_PUBLIC_ORIGIN: `http://127.0.0.1:${port}` }));
  const { browser } = t.context;
  await using guest = await visitorAs({ browser, platform: numeric }, administrator);
  await guest.page.goto(`${numeric.core}/account`);
  await guest.speak('EN');
  await guest.page.getByText('The service is open at a numeric address').waitFor();
  t.is(await guest.page.getByRole('button', { name: 'Add a passkey' }).count(), 0);
  t.deepEqual(await guest.barriers(), []);
  await using stranger = await visitor({ browser, platform: numeric });
  await stranger.page.goto(`${numeric.core}/sign-in`);
  await stranger.page.getByRole('heading', { level: 1 }).waitFor();
  t.is(await stranger.page.getByRole('button', { name: 'Use a passkey' }).count(), 0);
  t.deepEqual([...guest.faults, ...stranger.faults], []);
});
