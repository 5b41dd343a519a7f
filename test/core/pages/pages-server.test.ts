import test from 'ava';
import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256Hex } from '../../../core/kernel/index.ts';
import { createRunningBundles } from '../../../core/marketplace/index.ts';
import { createPagesServer } from '../../../core/pages/index.ts';
import { quietLog } from '../../support/database.ts';
import { sampleBundle } from '../marketplace/sample-plugin.ts';

interface Origin extends AsyncDisposable {
  digest: string;
  get(
    path: string,
    method?: string,
  ): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }>;
}

async function origin(): Promise<Origin> {
  const bytes = await sampleBundle({ more: { 'ui/style.css': 'body {}', 'ui/odd.exe': 'x' } });
  const digest = sha256Hex(bytes);
  const store = { put: async () => undefined, bytes: async (asked: string) => (asked === digest ? bytes : undefined) };
  const server = createPagesServer({
    bundles: createRunningBundles(store),
    portalOrigin: 'http://portal.example',
    log: quietLog,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    digest,
    // node:http sends the path as it is; fetch would tidy it up first.
    get: (path, method = 'GET') =>
      new Promise((resolve, reject) => {
        const asked = request(
          { port, host: '127.0.0.1', path, method, headers: { cookie: 'sid=1' } },
          async (response) => {
            let body = '';
            for await (const chunk of response) body += chunk;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          },
        );
        asked.on('error', reject).end();
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a page comes with the whole cage around it', async (t) => {
  await using pages = await origin();
  const { status, headers, body } = await pages.get(`/${pages.digest}/ui/index.html`);
  t.is(status, 200);
  t.true(body.includes('page.js'));
  t.is(headers['content-type'], 'text/html; charset=utf-8');
  const policy = String(headers['content-security-policy']);
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    'frame-ancestors http://portal.example',
    'sandbox allow-scripts allow-forms',
  ])
    t.true(policy.split('; ').includes(rule), rule);
  t.false(policy.includes('allow-same-origin'));
  t.is(headers['referrer-policy'], 'no-referrer');
  t.is(headers['x-dns-prefetch-control'], 'off');
  t.is(headers['x-content-type-options'], 'nosniff');
  t.is(headers['cache-control'], 'public, max-age=31536000, immutable');
  t.is(headers['set-cookie'], undefined);
  t.regex(String(headers['permissions-policy']), /camera=\(\), /);
});

test('files are served with their own types, and nothing whose type is not known', async (t) => {
  await using pages = await origin();
  t.is((await pages.get(`/${pages.digest}/ui/page.js`)).headers['content-type'], 'text/javascript; charset=utf-8');
  t.is((await pages.get(`/${pages.digest}/ui/style.css`)).headers['content-type'], 'text/css; charset=utf-8');
  t.is((await pages.get(`/${pages.digest}/ui/odd.exe`)).status, 404);
});

test('what lies outside ui is not served', async (t) => {
  await using pages = await origin();
  for (const path of ['backend.js', 'digione.json', 'ui', 'ui/', ''])
    t.is((await pages.get(`/${pages.digest}/${path}`)).status, 404, path);
});

const tricks = [
  'ui/../backend.js',
  'ui/..%2fbackend.js',
  'ui/%2e%2e/backend.js',
  'ui//page.js',
  'ui/./page.js',
  'ui\\page.js',
  'ui/page.js%00',
  'ui/PAGE.JS',
  '%75i/page.js',
  'ui/page.js/',
  'ui/.hidden.js',
];
for (const trick of tricks) {
  test(`the path ${trick} finds nothing`, async (t) => {
    await using pages = await origin();
    t.is((await pages.get(`/${pages.digest}/${trick}`)).status, 404);
  });
}

test('a digest that is not held, or is none, finds nothing', async (t) => {
  await using pages = await origin();
  t.is((await pages.get(`/${'0'.repeat(64)}/ui/index.html`)).status, 404);
  t.is((await pages.get('/abc/ui/index.html')).status, 404);
  t.is((await pages.get(`/${pages.digest.toUpperCase()}/ui/index.html`)).status, 404);
});

test('refusals carry the cage too, and are not kept', async (t) => {
  await using pages = await origin();
  const { headers } = await pages.get('/nothing');
  t.true(String(headers['content-security-policy']).includes("default-src 'none'"));
  t.is(headers['cache-control'], 'no-store');
});

test('nothing can be sent to the origin', async (t) => {
  await using pages = await origin();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    t.is((await pages.get(`/${pages.digest}/ui/index.html`, method)).status, 405, method);
});

test('a bundle whose bytes were changed in the database is not served', async (t) => {
  const bytes = await sampleBundle();
  const store = { put: async () => undefined, bytes: async () => bytes };
  await t.throwsAsync(createRunningBundles(store).open('1'.repeat(64)), { code: 'bundle-invalid' });
});
