import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import anyTest, { type TestFn } from 'ava';
import Koa from 'koa';
import { portalIsStale, portalPages } from '../../core/portal/index.ts';

interface Context {
  folder: string;
  server: Server;
  port: number;
}
const test = anyTest as TestFn<Context>;
const pagesOrigin = 'http://pages.example:8082';

test.before(async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-serve-'));
  const dist = path.join(folder, 'dist');
  await mkdir(path.join(dist, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.js'), 'not yours');
  await writeFile(path.join(dist, 'index.html'), '<script nonce="digione-nonce"></script><p nonce="digione-nonce">');
  await writeFile(path.join(dist, 'assets', 'app-1a2b.js'), 'run()');
  await writeFile(path.join(dist, 'assets', 'app-1a2b.js.gz'), 'squeezed');
  await writeFile(path.join(dist, 'favicon.svg'), '<svg/>');
  const app = new Koa();
  app.use(portalPages({ dist, pagesOrigin }));
  app.use((ctx) => {
    ctx.status = 418;
  });
  t.context.folder = folder;
  t.context.server = await new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });
  t.context.port = (t.context.server.address() as { port: number }).port;
});
test.after.always(async ({ context }) => {
  context.server.close();
  await rm(context.folder, { recursive: true, force: true });
});

interface Got {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
}

/** By node:http, which sends a path as it is written. */
function get(
  port: number,
  target: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

test('every path of the app gets index.html, never kept, with a nonce of its own', async (t) => {
  const one = await get(t.context.port, '/family/me/consents');
  const other = await get(t.context.port, '/review/demo-vendor/hello-class/1.0.0');
  for (const { status, headers } of [one, other]) {
    t.is(status, 200);
    t.is(headers['cache-control'], 'no-store');
  }
  const nonceOf = (answer: Got) => /nonce="([^"]+)"/.exec(answer.body)?.[1] ?? '';
  t.not(nonceOf(one), nonceOf(other));
  t.false(one.body.includes('digione-nonce'));
  t.true(String(one.headers['content-security-policy']).includes(`'nonce-${nonceOf(one)}'`));
});

test('the policy lets scripts come from us only, frames from the plugin pages only, and nobody frame us', async (t) => {
  const { headers } = await get(t.context.port, '/');
  const policy = new Map(
    String(headers['content-security-policy'])
      .split('; ')
      .map((line) => [line.split(' ')[0], line.split(' ').slice(1).join(' ')]),
  );
  t.is(policy.get('default-src'), "'none'");
  t.is(policy.get('script-src'), "'self'");
  t.is(policy.get('connect-src'), "'self'");
  t.is(policy.get('frame-src'), pagesOrigin);
  t.is(policy.get('frame-ancestors'), "'none'");
  t.is(policy.get('base-uri'), "'none'");
  t.notRegex(policy.get('style-src') ?? '', /unsafe/);
});

test('a file with a hash in its name is kept for a year, others for an hour', async (t) => {
  const asset = await get(t.context.port, '/assets/app-1a2b.js');
  t.is(asset.body, 'run()');
  t.is(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
  t.is(asset.headers['x-content-type-options'], 'nosniff');
  t.is((await get(t.context.port, '/favicon.svg')).headers['cache-control'], 'public, max-age=3600');
});

test('a squeezed file goes to whoever takes it, and only to them', async (t) => {
  const taken = await get(t.context.port, '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } });
  t.like(taken.headers, {
    'content-encoding': 'gzip',
    'content-type': 'text/javascript; charset=utf-8',
    vary: 'accept-encoding',
  });
  t.is(taken.body, 'squeezed');
  const plain = await get(t.context.port, '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'identity' } });
  t.is(plain.headers['content-encoding'], undefined);
  t.is(plain.body, 'run()');
});

test('HEAD answers like GET without a body', async (t) => {
  const { status, headers, body } = await get(t.context.port, '/assets/app-1a2b.js', { method: 'HEAD' });
  t.deepEqual([status, headers['content-length'], body], [200, '5', '']);
});

for (const target of ['/api/unknown', '/auth/callback', '/healthz', '/openapi.json', '/metrics']) {
  test(`${target} is left to its own room`, async (t) => {
    t.is((await get(t.context.port, target)).status, 418);
  });
}

for (const target of [
  '/../secret.js',
  '/assets/../../secret.js',
  '/%2e%2e/secret.js',
  '/..%2fsecret.js',
  '//secret.js',
]) {
  test(`no file outside of the build is served for ${target}`, async (t) => {
    t.notRegex((await get(t.context.port, target)).body, /not yours/);
  });
}

test('a file that does not exist is not answered with the app', async (t) => {
  t.is((await get(t.context.port, '/assets/old-9f.js')).status, 418);
});

test('a write is left to its own room', async (t) => {
  t.is((await get(t.context.port, '/family/me', { method: 'POST' })).status, 418);
});

test('a folder without a build of these sources is stale', async (t) => {
  t.true(await portalIsStale(path.join(t.context.folder, 'dist')));
});
