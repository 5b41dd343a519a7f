import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { story } from '../../core/demo/index.ts';
import { newId } from '../../core/kernel/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { visitorAs, type PageLanguage, type Visitor } from '../support/portal-visitor.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
}
const test = (anyTest as TestFn<Context>).serial;
const administrator = { sub: story.administrator.sub, municipality: '092', kind: 'staff' } as const;
const support = { sub: story.support.sub, municipality: '000', kind: 'staff' } as const;

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

/** No barrier in three languages and none wider than its window, with a picture of each when a folder for them is named. */
async function accessible(t: ExecutionContext<Context>, guest: Visitor, name: string): Promise<void> {
  for (const language of ['FI', 'SV', 'EN'] satisfies PageLanguage[]) {
    await guest.speak(language);
    t.deepEqual(await guest.barriers(), [], `${name} in ${language}`);
    const wider = await guest.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    t.true((wider as number) <= 0, `${name} in ${language} is wider than the window by ${wider}`);
    const pictures = process.env['DIGIONE_TEST_PICTURES'];
    if (!pictures) continue;
    mkdirSync(pictures, { recursive: true });
    await guest.page.screenshot({ path: join(pictures, `${name}-${language}.png`), fullPage: true });
  }
}

/** So that the next page speaks it too: the session must have heard of it. */
async function speakEnglish({ page, speak }: Visitor): Promise<void> {
  const heard = page.waitForResponse((response) => response.url().endsWith('/api/session/language'));
  await speak('EN');
  await heard;
}

test('support staff ask, the municipality lets them into one school, a banner says so, and the visit is ended', async (t) => {
  t.timeout(400_000);
  const { platform, browser } = t.context;
  await using visitor = await visitorAs({ browser, platform, phone: true }, support);
  await using town = await visitorAs({ browser, platform }, administrator);
  const [there, here] = [visitor.page, town.page];
  await visitor.speak('EN');
  await town.speak('EN');
  await there.getByText('No requests.').waitFor();
  await accessible(t, visitor, 'support-desk-phone');
  await there.getByRole('combobox', { name: 'Municipality' }).selectOption({ label: story.municipality.name.en });
  await there.getByLabel('For how long').selectOption('60');
  await there.getByRole('button', { name: 'Ask for leave' }).click();
  await there.getByText('Tell the reason in a few words.').waitFor();
  await there.getByLabel('Why it is needed').fill('A class list is empty, we look for the fault.');
  await there.getByRole('button', { name: 'Ask for leave' }).click();
  await there.getByText('Your request was sent').waitFor();

  await here.getByRole('link', { name: 'Support', exact: true }).click();
  await here.getByText('waits for the municipality').waitFor();
  await accessible(t, town, 'support-waiting');
  await here.getByRole('button', { name: 'Let in: Tuomas Apulaakso' }).click();
  await here.getByText('Choose a school first.').waitFor();
  await here.getByLabel('School that support may see').selectOption({ label: story.school.name });
  await here.getByRole('button', { name: 'Let in: Tuomas Apulaakso' }).click();
  await here.getByText('Open until').waitFor();
  await accessible(t, town, 'support-open');

  await there.reload();
  await there.getByRole('button', { name: `Go and look at ${story.school.name}` }).click();
  await there.getByText('You can change nothing.').waitFor();
  await accessible(t, visitor, 'support-visit-phone');
  await there.getByRole('link', { name: story.class.title, exact: true }).first().click();
  await there.getByText('You can change nothing.').waitFor();
  await there.getByRole('row').nth(3).waitFor();
  await accessible(t, visitor, 'support-class-phone');

  await here.getByRole('button', { name: /^End the visit/ }).click();
  await here.getByText('ended', { exact: true }).waitFor();
  await there.reload();
  await there.getByText('You can change nothing.').waitFor({ state: 'detached' });
  await there.goto(platform.core);
  await there.getByText('ended', { exact: true }).waitFor();
  t.deepEqual([...visitor.faults, ...town.faults], []);
});

/** The register has Aada a second time, with a number of her own and a place in the same class. */
async function twoNumbers(platform: RunningPlatform): Promise<[kept: string, merged: string]> {
  const client = new pg.Client({ connectionString: platform.databaseUrl, options: '-c search_path=core,public' });
  await client.connect();
  const merged = '1.2.246.562.99.24.70000000001';
  const [town, aada, again] = [story.municipality.id, story.child.personId, newId()];
  try {
    await client.query(
      `insert into person (municipality_id, id, given_name, family_name, birth_date, language)
       select municipality_id, $3, given_name, family_name, birth_date, language from person where municipality_id = $1 and id = $2`,
      [town, aada, again],
    );
    await client.query(
      `insert into person_identifier (municipality_id, scheme, value, person_id) values ($1, 'learner-number', $2, $3)`,
      [town, merged, again],
    );
    await client.query(
      `insert into enrollment (municipality_id, id, person_id, class_id, school_id, role, "primary", valid_from, valid_to)
       select municipality_id, gen_random_uuid(), $3, class_id, school_id, role, "primary", valid_from, valid_to
       from enrollment where municipality_id = $1 and person_id = $2 and role = 'student'`,
      [town, aada, again],
    );
    const { rows } = await client.query<{ value: string }>(
      `select value from person_identifier where municipality_id = $1 and person_id = $2 and scheme = 'learner-number'`,
      [town, aada],
    );
    return [rows[0]!.value, merged];
  } finally {
    await client.end();
  }
}

test('an administrator merges two learner numbers after a look at what would move', async (t) => {
  t.timeout(400_000);
  const { platform, browser } = t.context;
  const [kept, merged] = await twoNumbers(platform);
  for (const phone of [true, false]) {
    await using guest = await visitorAs({ browser, platform, phone }, administrator);
    const { page } = guest;
    await speakEnglish(guest);
    await page.goto(`${platform.core}/municipality/rosters`);
    const form = page.getByRole('form', { name: 'Merge two learner numbers' });
    await form.getByLabel('The number that stays').fill(kept);
    await form.getByLabel('The number that is merged into it').fill('1.2.246.562.24.00000000000');
    await form.getByRole('button', { name: 'Show what would move' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByLabel('The number that is merged into it').fill(merged);
    await form.getByRole('button', { name: 'Show what would move' }).click();
    await form.getByText('This can’t be undone.').waitFor();
    await accessible(t, guest, phone ? 'merge-phone' : 'merge');
    if (phone) continue;
    await form.getByLabel('Reason for the log').fill('The register merged the numbers.');
    await form.getByRole('button', { name: 'Merge the learners' }).click();
    await form.getByText('The learners have been merged.').waitFor();
    await accessible(t, guest, 'merge-done');
    t.deepEqual(guest.faults, []);
  }
});

test('an administrator asks why a teacher does not see a learner', async (t) => {
  t.timeout(400_000);
  const { platform, browser } = t.context;
  await using guest = await visitorAs({ browser, platform }, administrator);
  const { page } = guest;
  await speakEnglish(guest);
  await page.goto(`${platform.core}/municipality/explain`);
  await page.getByRole('combobox', { name: 'School' }).selectOption({ label: story.school.name });
  await page.getByLabel('Who looks', { exact: true }).fill('Rantakoskela');
  await page.getByLabel('Who looks: found').selectOption({ index: 1 });
  await page.getByLabel('At which learner', { exact: true }).fill('Onni');
  await page.getByLabel('At which learner: found').selectOption({ index: 1 });
  await accessible(t, guest, 'explain-form');
  await page.goto(`${platform.core}/emergency`);
  await page.getByText('No requests.').waitFor();
  await accessible(t, guest, 'emergency-of-municipality');
  t.deepEqual(guest.faults, []);
});
