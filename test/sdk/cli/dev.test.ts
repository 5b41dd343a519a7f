import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { type DevPlugin, startDevPlugin } from '../../../sdk/cli/dev/dev-plugin.ts';
import { createDevServer } from '../../../sdk/cli/dev/dev-server.ts';
import { launchChromium } from '../../support/chromium.ts';
import { anAuthor } from './surroundings.ts';

async function started(t: ExecutionContext) {
  const { folder } = await anAuthor(t);
  const plugin = await startDevPlugin(folder);
  t.teardown(() => plugin[Symbol.asyncDispose]());
  return { folder, plugin };
}

async function served(t: ExecutionContext, plugin: DevPlugin) {
  const { server, changed } = createDevServer(plugin);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = async (path: string, body: object) =>
    (
      await fetch(`${address}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();
  return { address, changed, post };
}

// One after the other: each has a sandbox of its own, whose clocks shall measure the plugin and not its neighbours.
test.serial('the plugin runs in the real sandbox against the school in memory', async (t) => {
  const { plugin } = await started(t);
  const { students } = (await plugin.run('call', 'todaysClass', {})) as { students: { name: string }[] };
  t.deepEqual(
    students.map(({ name }) => name),
    ['Aikio Áilu', 'Mäkinen Leevi', 'Žukovskaja Šarlotta', 'Öhman Åsa'],
  );
  t.like(await plugin.run('tile', 'home', null), { kind: 'list', label: 'Omat luokat' });
});

test.serial('a changed backend runs after the next build, and what was stored stays', async (t) => {
  const { plugin, folder } = await started(t);
  await plugin.run('call', 'saveNote', { student: 'student-1', text: 'x' });
  const file = join(folder, 'backend.ts');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/\$\{familyName\} (\$\{givenName\})/, '$1!'));
  await plugin.rebuild();
  const { students } = (await plugin.run('call', 'todaysClass', {})) as { students: object[] };
  t.like(students[0], { name: 'Áilu!', note: 'x' });
});

test.serial('a fault in a change leaves the version before it running', async (t) => {
  const { plugin, folder } = await started(t);
  await writeFile(join(folder, 'backend.ts'), 'const = 1');
  await t.throwsAsync(plugin.rebuild(), { name: 'CliFailure' });
  t.like(await plugin.run('tile', 'home', null), { kind: 'list' });
});

test.serial('a call that is not there, and a loop without end, are refused with their codes', async (t) => {
  const { plugin, folder } = await started(t);
  t.like(await t.throwsAsync(plugin.run('call', 'nobody', {})), { code: 'not-found' });
  await writeFile(
    join(folder, 'backend.ts'),
    "import { definePlugin } from '@digione/sdk/backend';\ndefinePlugin({ calls: { spin: () => { for (;;); } } });\n",
  );
  await plugin.rebuild();
  t.like(await t.throwsAsync(plugin.run('call', 'spin', {})), { code: 'plugin-timeout-cpu' });
});

test.serial('the portal of the author changes language and consents', async (t) => {
  const { plugin } = await started(t);
  const { post } = await served(t, plugin);
  t.like(await post('state', { language: 'sv' }), { language: 'sv' });
  t.like(await post('run', { kind: 'tile', name: 'home' }), { ok: true, value: { label: 'Egna klasser' } });
  const { consents } = (await post('state', { consent: 'student-2' })) as {
    consents: { id: string; given: boolean }[];
  };
  t.deepEqual(
    consents.filter(({ given }) => !given).map(({ id }) => id),
    ['student-2'],
  );
  t.like(await post('run', { kind: 'call', name: 'saveNote', argument: { student: 'student-2', text: 'x' } }), {
    ok: true,
    value: { saved: false },
  });
  t.like(await post('run', { kind: 'call', name: 'nobody' }), { ok: false, error: { code: 'not-found' } });
});

test.serial('files of the page are served under the policy of the portal, and nothing else is', async (t) => {
  const { plugin } = await started(t);
  const { address } = await served(t, plugin);
  const page = await fetch(`${address}/page/ui/index.html`);
  t.regex(page.headers.get('content-security-policy') ?? '', /connect-src 'none'.*sandbox allow-scripts/);
  for (const path of [
    'page/backend.js',
    'page/digione.json',
    'page/ui/../../etc/passwd',
    'page/ui/none.js',
    'package.json',
  ])
    t.is((await fetch(`${address}/${path}`)).status, 404);
});

test.serial('a request from a foreign page, or under a foreign name, does nothing', async (t) => {
  const { plugin } = await started(t);
  const { address } = await served(t, plugin);
  const form = await fetch(`${address}/state`, {
    method: 'POST',
    body: '{"language":"sv"}',
    headers: { 'content-type': 'text/plain' },
  });
  t.is(form.status, 400);
  t.is(plugin.school.user.language, 'fi');
  const status = await new Promise((resolve, reject) =>
    request(`${address}/state`, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode))
      .once('error', reject)
      .end(),
  );
  t.is(status, 403);
});

test.serial('"digione dev" says where it is, and ends when it is told', async (t) => {
  const { run } = await anAuthor(t);
  const { code, said, noted } = await run(['dev', '--port', '0']);
  t.is(code, 0, noted);
  t.regex(said, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test.serial(
  "in a browser the author's portal shows tile and page, and a consent's withdrawal reaches the page",
  async (t) => {
    const { plugin } = await started(t);
    const { address } = await served(t, plugin);
    const browser = await launchChromium();
    t.teardown(() => browser.close());
    const page = await browser.newPage();
    await page.goto(address);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Aikio Áilu' }).waitFor();
    await page.getByText('"label": "Omat luokat"').waitFor();
    await page.getByRole('checkbox', { name: 'Aikio Áilu' }).uncheck();
    await frame.getByText('Muistiinpanoihin tarvitaan perheen suostumus.').waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('en');
    await frame.getByRole('heading', { name: 'Class notes' }).waitFor();
    t.pass();
  },
);
