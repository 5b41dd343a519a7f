import type { Frame } from 'playwright-core';
import { benchFor, test, withBrowser, type Bench } from '../../portal/fixture/portal-bench.ts';
import { listeningPost } from './listening-post.ts';
import { pageAttacks } from './page-attacks.ts';

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

// Chromium lets a framed page take the keyboard focus without a gesture, and no policy of a header stops it yet: a known gap.
test.serial.failing('a hostile page takes the focus from nobody who has not gone into it', async (t) => {
  await using bench = await benchFor(t.context.browser, { role: 'teacher' });
  const frame = await openPage(bench);
  const link = bench.page.getByRole('link').first();
  await link.focus();
  const body =
    "for (let n = 0; n < 20; n++) { window.focus(); document.getElementById('ask').focus(); await wait(10); }";
  await attempt(frame, body, '');
  t.is(await bench.page.evaluate('document.activeElement.tagName'), 'A');
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
