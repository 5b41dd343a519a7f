import test from 'ava';
import { cookieBrowser } from '../../support/cookie-browser.ts';
import { startPlatform, type Platform } from './signed-in-platform.ts';

let platform: Platform;
test.before(async () => {
  platform = await startPlatform();
});
test.after.always(() => platform?.[Symbol.asyncDispose]());

const start = '/auth/sign-in?municipality=092&provider=mpassid-092&returnTo=/x';

test('A sign-in that begins under another name of this machine begins again under the public one', async (t) => {
  const other = platform.origin.replace('127.0.0.1', 'localhost');
  const response = await cookieBrowser().request(other + start);
  t.is(response.status, 302);
  t.is(response.headers.get('location'), platform.origin + start);
  t.deepEqual(response.headers.getSetCookie(), [], 'nothing is begun under the other name');
});

test('A host name that is not this machine’s leads nowhere else', async (t) => {
  const node = new URL(platform.origin);
  const { request } = await import('node:http');
  const location = await new Promise<string | undefined>((resolve, reject) => {
    const headers = { host: 'attacker.example' };
    request({ host: node.hostname, port: node.port, path: start, headers }, (answer) => {
      answer.resume();
      resolve(answer.headers.location);
    })
      .on('error', reject)
      .end();
  });
  t.true(location?.startsWith(platform.provider.issuer), location);
});
