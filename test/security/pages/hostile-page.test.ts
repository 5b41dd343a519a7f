import type { Frame } from 'playwright-core';
import { benchFor, test, withBrowser, type Bench } from '../../portal/fixture/portal-bench.ts';
import { listeningPost } from './listening-post.ts';
import { callsBetweenBrowsers, pageAttacks } from './page-attacks.ts';

withBrowser();

const path = '/plugins/demo-vendor/hello-class/main';

/** The frame of a plugin's page, under the headers and in the frame that it has in truth. */
async function openPage(bench: Bench): Promise<Frame> {
  await bench.go(path);
  await bench.page.frameLocator('iframe').getByText('connected main fi').waitFor();
  return bench.page.frames().find((frame) => frame !== bench.page.mainFrame())!;
}

/** Runs an attack in the page; what it got hold of. A frame that vanished under the attack got nothing. */
function attempt(frame: Frame, body: string, post: string): Promise<string[]> {
  const code = `(async (post) => { const got = []; const wait = (ms) => new Promise((go) => setTimeout(go, ms)); ${body}; return got; })(${JSON.stringify(post)})`;
  return (frame.evaluate(code) as Promise<string[]>).catch(() => []);
}

for (const [what, body] of Object.entries(pageAttacks)) {
  test.serial(`a hostile page reaches nothing when it tries ${what}`, async (t) => {
    await using stranger = await listeningPost();
    await using bench = await benchFor(t.context.browser, { role: 'teacher' });
    const frame = await openPage(bench);
    const opened: string[] = [];
    bench.page.context().on('page', (other) => opened.push(other.url()));
    bench.page.on('download', (file) => opened.push(file.url()));
    bench.page.on('dialog', (dialog) => opened.push(dialog.type()));
    t.deepEqual(await attempt(frame, body, stranger.place), []);
    t.deepEqual(stranger.heard, []);
    t.deepEqual(opened, []);
    t.is(bench.page.url(), bench.fixture.origin + path);
    t.is(await bench.page.evaluate('document.cookie.includes("a=b")'), false);
  });
}

// Chromium sends the packets of a peer connection although the page's policy says `webrtc 'block'`, and offers nothing else that
// closes it: a known gap. No address of the machine is told.
test.serial.failing('a hostile page reaches no stranger by calls between browsers', async (t) => {
  await using stranger = await listeningPost();
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  await attempt(await openPage(bench), callsBetweenBrowsers, stranger.place);
  t.deepEqual(stranger.heard, []);
});

test.serial('a hostile page learns no address of the machine by calls between browsers', async (t) => {
  await using stranger = await listeningPost();
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  t.deepEqual(await attempt(await openPage(bench), callsBetweenBrowsers, stranger.place), []);
});

test.serial('a hostile page can not take itself to a stranger', async (t) => {
  await using stranger = await listeningPost();
  for (const leave of [
    "location.href = 'http://' + post",
    "location.replace('http://' + post)",
    "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=http://' + post; document.head.append(m)",
    "const a = document.createElement('a'); a.href = 'http://' + post; document.body.append(a); a.click()",
  ]) {
    await using bench = await benchFor(t.context.browser, { role: 'teacher' });
    await attempt(await openPage(bench), `${leave}; await wait(300)`, stranger.place);
    t.deepEqual(stranger.heard, [], leave);
    t.is(bench.page.url(), bench.fixture.origin + path);
  }
});

test.serial(
  'the name that a hostile page gives its window is not the portal’s, and is gone with the page',
  async (t) => {
    await using bench = await benchFor(t.context.browser, { role: 'teacher' });
    await attempt(await openPage(bench), "window.name = 'a secret of the plugin'", '');
    t.is(await bench.page.evaluate('window.name'), '');
    const again = await openPage(bench);
    t.is(await again.evaluate('window.name'), '');
  },
);

test.serial('forged messages of a hostile page open no second way and move nothing', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const frame = await openPage(bench);
  const body = `
    addEventListener('message', (e) => { if (e.data?.type === 'digione:connect') got.push(...e.ports.map(() => 'a port')); });
    for (const data of ['x', null, 7, { type: 'digione:connect' }, { type: 'digione:ready' }, { type: 'digione:ready', versions: 1 }, { type: 'digione:ready', versions: Array(50).fill(1) }, { kind: 'stop' }, { type: 'plugin', status: 'enabled' }, { __proto__: { type: 'digione:ready', versions: [1] } }]) parent.postMessage(data, '*');
    const { port1 } = new MessageChannel(); parent.postMessage({ type: 'digione:port' }, '*', [port1]);
    await wait(300)`;
  t.deepEqual(await attempt(frame, body, ''), []);
  t.is(bench.page.url(), bench.fixture.origin + path);
  await bench.page.frameLocator('iframe').getByText('connected main fi').waitFor();
});

test.serial('a flood of window messages from a hostile page leaves the portal at work', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  await attempt(
    await openPage(bench),
    "for (let n = 0; n < 20000; n++) parent.postMessage({ type: 'digione:ready', versions: [1], n }, '*')",
    '',
  );
  await bench.page.getByRole('button', { name: /^SV/ }).click();
  await bench.page.locator('html[lang="sv"]').waitFor();
  t.pass();
});

// What the driver runs counts as a gesture of the person for some seconds: the attack waits until it is none any more.
const takesFocus = `while (navigator.userActivation.isActive) await wait(50);
  for (let n = 0; n < 8; n++) { window.focus(); document.getElementById('ask').focus(); await wait(20); } await wait(100);`;

test.serial('a hostile page takes the focus from nobody who has not gone into it', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const frame = await openPage(bench);
  const link = bench.page.getByRole('link').first();
  await link.focus();
  await attempt(frame, takesFocus, '');
  t.is(await bench.page.evaluate('document.activeElement.tagName'), 'A');
});

test.serial('a page that takes the focus again and again is closed', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const frame = await openPage(bench);
  await bench.page.getByRole('link').first().focus();
  await attempt(frame, takesFocus.replace('n < 8', 'n < 400'), '');
  await bench.page.locator('iframe').waitFor({ state: 'detached' });
  t.is(await bench.page.evaluate('document.activeElement.tagName'), 'A');
});

const within = "document.activeElement.tagName === 'IFRAME'";
const stays = async (bench: Bench) => {
  await bench.page.waitForTimeout(100);
  return bench.page.evaluate(within);
};

test.serial('whoever goes into a page by key, click or button is in it, and Escape brings them back', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  await openPage(bench);
  const enter = bench.page.getByRole('button', { name: 'Siirry sovellukseen' });
  await enter.focus();
  await bench.page.keyboard.press('Tab');
  t.true(await stays(bench), 'by Tab');
  await bench.page.keyboard.press('Escape');
  await bench.page.waitForFunction("document.activeElement.classList.contains('plugin-hint')");
  t.false(await stays(bench), 'after Escape');
  await enter.focus();
  await bench.page.keyboard.press('Enter');
  t.true(await stays(bench), 'by the button');
  await bench.page.keyboard.press('Escape');
  await bench.page.waitForFunction("document.activeElement.classList.contains('plugin-hint')");
  // A click at the very moment of a key pressed elsewhere may have to be repeated.
  do await bench.page.frameLocator('iframe').locator('#ask').click();
  while (!(await stays(bench)));
});

test.serial('no page of a plugin can lay the portal’s own buttons under a visitor’s click', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'guardian' });
  const portal = await fetch(`${bench.fixture.origin}/family`);
  t.regex(portal.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  await using teacher = await benchFor(t.context.browser, { role: 'teacher' });
  const frame = await openPage(teacher);
  const body = `const f = document.createElement('iframe'); f.src = '${bench.fixture.origin}/family'; document.body.append(f); await wait(300);`;
  await attempt(frame, body, '');
  t.false(
    teacher.page.frames().some((one) => one.url().startsWith(bench.fixture.origin) && one !== teacher.page.mainFrame()),
  );
  // Nor can it grow over the portal: it stays in its box in the page's flow.
  await attempt(frame, "document.body.style.cssText = 'position:fixed;inset:-999px;z-index:99999'; await wait(50)", '');
  const over = `(() => { const box = document.querySelector('header').getBoundingClientRect(); return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.tagName; })()`;
  t.not(await teacher.page.evaluate(over), 'IFRAME');
});
