import { AxeBuilder } from '@axe-core/playwright';
import anyTest, { type ExecutionContext, type TestFn } from 'ava';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { aStage, type Stage } from './stage.ts';

const test = anyTest as TestFn<{ browser: Browser }>;

interface Told {
  readonly kind: string;
  readonly height?: number;
}

test.before(async (t) => {
  t.context.browser = await launchChromium();
});
test.after.always(async (t) => t.context.browser?.close());

interface Opened extends Stage {
  readonly page: Page;
  readonly frame: FrameLocator;
}

async function open(t: ExecutionContext<{ browser: Browser }>, width = 1000): Promise<Opened> {
  const stage = await aStage(t);
  const context = await t.context.browser.newContext({ viewport: { width, height: 800 } });
  t.teardown(() => context.close());
  const page = await context.newPage();
  await page.goto(stage.address);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Aikio Áilu' }).waitFor();
  return { ...stage, page, frame };
}

/** Scripts for the browser are texts, since this project's types know no browser. */
const emit = (page: Page, name: string, value: unknown) =>
  page.evaluate(`emit(${JSON.stringify(name)}, ${JSON.stringify(value)})`);

test('the class is shown in the language and the colours of the portal', async (t) => {
  const { frame } = await open(t);
  t.is(await frame.locator('html').getAttribute('lang'), 'fi');
  const colour = "getComputedStyle(document.querySelector('.save button')).backgroundColor";
  t.is(await frame.locator('body').evaluate(colour), 'rgb(18, 52, 86)');
});

test('a note is written with the keyboard alone, and is there after a new start', async (t) => {
  const { page, frame } = await open(t);
  await frame.getByRole('textbox', { name: 'Muistiinpano: Aikio Áilu' }).focus();
  await page.keyboard.type('Tarvitsee lisäaikaa');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await frame.getByText('Tallennettu.').waitFor();
  await page.reload();
  await frame.getByRole('heading', { name: 'Aikio Áilu' }).waitFor();
  t.is(await frame.getByRole('textbox', { name: 'Muistiinpano: Aikio Áilu' }).inputValue(), 'Tarvitsee lisäaikaa');
});

test('another language is shown at once, and what was typed stays', async (t) => {
  const { page, frame } = await open(t);
  await frame.getByRole('textbox', { name: 'Muistiinpano: Mäkinen Leevi' }).fill('kesken');
  await emit(page, 'language', 'sv');
  await frame.getByRole('heading', { name: 'Klassanteckningar' }).waitFor();
  t.is(await frame.locator('html').getAttribute('lang'), 'sv');
  t.is(await frame.getByRole('textbox', { name: 'Anteckning: Mäkinen Leevi' }).inputValue(), 'kesken');
});

test('a withdrawn consent takes the note away and says in plain words why', async (t) => {
  const { page, frame, school } = await open(t);
  school.consents = (student) => student !== 'student-1';
  await emit(page, 'changed', null);
  await frame.getByText('Muistiinpanoihin tarvitaan perheen suostumus.').waitFor();
  t.is(await frame.getByRole('textbox').count(), 3);
});

test('a consent that is withdrawn while the teacher writes is respected when the note is sent', async (t) => {
  const { frame, school } = await open(t);
  await frame.getByRole('textbox', { name: 'Muistiinpano: Aikio Áilu' }).fill('myöhässä');
  school.consents = () => false;
  await frame.getByRole('button', { name: 'Tallenna muistiinpano: Aikio Áilu' }).click();
  await frame.getByText('Muistiinpanoihin tarvitaan perheen suostumus.').first().waitFor();
  t.is(await frame.getByRole('textbox').count(), 0);
});

test('Escape and the height reach the portal', async (t) => {
  const { page, frame } = await open(t);
  await frame.getByRole('textbox').first().press('Escape');
  await page.waitForFunction("told.some(({ kind }) => kind === 'escape')");
  const told = await page.evaluate<Told[]>('told');
  t.true(told.some(({ kind, height = 0 }) => kind === 'resize' && height > 300));
  t.false(
    told.some(({ kind }) => kind === 'failed'),
    JSON.stringify(told),
  );
});

test('the page lives without a network, a store or a name', async (t) => {
  const { frame } = await open(t);
  const tries = `({
    fetch: () => fetch('/ui/index.html'),
    storage: () => localStorage.length,
    cookie: () => document.cookie,
    parent: () => window.parent.document,
  })`;
  const attempt = `(async () => {
    const reached = [];
    for (const [name, reach] of Object.entries(${tries})) await (async () => reach())().then(() => reached.push(name), () => {});
    return reached;
  })()`;
  const reached = await frame.locator('body').evaluate(attempt);
  t.deepEqual(reached, []);
});

for (const [place, width] of [
  ['a desk', 1000],
  ['a phone', 340],
] as const) {
  test(`on ${place} nothing is cut off and axe finds nothing`, async (t) => {
    const { page, frame } = await open(t, width);
    await frame.getByRole('combobox', { name: 'Luokka' }).waitFor();
    const overflow = await frame.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    t.is(overflow, 0);
    const { violations } = await new AxeBuilder({ page }).include('iframe').analyze();
    t.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      [],
    );
  });
}
