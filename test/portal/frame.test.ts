import { benchFor, test, withBrowser } from './fixture/portal-bench.ts';

withBrowser();

test.serial('the language switch changes every word at once and is remembered', async (t) => {
  await using bench = await benchFor(t.context.browser);
  const { page } = bench;
  await bench.go('/');
  await page.getByRole('heading', { level: 1, name: 'Koulun sovellukset yhdessä paikassa' }).waitFor();
  await page.getByRole('button', { name: /^SV/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Skolans appar på ett ställe' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Skolans appar på ett ställe' }).waitFor();
  t.deepEqual(bench.faults, []);
});

test.serial('another role is taken from the account menu, and Escape closes the menu', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page } = bench;
  await bench.go('/classes');
  const account = page.getByRole('button', { name: 'Aino Koskinen' });
  await account.click();
  await page.keyboard.press('Escape');
  t.is(await account.getAttribute('aria-expanded'), 'false');
  await account.click();
  await page.getByRole('button', { name: /^Huoltaja/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Lapset' }).waitFor();
});

test.serial('the first stop of the keyboard is the link to the content', async (t) => {
  await using bench = await benchFor(t.context.browser);
  await bench.go('/');
  await bench.page.keyboard.press('Tab');
  t.is(await bench.page.evaluate('document.activeElement.textContent'), 'Siirry sisältöön');
  await bench.page.keyboard.press('Enter');
  t.is(await bench.page.evaluate('document.activeElement.id'), 'content');
});

test.serial('after following a link the focus is on the new page’s heading', async (t) => {
  await using bench = await benchFor(t.context.browser);
  await bench.go('/');
  await bench.page.getByRole('navigation', { name: 'Päävalikko' }).getByRole('link', { name: 'Lisäosat' }).click();
  await bench.page.locator('h1:focus', { hasText: 'Lisäosat' }).waitFor();
  t.is(await bench.page.title(), 'Lisäosat – DigiOne');
});

test.serial('the demonstration says which day its calendar shows', async (t) => {
  await using bench = await benchFor(t.context.browser, { language: 'en' });
  await bench.go('/');
  t.regex((await bench.page.locator('.banner').textContent()) ?? '', /The calendar shows Tuesday,? 24 November 2026/);
});

test.serial('a failure tells its trace number and can be tried again', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page, fixture } = bench;
  fixture.state.broken.set('/api/classes', { status: 500, code: 'internal' });
  await bench.go('/classes');
  await page.getByText('Virheen tunnus: fixture-trace-1').waitFor();
  fixture.state.broken.clear();
  await page.getByRole('button', { name: 'Yritä uudelleen' }).click();
  await page.getByRole('link', { name: '5B', exact: true }).waitFor();
  t.pass();
});

test.serial('a session that is over leads to a calm page and back to where the person was', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page, fixture } = bench;
  await bench.go('/classes');
  fixture.state.sessionOver = true;
  await page.getByRole('link', { name: '5B', exact: true }).click();
  await page.getByRole('heading', { name: 'Istunto päättyi' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Kirjaudu sisään' }).click();
  await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor();
  t.is(new URL(page.url()).searchParams.get('returnTo'), '/classes/c-1');
});

test.serial('a page for another role says so, and one for people who are signed in asks to sign in', async (t) => {
  await using guardian = await benchFor(t.context.browser, { role: 'guardian' });
  await guardian.go('/classes');
  await guardian.page.getByText('Sinulla ei ole oikeutta').waitFor();
  await using stranger = await benchFor(t.context.browser);
  await stranger.page.goto(`${stranger.fixture.origin}/classes/c-1`);
  await stranger.page.waitForURL((url) => url.pathname === '/sign-in');
  t.is(new URL(stranger.page.url()).searchParams.get('returnTo'), '/classes/c-1');
});

test.serial('signing in keeps the way back, and a foreign address is not a way back', async (t) => {
  await using bench = await benchFor(t.context.browser);
  const { page } = bench;
  const links = async () => {
    const all = page.locator('a.provider');
    await all.first().waitFor();
    return all.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  };
  await bench.go('/sign-in?returnTo=%2Ffamily%2Fme');
  await page.getByLabel('Vantaa').check();
  t.true((await links())[0]?.startsWith('/auth/sign-in?municipality=092&provider=mpassid&returnTo=%2Ffamily%2Fme'));
  for (const foreign of ['https://evil.example/', '//evil.example', '/\\evil.example', '/auth/sign-out']) {
    await bench.go(`/sign-in?returnTo=${encodeURIComponent(foreign)}`);
    t.true((await links())[0]?.endsWith('returnTo=%2F'), foreign);
  }
});
