import test from 'ava';
import { sampleManifest } from '../marketplace/sample-plugin.ts';
import { actor, schoolWorld } from '../marketplace/school-world.ts';
import { type PluginWorld, pluginWorld } from './plugin-world.ts';

let world: PluginWorld;
test.before(async () => {
  world = await pluginWorld();
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

test.serial('a call reaches the backend and its answer comes back', async (t) => {
  const { call } = await world.install();
  const { status, body } = await call('echo', { hello: 'class' });
  t.is(status, 200);
  t.deepEqual(body['value'], { hello: 'class' });
});

test.serial('the backend is told where it is by ids that only it knows', async (t) => {
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/where' }) });
  const { body } = await call('sayContext');
  t.like(body['value'], {
    user: { role: 'teacher', language: 'en' },
    today: '2026-11-24',
    plugin: { version: '1.0.0' },
  });
  const text = JSON.stringify(body);
  t.false(text.includes(world.town.teacher.person) || text.includes(world.town.school) || text.includes('Test Person'));
});

test.serial('a plugin that is not in use is refused, and one that nobody knows in the same words', async (t) => {
  for (const name of ['demo-vendor/unknown', 'no-vendor/nothing']) {
    const { status, body } = await world.service.send(world.town.teacher, 'POST', `/api/plugins/${name}/call`, {
      method: 'echo',
    });
    t.is(status, 404);
    t.is(body.code, 'plugin-not-enabled');
  }
});

test.serial('a teacher of another school or municipality does not reach it', async (t) => {
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/mine' }) });
  const { town } = world;
  const elsewhere = { ...town.teacher, session: 'elsewhere', school: { id: town.otherSchool, name: 'Other' } };
  t.is((await call('echo', 1, elsewhere)).body.code, 'plugin-not-enabled');
  const other = await schoolWorld(world.database, '091');
  t.is((await call('echo', 1, other.teacher)).body.code, 'plugin-not-enabled');
  const forged = { ...other.teacher, session: 'forged', school: { id: town.school, name: 'Forged' } };
  t.is((await call('echo', 1, forged)).body.code, 'plugin-not-enabled');
});

test.serial('a role that the plugin is not meant for is refused', async (t) => {
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/teachers' }) });
  t.is((await call('echo', 1, world.town.principal)).body.code, 'not-allowed');
  t.is((await call('echo', 1, world.town.administrator)).body.code, 'not-allowed');
  const { municipality } = world.town;
  const roleless = actor({ municipality, code: '049', who: world.town.teacher.person, role: 'teacher' });
  t.is((await call('echo', 1, roleless)).body.code, 'not-allowed');
});

test.serial('nobody calls a plugin without a session, nor without the anti-forgery token', async (t) => {
  const { plugin } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/session' }) });
  const path = `/api/plugins/${plugin}/call`;
  t.is((await world.service.send(undefined, 'POST', path, { method: 'echo' })).status, 401);
  const wrong = { ...world.town.teacher, session: 'wrong-token', csrf: 'another' };
  t.is((await world.service.send(wrong, 'POST', path, { method: 'echo' })).body.code, 'csrf-failed');
});

test.serial('a method that the backend does not have is refused', async (t) => {
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/methods' }) });
  t.is((await call('nothing')).body.code, 'not-found');
  t.is((await call('toString')).body.code, 'not-found');
});

test.serial('names and bodies of other shapes are refused before any code runs', async (t) => {
  const { plugin } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/shapes' }) });
  for (const body of [{}, { method: 1 }, { method: '__proto__' }, { method: 'a b' }, { method: 'echo', extra: 1 }])
    t.is(
      (await world.service.send(world.town.teacher, 'POST', `/api/plugins/${plugin}/call`, body)).status,
      400,
      JSON.stringify(body),
    );
  t.is(
    (await world.service.send(world.town.teacher, 'POST', '/api/plugins/Demo/x/call', { method: 'echo' })).status,
    400,
  );
});

test.serial('a body that is too large is refused', async (t) => {
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/large' }) });
  t.is((await call('echo', 'x'.repeat(1_100_000))).status, 413);
});

test.serial('an error of the plugin is told as its own, without a stack', async (t) => {
  const backend = `digione.register({ calls: { fail: () => { throw new Error('secret of the plugin'); } }, tiles: {} })`;
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/failing' }), backend });
  const { body } = await call('fail');
  t.is(body.code, 'plugin-failed');
  t.false(JSON.stringify(body).includes('backend.js'));
});

test.serial('a plugin that never ends is ended', async (t) => {
  const backend = 'digione.register({ calls: { spin: () => { for (;;); } }, tiles: {} })';
  const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/spinning' }), backend });
  t.is((await call('spin')).body.code, 'plugin-timeout-cpu');
});

test.serial(
  'a worker that is killed in the middle of a call gives a retryable refusal, and the next call is served',
  async (t) => {
    const backend = `digione.register({ calls: { wait: () => new Promise((done) => setTimeout(done, 1500)), echo: (value) => value }, tiles: {} })`;
    const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/killed' }), backend });
    t.is((await call('echo', 1)).status, 200);
    const waiting = call('wait');
    while (!world.sandbox.figures().workers.some(({ running }) => running > 0))
      await new Promise((done) => setTimeout(done, 5));
    for (const { pid } of world.sandbox.figures().workers) process.kill(pid, 'SIGKILL');
    const { status, body } = await waiting;
    t.is(status, 503);
    t.is(body.code, 'worker-lost');
    t.is((await call('echo', 2)).body['value'], 2);
  },
);

test.serial('a stopped plugin is refused at the next call', async (t) => {
  const { call, enablement } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/stopped' }) });
  t.is((await call('echo', 1)).status, 200);
  const path = `/api/municipality/enablements/${enablement}/stop`;
  await world.service.send(world.town.administrator, 'POST', path, { reason: 'complaint' });
  const { status, body } = await call('echo', 1);
  t.is(status, 409);
  t.is(body.code, 'plugin-stopped');
});

test.serial(
  'a door that was refused and not caught names its own code to the page; the error of the guest does not',
  async (t) => {
    const backend = `
    const lie = () => { throw Object.assign(new Error('lie'), { code: 'scope-missing', name: 'PluginError' }); };
    digione.register({ calls: {
      uncaught: () => digione.invoke('secrets.get', { name: 'x' }),
      lie,
      lieAfterwards: () => digione.invoke('secrets.get', { name: 'x' }).catch(() => digione.invoke('config.get', {})).then(lie),
    }, tiles: {} });`;
    const { call } = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/refused' }), backend });
    const uncaught = await call('uncaught');
    t.is(uncaught.status, 403);
    t.is(uncaught.body.code, 'scope-missing');
    for (const method of ['lie', 'lieAfterwards']) t.is((await call(method)).body.code, 'plugin-failed', method);
  },
);

test.serial('what was agreed for the request only is gone from the backend when the next request comes', async (t) => {
  const backend = `
let kept = 0;
digione.register({
  calls: {
    read: () => digione.invoke('education.students', {}).then(({ students }) => { kept = students.length; return kept; }),
    kept: () => kept,
  },
  tiles: { home: () => ({ kind: 'text', text: 'Hello' }) },
});`;
  const long = await world.install({ manifest: sampleManifest({ id: 'demo-vendor/keeps' }), backend });
  const read = (await long.call('read')).body;
  t.deepEqual((await long.call('kept')).body, read, 'a context lives on between requests');
  const manifest = sampleManifest({ id: 'demo-vendor/forgets' });
  const short = await world.install({ manifest, backend }, {}, { lease: 'during-request' });
  t.deepEqual((await short.call('read')).body, read);
  t.deepEqual((await short.call('kept')).body, { value: 0 });
});
