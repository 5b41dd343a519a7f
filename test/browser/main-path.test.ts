import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Browser } from 'playwright-core';
import { story } from '../../core/demo/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { runningPlatform, type RunningPlatform } from '../support/platform.ts';
import { visitor, visitorAs, type PageLanguage, type Visitor } from '../support/portal-visitor.ts';

interface Context {
  platform: RunningPlatform;
  browser: Browser;
}
const test = anyTest as TestFn<Context>;
const plugin = 'demo-vendor/hello-class';

test.before(async (t) => {
  t.timeout(400_000);
  t.context.platform = await runningPlatform();
  t.context.browser = await launchChromium();
});
test.after.always(async (t) => {
  await t.context.browser?.close();
  await t.context.platform?.[Symbol.asyncDispose]();
});

/** No barrier in either language, on the page as it stands; ends in the first. */
async function accessible(
  t: ExecutionContext<Context>,
  guest: Visitor,
  name: string,
  languages: PageLanguage[] = ['FI', 'EN'],
) {
  for (const language of languages) {
    await guest.speak(language);
    t.deepEqual(await guest.barriers(), [], `${name} in ${language}`);
  }
}

test('the main path in the browser, from review to a stopped plugin, in two languages and without barriers', async (t) => {
  t.timeout(400_000);
  const { platform, browser } = t.context;
  const here = { browser, platform };
  const open = (guest: Visitor, path: string) => guest.page.goto(`${platform.core}${path}`);

  await using stranger = await visitor(here);
  await stranger.page.getByRole('heading', { level: 1 }).waitFor();
  await accessible(t, stranger, 'front page', ['FI', 'SV', 'EN']);
  await stranger.picture('front');
  await open(stranger, '/sign-in');
  await accessible(t, stranger, 'sign-in page', ['SV', 'EN']);

  await using reviewer = await visitorAs(here, { sub: story.reviewer.sub, municipality: '000', kind: 'staff' });
  await accessible(t, reviewer, 'review queue');
  await reviewer.page
    .getByRole('link', { name: 'Class notes' })
    .or(reviewer.page.getByRole('link', { name: /hello-class/ }))
    .first()
    .click();
  await reviewer.page.getByText('Approve for publishing').waitFor();
  await accessible(t, reviewer, 'review of a version');
  await reviewer.picture('review');
  await reviewer.page.getByText('Approve for publishing').click();
  await reviewer.page.getByLabel('Reason').fill('All checks are green and the terms are clear.');
  await reviewer.page.getByRole('button', { name: 'Save the decision' }).click();
  await reviewer.page.getByText('The queue is empty').waitFor();

  await open(stranger, '/catalogue');
  await stranger.page.getByRole('link', { name: 'Class notes' }).first().click();
  await stranger.page.getByRole('heading', { name: 'Class notes', level: 1 }).waitFor();
  await accessible(t, stranger, 'catalogue page of the plugin');
  await stranger.picture('catalogue');

  await using administrator = await visitorAs(here, {
    sub: story.administrator.sub,
    municipality: '092',
    kind: 'staff',
  });
  await administrator.speak('EN');
  await administrator.page.getByRole('link', { name: 'Class notes' }).first().click();
  await administrator.page.getByRole('link', { name: 'Make an agreement' }).click();
  await administrator.page.getByText('I have checked the data terms').waitFor();
  await accessible(t, administrator, 'agreement');
  await administrator.picture('agreement');
  await administrator.page.getByText('I have checked the data terms').click();
  await administrator.page.getByRole('button', { name: 'Accept the agreement' }).click();
  await administrator.page.getByText('Agreement in force').waitFor();
  const school = administrator.page.getByRole('listitem').filter({ hasText: story.school.name });
  await school.getByRole('button', { name: 'Take into use' }).click();
  await school.getByText('In use', { exact: true }).waitFor();
  await accessible(t, administrator, "the municipality's page of the plugin");
  await administrator.picture('municipality');

  await using guardian = await visitorAs(
    { ...here, phone: true },
    { sub: story.guardian.sub, municipality: '092', kind: 'suomifi' },
  );
  await accessible(t, guardian, 'children');
  await guardian.page.getByRole('link', { name: /Aada/ }).first().click();
  await guardian.page.getByRole('link', { name: 'Consents' }).click();
  await guardian.page.getByRole('button', { name: 'I give consent' }).waitFor();
  await accessible(t, guardian, 'consents on a phone');
  await guardian.picture('consents');
  await guardian.page.getByRole('button', { name: 'I give consent' }).click();
  await guardian.page.getByRole('button', { name: 'I withdraw the consent' }).waitFor();

  await using teacher = await visitorAs(here, { sub: story.teacher.sub, municipality: '092', kind: 'mpassid' });
  await teacher.speak('EN');
  await teacher.page.getByRole('link', { name: 'Class notes' }).first().waitFor();
  await accessible(t, teacher, "teacher's home");
  await teacher.picture('home');
  await open(teacher, `/plugins/${plugin}/main`);
  const page = teacher.page.frameLocator('iframe');
  const row = page.getByRole('listitem').filter({ hasText: 'Salmenperä Aada' });
  await row.getByRole('textbox').fill('Reads well');
  await row.getByRole('button').first().click();
  await row.getByRole('status').filter({ hasText: /\S/ }).waitFor();
  await accessible(t, teacher, 'page of the plugin');
  await teacher.page.frameLocator('iframe').getByRole('heading', { name: 'Class notes' }).waitFor();
  await teacher.picture('plugin-page');
  await open(teacher, `/plugins/${plugin}/main`);
  await row.getByRole('textbox').waitFor();
  t.is(await row.getByRole('textbox').inputValue(), 'Reads well');
  t.is(await page.getByRole('textbox').count(), 1, 'only the learner whose family consented');

  await guardian.page.getByRole('link', { name: 'Who has looked' }).click();
  await guardian.page
    .getByText('family name, given name')
    .or(guardian.page.getByText('given name, family name'))
    .first()
    .waitFor();
  await accessible(t, guardian, 'who has looked, on a phone');
  await guardian.picture('who-has-looked');
  await guardian.page.getByRole('link', { name: 'Consents' }).click();
  await guardian.page.getByRole('button', { name: 'I withdraw the consent' }).click();
  await guardian.page.getByRole('button', { name: 'I give consent' }).waitFor();

  await open(teacher, `/plugins/${plugin}/main`);
  await row.waitFor();
  t.is(await page.getByRole('textbox').count(), 0, 'the note is gone with the consent');

  await school.getByRole('button', { name: 'Stop' }).click();
  await administrator.page.getByLabel(/Reason|Why/).fill('A question of the data protection officer.');
  await administrator.page.getByRole('button', { name: /Stop/ }).last().click();
  await teacher.page
    .locator('main')
    .getByText(/stopped/i)
    .first()
    .waitFor();
  await accessible(t, teacher, 'a stopped plugin');
  await teacher.picture('stopped');

  for (const guest of [stranger, reviewer, administrator, guardian, teacher]) t.deepEqual(guest.faults, []);
});
