import { readFile } from 'node:fs/promises';
import { benchFor, test, withBrowser } from './fixture/portal-bench.ts';

withBrowser();

const consents = '/family/11111111-1111-4111-8111-111111111111/consents';
const reads = '/family/11111111-1111-4111-8111-111111111111/reads';
const municipalityPlugin = '/municipality/demo-vendor/hello-class';

test.serial(
  'giving and withdrawing a consent cost one press each, and the buttons of yes and no look alike',
  async (t) => {
    await using bench = await benchFor(t.context.browser, { role: 'guardian', phone: true });
    await bench.go(consents);
    const give = bench.page.getByRole('button', { name: 'Annan suostumuksen' });
    const refuse = bench.page.getByRole('button', { name: 'En anna suostumusta' });
    const [yes, no] = await Promise.all([give.boundingBox(), refuse.boundingBox()]);
    t.deepEqual([yes?.width, yes?.height], [no?.width, no?.height]);
    t.is(await give.getAttribute('class'), await refuse.getAttribute('class'));
    await give.click();
    await bench.page.getByRole('button', { name: 'Perun suostumuksen' }).click();
    await bench.page.getByText('Suostumus on peruttu.').waitFor();
    t.deepEqual(
      bench.fixture.state.consentPosts.map((post) => (post as { decision: string }).decision),
      ['give', 'withdraw'],
    );
  },
);

test.serial('the answer carries which text was shown, where, and how the buttons stood', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'guardian' });
  await bench.go(consents);
  await bench.page.getByRole('button', { name: 'En anna suostumusta' }).click();
  await bench.page.getByText('Vastauksesi on tallennettu.').waitFor();
  t.like(bench.fixture.state.consentPosts[0], {
    decision: 'refuse',
    notice: 'a'.repeat(64),
    page: 'family/consents',
    buttons: ['give', 'refuse'],
  });
});

test.serial('whoever may only see is offered no button', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'guardian' });
  await bench.go('/family/22222222-2222-4222-8222-222222222222/consents');
  await bench.page.getByText('Voit nähdä tämän, mutta et voi päättää siitä.').waitFor();
  t.is(await bench.page.locator('.consent-buttons').count(), 0);
});

test.serial('a consent that needs a fresh sign-in leads to it and names the page to come back to', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'guardian' });
  bench.fixture.state.askFresh = true;
  await bench.go(consents);
  await bench.page.getByRole('button', { name: 'Annan suostumuksen' }).click();
  await bench.page.waitForURL((url) => url.pathname === '/auth/sign-in');
  t.is(new URL(bench.page.url()).search, `?fresh=1&returnTo=${encodeURIComponent(consents)}`);
  t.deepEqual(bench.fixture.state.consentPosts, []);
});

test.serial('who has looked is read a page at a time, by app, and can be downloaded whole', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'guardian' });
  const { page } = bench;
  await bench.go(reads);
  await page.getByText('20 merkintää näkyvissä').waitFor();
  await page.getByRole('button', { name: 'Näytä lisää' }).click();
  await page.getByText('40 merkintää näkyvissä').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Lataa luettelo (CSV)' }).click(),
  ]);
  const table = await readFile(await download.path(), 'utf8');
  t.is(table.trim().split('\r\n').length, 1 + 45);
  await page.getByLabel('Näytä sovelluksen mukaan').selectOption({ label: 'Luokkamuistio' });
  await page.getByText('DigiOnen oma näkymä').first().waitFor({ state: 'detached' });
});

test.serial('a page of a plugin calls its backend over the bridge, and is told each new language', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const inside = bench.page.frameLocator('iframe');
  await bench.go('/plugins/demo-vendor/hello-class/main');
  await inside.getByText('connected main fi').waitFor();
  await inside.getByRole('button', { name: 'ask' }).click();
  await inside.getByText('{"hello":"class"}').waitFor();
  await inside.getByRole('button', { name: 'deep' }).click();
  await inside.getByText('refused invalid-argument').waitFor();
  t.is(bench.fixture.state.calls.length, 1);
  for (const language of ['SV', 'EN', 'FI']) {
    await bench.page.getByRole('button', { name: new RegExp(`^${language}`) }).click();
    await inside.getByText(`language ${language.toLowerCase()}`).waitFor();
  }
  await inside.getByRole('button', { name: 'ask' }).click();
  await inside.getByText('{"hello":"class"}').waitFor();
  t.is(await bench.page.locator('iframe').getAttribute('sandbox'), 'allow-scripts allow-forms');
});

test.serial('Escape in a plugin’s page brings the keyboard back to the portal', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const inside = bench.page.frameLocator('iframe');
  await bench.go('/plugins/demo-vendor/hello-class/main');
  await inside.getByText('connected main fi').waitFor();
  await inside.getByRole('button', { name: 'ask' }).press('Escape');
  await bench.page.locator('.plugin-hint:focus').waitFor();
  t.pass();
});

test.serial('a page that floods the bridge is taken away, and can be opened again', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const inside = bench.page.frameLocator('iframe');
  await bench.go('/plugins/demo-vendor/hello-class/main');
  await inside.getByText('connected main fi').waitFor();
  await inside.getByRole('button', { name: 'flood' }).click();
  await bench.page.getByRole('heading', { name: 'Sovellus ei auennut' }).waitFor();
  t.is(await bench.page.locator('iframe').count(), 0);
  await bench.page.getByRole('button', { name: 'Avaa uudelleen' }).click();
  await inside.getByText('connected main fi').waitFor();
});

test.serial('a message that does not come from the frame’s own window is not heard', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const inside = bench.page.frameLocator('iframe');
  await bench.go('/plugins/demo-vendor/hello-class/main');
  await inside.getByText('connected main fi').waitFor();
  await bench.page.evaluate("window.postMessage({ type: 'digione:ready', versions: [1] }, '*')");
  await inside.getByRole('button', { name: 'ask' }).click();
  await inside.getByText('{"hello":"class"}').waitFor();
  t.pass();
});

test.serial('a stopped plugin is covered calmly while its page is open, and comes back', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page, fixture } = bench;
  await bench.go('/plugins/demo-vendor/hello-class/main');
  await page.frameLocator('iframe').getByText('connected main fi').waitFor();
  fixture.state.enablements.set('s-1', { status: 'stopped' });
  fixture.tell('plugin', { plugin: 'demo-vendor/hello-class', status: 'stopped' });
  await page.getByRole('heading', { name: 'Sovelluksen käyttö on keskeytetty' }).waitFor();
  t.false(await page.locator('iframe').isVisible());
  fixture.state.enablements.set('s-1', { status: 'enabled' });
  fixture.tell('plugin', { plugin: 'demo-vendor/hello-class', status: 'enabled' });
  await page.locator('iframe').waitFor({ state: 'visible' });
});

test.serial('a form of a tile is checked here, then sent, and the backend’s new views take its place', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page, fixture } = bench;
  await bench.go('/');
  const form = page.getByRole('form', { name: 'Uusi merkintä' });
  await form.getByRole('button', { name: 'Tallenna merkintä' }).click();
  await form.getByText('Tarkista merkityt kohdat.').waitFor();
  t.deepEqual(fixture.state.calls, []);
  await form.getByLabel('Otsikko').fill('Läksy');
  await form.getByLabel('Pisteet').fill('7');
  await form.getByRole('button', { name: 'Tallenna merkintä' }).click();
  await page.getByText('Tallennettu: {"title":"Läksy"').waitFor();
  t.like(fixture.state.calls[0], { method: 'save', argument: { class: '5B', values: { title: 'Läksy', points: 7 } } });
});

test.serial('a table of a tile sorts and turns its pages, and a chart gives its numbers as a table', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page } = bench;
  await bench.go('/');
  const table = page.getByRole('table', { name: 'Poissaolot viikolla 48' });
  await table.getByRole('button', { name: 'Nimi' }).click();
  t.is(await table.locator('tbody th').first().textContent(), 'Oppilas A');
  await page.getByRole('button', { name: 'Seuraava' }).click();
  await page.getByText('Sivu 2 / 3').waitFor();
  await page.getByRole('tab', { name: 'Taulukko' }).press('ArrowRight');
  await page.getByRole('button', { name: 'Näytä taulukkona' }).first().click();
  t.is(await page.getByRole('table', { name: 'Poissaolot viikoittain' }).locator('tbody tr').count(), 5);
});

test.serial('a button with a question asks it first', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const { page, fixture } = bench;
  await bench.go('/');
  await page.getByRole('button', { name: 'Tyhjennä' }).click();
  await page.getByRole('button', { name: 'Peruuta' }).click();
  t.deepEqual(fixture.state.calls, []);
  await page.getByRole('button', { name: 'Tyhjennä' }).click();
  await page.getByRole('group', { name: 'Tyhjennetäänkö?' }).getByRole('button', { name: 'Tyhjennä' }).click();
  await page.getByRole('group', { name: 'Tyhjennetäänkö?' }).waitFor({ state: 'detached' });
  t.deepEqual(
    fixture.state.calls.map(({ method }) => method),
    ['clear'],
  );
});

test.serial('an administrator stops a plugin with a reason and lets it go on', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'siteAdministrator' });
  const { page, fixture } = bench;
  await bench.go(municipalityPlugin);
  await page.getByRole('button', { name: 'Keskeytä: Kuusirinteen koulu' }).click();
  await page.getByRole('button', { name: 'Keskeytä heti' }).click();
  await page.getByText('Tämä tieto tarvitaan.').waitFor();
  await page.getByLabel('Miksi käyttö keskeytetään?').fill('Selvitetään virhettä');
  await page.getByRole('button', { name: 'Keskeytä heti' }).click();
  await page.getByText('Syy: Selvitetään virhettä').waitFor();
  t.like(fixture.state.enablements.get('s-1'), { status: 'stopped', reason: 'Selvitetään virhettä' });
  await page.getByRole('button', { name: 'Jatka käyttöä: Kuusirinteen koulu' }).click();
  await page.getByRole('button', { name: 'Keskeytä: Kuusirinteen koulu' }).waitFor();
});

test.serial('an agreement takes a basis for each data element and is not sent before it is confirmed', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'siteAdministrator' });
  const { page, fixture } = bench;
  fixture.state.agreed = false;
  await bench.go(municipalityPlugin);
  await page.getByRole('link', { name: 'Tee sopimus' }).click();
  await page.getByRole('group', { name: 'Etunimi' }).getByText('Laki velvoittaa').click();
  await page.getByRole('button', { name: 'Hyväksy sopimus' }).click();
  await page.getByText('Vahvista, että hyväksyt ehdot.').waitFor();
  t.deepEqual(fixture.state.decisions, []);
  await page.getByText('Olen tarkistanut tietoehdot').click();
  await page.getByRole('button', { name: 'Hyväksy sopimus' }).click();
  await page.getByText('Sopimus voimassa').waitFor();
  const { elements } = fixture.state.decisions[0] as { elements: { element: string; legalBasis: string }[] };
  t.deepEqual(
    elements.map(({ element, legalBasis }) => [element, legalBasis]),
    [
      ['students.givenName', 'statutory'],
      ['students.familyName', 'public-task'],
      ['storage.notes', 'consent'],
    ],
  );
});

test.serial('a reviewer decides with a reason, and not without', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'reviewer', language: 'en' });
  const { page, fixture } = bench;
  await bench.go('/');
  await page.getByRole('link', { name: 'demo-vendor/hello-class' }).click();
  await page.getByText('Approve for publishing').click();
  await page.getByRole('button', { name: 'Save the decision' }).click();
  t.deepEqual(fixture.state.decisions, []);
  await page.getByLabel('Reason').fill('The terms are clear.');
  await page.getByRole('button', { name: 'Save the decision' }).click();
  await page.getByText('The queue is empty').waitFor();
  t.deepEqual(fixture.state.decisions, [{ decision: 'approve', reason: 'The terms are clear.' }]);
});
