import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { decodeEnvelope, keyIdOf, readBundle, verifyEnvelope } from '@digione/registry/bundle';
import test, { type ExecutionContext } from 'ava';
import { anAuthor } from './surroundings.ts';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const token = `dgo_${'a'.repeat(43)}`;

/** A registry that notes what it hears and answers as the test says. */
async function aRegistry(t: ExecutionContext, answer: (response: ServerResponse, heard: Heard) => void) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const one = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    heard.push(one);
    answer(response, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return { heard, registry: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json = (status: number, body: object) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

async function aVendor(t: ExecutionContext) {
  const author = await anAuthor(t);
  const { code, said } = await author.run(['keygen']);
  t.is(code, 0);
  return {
    ...author,
    publicKey: createPublicKey(said.slice(said.indexOf('-----BEGIN'))),
    keyId: /key id ([0-9a-f]{64})/.exec(said)?.[1],
  };
}

test('keygen makes a key that only its owner can read, prints the public half, and never writes over one', async (t) => {
  const { run, configFolder, publicKey, keyId } = await aVendor(t);
  const path = join(configFolder, 'keys', 'demo-vendor.pem');
  t.is((await stat(path)).mode & 0o777, 0o600);
  t.is(keyId, keyIdOf(publicKey));
  const before = await readFile(path);
  const again = await run(['keygen']);
  t.is(again.code, 1);
  t.regex(again.noted, /There is a key in .* already/);
  t.deepEqual(await readFile(path), before);
});

test('publish sends the signed bundle to its address with the token, and tells the state', async (t) => {
  const { run, publicKey, keyId } = await aVendor(t);
  const { heard, registry } = await aRegistry(t, json(202, { state: 'uploaded' }));
  const { code, said, noted } = await run(['publish'], { registry, token });
  t.is(code, 0, noted);
  t.regex(said, /demo-vendor\/hello-class 1\.0\.0 is uploaded\./);
  const [request] = heard;
  t.like(request, { method: 'PUT', url: '/v1/plugins/demo-vendor/hello-class/1.0.0' });
  t.is(request?.headers.authorization, `Bearer ${token}`);
  const { claim } = await verifyEnvelope(decodeEnvelope(String(request?.headers['digione-envelope'])), (id) =>
    id === keyId ? publicKey : undefined,
  );
  const bundle = await readBundle(request?.body ?? Buffer.alloc(0));
  t.deepEqual(claim, { plugin: 'demo-vendor/hello-class', version: '1.0.0', sha256: bundle.digest, size: bundle.size });
});

test('the same bytes a second time are no failure', async (t) => {
  const { run } = await aVendor(t);
  const { registry } = await aRegistry(t, json(200, { state: 'in-review' }));
  t.like(await run(['publish'], { registry, token }), { code: 0, noted: 'The registry had these bytes already.' });
});

test('a refusal tells its code, its reason, what to do and the trace number', async (t) => {
  const { run } = await aVendor(t);
  const { registry } = await aRegistry(
    t,
    json(409, { title: 'Conflict', code: 'version-taken', detail: 'Version 1.0.0 has other bytes.', trace: 'tr-1' }),
  );
  const { code, noted } = await run(['publish'], { registry, token });
  t.is(code, 1);
  t.regex(
    noted,
    /refused \(version-taken\): Version 1\.0\.0 has other bytes\.\nA version is published once and for ever\..*\nTrace number tr-1/,
  );
});

test('an answer that is no problem+json, as of a proxy, is still told', async (t) => {
  const { run } = await aVendor(t);
  const { registry } = await aRegistry(t, (response) => response.writeHead(502).end('<html>Bad gateway</html>'));
  const { code, noted } = await run(['publish'], { registry, token });
  t.is(code, 1);
  t.regex(noted, /refused: status 502/);
});

test('a registry that holds other bytes than were sent is not believed', async (t) => {
  const { run } = await aVendor(t);
  const { registry } = await aRegistry(t, json(202, { state: 'uploaded', digest: '0'.repeat(64) }));
  t.like(await run(['publish'], { registry, token }), { code: 1 });
});

test('a registry that does not answer ends with 3', async (t) => {
  const { run } = await aVendor(t);
  const { code, noted } = await run(['publish'], { registry: 'http://127.0.0.1:1', token });
  t.is(code, 3);
  t.regex(noted, /can not be reached \(ECONNREFUSED\)/);
});

test('a registry that hangs up in the middle ends with 3', async (t) => {
  const { run } = await aVendor(t);
  const { registry } = await aRegistry(t, (response) => response.destroy());
  t.is((await run(['publish'], { registry, token })).code, 3);
});

test('a token never travels in the clear to another machine', async (t) => {
  const { run } = await aVendor(t);
  t.like(await run(['publish'], { registry: 'http://registry.example', token }), { code: 2 });
  t.like(await run(['publish'], { registry: 'ftp://registry.example', token }), { code: 2 });
});

test('without a token, or with something else in its place, nothing is sent', async (t) => {
  const { run, folder } = await aVendor(t);
  const { heard, registry } = await aRegistry(t, json(202, {}));
  t.regex((await run(['publish'], { registry })).noted, /There is no publish token/);
  await writeFile(join(folder, 'wrong'), 'password');
  t.regex((await run(['publish', '--token-file', 'wrong'], { registry })).noted, /is not a publish token/);
  t.deepEqual(heard, []);
});

test('without a key, or with one that others can read, nothing is sent', async (t) => {
  const { run, configFolder } = await anAuthor(t);
  const { heard, registry } = await aRegistry(t, json(202, {}));
  t.regex((await run(['publish'], { registry, token })).noted, /Make one with "digione keygen"/);
  await run(['keygen']);
  await chmod(join(configFolder, 'keys', 'demo-vendor.pem'), 0o644);
  t.regex((await run(['publish'], { registry, token })).noted, /can be read by others/);
  t.deepEqual(heard, []);
});

test('status tells the state, the place in the queue and what the checks found', async (t) => {
  const { run } = await anAuthor(t);
  const checks = [
    { check: 'licence', ok: false, severity: 'warning', message: 'No LICENSE file.', where: 'LICENSE' },
    { check: 'size', ok: true, severity: 'error', message: '' },
  ];
  const { heard, registry } = await aRegistry(
    t,
    json(200, { state: 'in-review', queue: { lane: 'new', position: 2 }, checks }),
  );
  const { code, said } = await run(['status'], { registry });
  t.is(code, 0);
  t.is(
    said,
    'demo-vendor/hello-class 1.0.0: in-review\nplace 2 in the queue of new plugins\nwarning licence: No LICENSE file. (LICENSE)',
  );
  t.is(heard[0]?.headers.authorization, undefined);
});
