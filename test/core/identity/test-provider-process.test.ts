import test from 'ava';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../core/launch/identity-provider/main.ts', import.meta.url));

let folder: string;
test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digione-idp-'));
  const configuration = {
    host: '127.0.0.1',
    port: 0,
    coreOrigin: 'http://127.0.0.1:8080',
    clientSecret: 'secret',
    municipalities: [],
    people: [],
  };
  await writeFile(join(folder, 'provider.json'), JSON.stringify(configuration));
});
test.after.always(() => rm(folder, { recursive: true }));

function start(environment: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, NODE_ENV: '', ...environment };
  return fork(main, [join(folder, 'provider.json')], { silent: true, env });
}

test('The test provider says when it is ready, answers, and ends with its parent', async (t) => {
  const child = start();
  const [ready] = (await once(child, 'message')) as [{ ready: boolean; issuer: string }];
  t.true(ready.ready);
  t.deepEqual(await (await fetch(`${ready.issuer}/healthz`)).json(), { ok: true });
  const discovery = await (await fetch(`${ready.issuer}/.well-known/openid-configuration`)).json();
  t.like(discovery, { issuer: ready.issuer, authorization_response_iss_parameter_supported: true });
  child.disconnect();
  const [code] = await once(child, 'exit');
  t.is(code, 0);
});

test('It does not start in production', async (t) => {
  const child = start({ NODE_ENV: 'production' });
  const [code] = await once(child, 'exit');
  t.not(code, 0);
});
