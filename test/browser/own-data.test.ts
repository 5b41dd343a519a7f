import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Browser } from 'playwright-core';
import { story } from '../../core/demo/index.ts';
import { unzip } from '../core/rights/rights-world.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { type PageLanguage, type Visitor, visitorAs } from '../support/portal-visitor.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
}
const test = (anyTest as TestFn<Context>).serial;

anyTest.before(async (t) => {
  t.timeout(400_000);
  const context = t.context as Context;
  context.platform = await runningPlatform();
  context.browser = await launchChromium();
});
anyTest.after.always(async (t) => {
  const { browser, platform } = t.context as Context;
  await browser?.close();
  await platform?.[Symbol.asyncDispose]();
});

/** No barrier in the named languages, with a picture of each when a folder for them is named. */
async function accessible(t: ExecutionContext<Context>, guest: Visitor, name: string): Promise<void> {
  for (const language of ['FI', 'EN'] satisfies PageLanguage[]) {
    await guest.speak(language);
    t.deepEqual(await guest.barriers(), [], `${name} in ${language}`);
    const pictures = process.env['DIGIONE_TEST_PICTURES'];
    if (!pictures) continue;
    mkdirSync(pictures, { recursive: true });
    await guest.page.screenshot({ path: join(pictures, `${name}-${language}.png`), fullPage: true });
  }
}

async function contentOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test('a guardian downloads everything about the child, objects, and the officer answers', async (t) => {
  t.timeout(400_000);
  const { platform, browser } = t.context;
  const who = { sub: story.guardian.sub, municipality: '092', kind: 'suomifi' } as const;
  await using guest = await visitorAs({ browser, platform, phone: true }, who);
  const { page } = guest;
  await guest.speak('EN');
  await page.getByRole('link', { name: /^Aada/ }).click();
  await page.getByRole('link', { name: 'Data and requests' }).click();
  await page.getByText('You have made no requests.').waitFor();
  await page.getByRole('button', { name: 'Collect the data' }).click();
  const get = page.getByRole('button', { name: 'Download the file' });
  await get.waitFor({ timeout: 180_000 });
  const [file] = await Promise.all([page.waitForEvent('download'), get.click()]);
  const files = await unzip(await contentOf(await file.createReadStream()));
  t.true(files.get('data/person.json')!.includes('Aada'));
  t.regex(files.get('index.html')!, /Everything is included/);

  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('This is needed.').waitFor();
  await page.getByLabel('What do you ask for?').selectOption('objection');
  await page.getByLabel('Tell it in your own words').fill('We do not want the apps to use this.');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('The request was sent.').waitFor();
  await page.getByText('In force now').waitFor();
  await accessible(t, guest, 'own-data');
  t.deepEqual(guest.faults, []);

  const office = { sub: story.dataProtectionOfficer.sub, municipality: '092', kind: 'staff' } as const;
  await using officer = await visitorAs({ browser, platform }, office);
  await officer.speak('EN');
  await officer.page.getByRole('link', { name: 'Requests', exact: true }).click();
  await accessible(t, officer, 'officer-requests');
  await officer.page.getByRole('link', { name: /Aada/ }).click();
  await officer.page.getByLabel('Reasons of the decision').fill('The class needs the list.');
  await accessible(t, officer, 'officer-request');
  await officer.page.getByLabel('Reasons of the decision').fill('The class needs the list.');
  await officer.page.getByRole('button', { name: 'Decline' }).click();
  await officer.page.getByText('Who was given the data').waitFor();
  for (const [link, name] of [
    ['Incidents', 'officer-incidents'],
    ['Record of processing', 'officer-record'],
    ['Impact assessments', 'officer-assessments'],
  ] as const) {
    await officer.page.getByRole('navigation', { name: 'Main menu' }).getByRole('link', { name: link }).click();
    await officer.page.getByRole('heading', { level: 1, name: link }).waitFor();
    await accessible(t, officer, name);
  }
  await page.reload();
  await page.getByText('Not accepted').waitFor();
  t.is(await page.getByText('In force now').count(), 0);
});
