import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { story } from '../../core/demo/index.ts';
import { writeBundle } from '../core/education/bundle-fixture.ts';
import { changed } from '../core/education/small-school.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { visitorAs, type PageLanguage, type Visitor } from '../support/portal-visitor.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
  folder: string;
}
const test = (anyTest as TestFn<Context>).serial;

anyTest.before(async (t) => {
  t.timeout(400_000);
  const context = t.context as Context;
  context.folder = mkdtempSync(join(tmpdir(), 'digione-rosters-'));
  context.platform = await runningPlatform();
  context.browser = await launchChromium();
});
anyTest.after.always(async (t) => {
  const { browser, platform, folder } = t.context as Context;
  await browser?.close();
  await platform?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** No barrier in two languages, with a picture of each when a folder for them is named. */
async function accessible(t: ExecutionContext<Context>, guest: Visitor, name: string): Promise<void> {
  for (const language of ['FI', 'SV', 'EN'] satisfies PageLanguage[]) {
    await guest.speak(language);
    t.deepEqual(await guest.barriers(), [], `${name} in ${language}`);
    const pictures = process.env['DIGIONE_TEST_PICTURES'];
    if (!pictures) continue;
    mkdirSync(pictures, { recursive: true });
    await guest.page.screenshot({ path: join(pictures, `${name}-${language}.png`), fullPage: true });
  }
}

/** A delta that adds a small school, two rows of it unusable; without a word about what is there already. */
function newSchool(folder: string): Promise<string> {
  const files = changed({ users: { x: 'x,,,true,,,,Nameless,,,', y: 'y,,,perhaps,,,Aava,Uusi,,,' } });
  const delta = Object.fromEntries(
    Object.entries(files).map(([name, rows]) => [
      name,
      rows.map((row, index) => (index === 0 ? row : row.replace(',,,', ',active,2026-11-24T00:00:00Z,'))),
    ]),
  );
  return writeBundle(join(folder, 'new-school.zip'), delta, 'delta');
}

test('an administrator sends a roster, reads what would change, loads it, decides about access', async (t) => {
  t.timeout(400_000);
  const { platform, browser, folder } = t.context;
  const who = { sub: story.administrator.sub, municipality: '092', kind: 'staff' } as const;
  await using guest = await visitorAs({ browser, platform }, who);
  const { page } = guest;
  await guest.speak('EN');
  await page.getByRole('link', { name: 'Rosters' }).click();
  await page.getByText('Nothing waits for a decision.').waitFor();
  await accessible(t, guest, 'rosters-before');

  await page.getByRole('button', { name: 'Send the file' }).click();
  await page.getByText('Choose a file.').waitFor();
  await page.getByLabel('OneRoster 1.2 CSV file (zip)').setInputFiles(await newSchool(folder));
  await page.getByRole('button', { name: 'Send the file' }).click();
  await page.getByText('Checked, not yet in use').waitFor();
  await page.getByText('3 new learners').first().waitFor();
  await accessible(t, guest, 'rosters-checked');

  await page
    .getByRole('link', { name: /^Show \d+ remark/ })
    .first()
    .click();
  await page.getByText('The value is missing').first().waitFor();
  await accessible(t, guest, 'rosters-problems');

  await page.getByRole('link', { name: 'Rosters' }).first().click();
  await page.getByRole('button', { name: 'Take the data into use' }).click();
  await page.getByText('In use', { exact: true }).waitFor();
  await page.getByText('would see the data of the child').first().waitFor();
  await accessible(t, guest, 'rosters-loaded');

  const waiting = page.getByRole('button', { name: /^Give access:/ });
  const before = await waiting.count();
  await waiting.first().click();
  await waiting.nth(before - 1).waitFor({ state: 'detached' });
  await page
    .getByRole('button', { name: /^Don’t give access:/ })
    .first()
    .click();
  await waiting.nth(before - 2).waitFor({ state: 'detached' });
  t.is(await waiting.count(), before - 2);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the OneRoster file' }).click(),
  ]);
  t.is(file.suggestedFilename(), 'digione-roster.zip');
  t.deepEqual(guest.faults, []);
});

test('a daily fetch is saved, shown without its secret, and stopped', async (t) => {
  t.timeout(200_000);
  const { platform, browser } = t.context;
  const who = { sub: story.administrator.sub, municipality: '092', kind: 'staff' } as const;
  await using guest = await visitorAs({ browser, platform, phone: true }, who);
  const { page } = guest;
  await page.goto(`${platform.core}/municipality/rosters`);
  await guest.speak('EN');
  await page.getByLabel('Address (https)').fill('http://127.0.0.1:9/roster.zip');
  await page.getByLabel('Name of the header').fill('x-key');
  await page.getByLabel('Secret', { exact: true }).fill('very secret');
  await page.getByRole('button', { name: 'Save the fetch' }).click();
  await page.getByText('Next fetch').waitFor();
  t.false((await page.content()).includes('very secret'));
  await accessible(t, guest, 'rosters-phone');
  await page.getByRole('button', { name: 'Stop fetching' }).click();
  await page.getByText('Next fetch').waitFor({ state: 'detached' });
});
