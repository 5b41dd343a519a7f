import { refuse } from '@digione/core/kernel';
import type { JobKind, Sandbox } from '@digione/core/sandbox';
import test from 'ava';
import { jobOf, outcomeOf, pluginRunning, startSandbox } from './sandbox-under-test.ts';

let sandbox: Sandbox;
test.before(async () => {
  sandbox = await startSandbox();
});
test.after.always(() => sandbox?.[Symbol.asyncDispose]());

const run = (wishes: Parameters<typeof jobOf>[0]) => outcomeOf(sandbox.run(jobOf(wishes)));

const everyKind = `digione.register({
  calls: { run: (argument, context) => ['call', argument, context.user.role] },
  tiles: { run: (context) => ['tile', context.user.role] },
  events: { run: (payload, context) => ['event', payload, context.user.role] },
  schedules: { run: async (context) => ['schedule', context.user.role] },
});`;

const kinds: [JobKind, unknown[]][] = [
  ['call', ['call', { x: 1 }, 'teacher']],
  ['tile', ['tile', 'teacher']],
  ['event', ['event', { x: 1 }, 'teacher']],
  ['schedule', ['schedule', 'teacher']],
];
for (const [kind, value] of kinds) {
  test(`a ${kind} reaches its handler with what belongs to it`, async (t) => {
    t.deepEqual(await run({ source: everyKind, kind, argument: '{"x":1}' }), { code: 'ok', value });
  });
}

test('a handler that gives nothing answers null', async (t) => {
  t.deepEqual(await run({ source: pluginRunning('') }), { code: 'ok', value: null });
});

test('an ask to the host carries capability and argument and brings the answer', async (t) => {
  const asked: string[] = [];
  const hostCall = async (capability: string, argument: string) => {
    asked.push(capability, argument);
    return '{"rows":[1,2]}';
  };
  const source = pluginRunning("return (await digione.invoke('education.students', { class: 'c' })).rows;");
  t.deepEqual(await run({ source, hostCall }), { code: 'ok', value: [1, 2] });
  t.deepEqual(asked, ['education.students', '{"class":"c"}']);
});

test('asks run side by side and answer in any order', async (t) => {
  const hostCall = async (_: string, argument: string) => {
    if (argument === '1') await new Promise((resolve) => setTimeout(resolve, 30));
    return argument;
  };
  const source = pluginRunning("return Promise.all([1, 2, 3].map((n) => digione.invoke('a.b', n)));");
  t.deepEqual(await run({ source, hostCall }), { code: 'ok', value: [1, 2, 3] });
});

const tellRefusal = pluginRunning(
  "try { await digione.invoke('a.b', 1); } catch (e) { return [e instanceof Error, e.code, e.message]; }",
);

test('a refusal of the host reaches the guest as its code and public message', async (t) => {
  const hostCall = async () => refuse('scope-missing', 'Add the scope', { detail: 'private' });
  t.deepEqual(await run({ source: tellRefusal, hostCall }), {
    code: 'ok',
    value: [true, 'scope-missing', 'Add the scope'],
  });
});

test('any other failure of the host tells the guest nothing', async (t) => {
  const hostCall = async () => {
    throw new Error('password is in /etc/secret');
  };
  t.deepEqual(await run({ source: tellRefusal, hostCall }), {
    code: 'ok',
    value: [true, 'host-failed', 'The host failed'],
  });
});

test('a refusal with a code that is not for guests is only "the host failed"', async (t) => {
  const hostCall = async () => refuse('csrf-failed', 'inner matter');
  t.deepEqual(await run({ source: tellRefusal, hostCall }), {
    code: 'ok',
    value: [true, 'host-failed', 'The host failed'],
  });
});

const badResults: [string, string, string][] = [
  ['is not JSON', 'nonsense', 'host-failed'],
  ['is too large', `"${'x'.repeat(1_000_001)}"`, 'too-large'],
  ['names a prototype', '{"__proto__":1}', 'host-failed'],
];
for (const [what, text, code] of badResults) {
  test(`a result of the host that ${what} does not reach the guest`, async (t) => {
    const { value } = await run({ source: tellRefusal, hostCall: async () => text });
    t.is((value as unknown[])[1], code);
  });
}

const badArguments: [string, string, string][] = [
  ['is not JSON', 'nonsense', 'invalid-argument'],
  ['is too large', `"${'x'.repeat(1_000_001)}"`, 'too-large'],
  ['is too deep', '['.repeat(100) + ']'.repeat(100), 'too-large'],
  ['names __proto__', '{"a":{"__proto__":1}}', 'invalid-argument'],
  ['hides a forbidden name behind an escape', '{"\\u0063onstructor":1}', 'invalid-argument'],
];
for (const [what, argument, code] of badArguments) {
  test(`an argument that ${what} is refused before any guest code runs`, async (t) => {
    t.is((await run({ source: everyKind, argument })).code, code);
  });
}

test('the signal of a host call ends when its call ends', async (t) => {
  const ended = Promise.withResolvers<string>();
  const hostCall = async (_: string, __: string, { signal }: { signal: AbortSignal }) => {
    signal.addEventListener('abort', () => ended.resolve('aborted'));
    return ended.promise;
  };
  const { code } = await run({ source: pluginRunning("digione.invoke('a.b', 1); return 1;"), hostCall });
  t.is(code, 'ok');
  t.is(await ended.promise, 'aborted');
});

test('a call may not ask more than 32 things at once', async (t) => {
  let most = 0;
  let open = 0;
  const hostCall = async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    open -= 1;
    return '1';
  };
  const body =
    "return (await Promise.allSettled(Array.from({ length: 50 }, () => digione.invoke('a.b', 1)))).filter((r) => r.reason?.code === 'call-limit').length;";
  t.deepEqual(await run({ source: pluginRunning(body), hostCall }), { code: 'ok', value: 18 });
  t.is(most, 32);
});

test('what a guest logs reaches the log of its call, and what is over its bucket is counted', async (t) => {
  const lines: string[] = [];
  let lost = 0;
  const onLog = (more: string[], dropped: number) => {
    lines.push(...more);
    lost += dropped;
  };
  const body =
    "console.warn('careful', { a: 1 }); for (let i = 0; i < 300; i++) console.log(i); digione.log('error', new TypeError('x'));";
  t.is((await run({ source: pluginRunning(body), onLog })).code, 'ok');
  t.is(lines[0], 'warn careful {"a":1}');
  t.is(lines.length + lost, 302);
  t.true(lines.length <= 200);
});

test('timers fire in order, can be cleared, and die with their call', async (t) => {
  const body = `
    const seen = []; setTimeout(() => seen.push('b'), 20); setTimeout((x) => seen.push(x), 5, 'a');
    const never = setTimeout(() => seen.push('never'), 10); clearTimeout(never);
    let ticks = 0; await new Promise((go) => { const i = setInterval(() => { if (++ticks === 3) { clearInterval(i); go(); } }, 2); });
    await new Promise((go) => setTimeout(go, 40)); return [seen, ticks];`;
  t.deepEqual(await run({ source: pluginRunning(body) }), { code: 'ok', value: [['a', 'b'], 3] });
});

test('a tile that the plugin does not have is not found', async (t) => {
  t.is((await run({ source: pluginRunning(''), kind: 'tile' })).code, 'not-found');
});

test('a bundle that can not be read fails its call and the next one tries again', async (t) => {
  const job = jobOf({ source: pluginRunning('return 1;'), key: { plugin: 'test-vendor/unread' } });
  const broken = { ...job, source: () => Promise.reject(new Error('disk')) };
  t.is((await outcomeOf(sandbox.run(broken))).code, 'plugin-failed');
  t.deepEqual(await outcomeOf(sandbox.run(job)), { code: 'ok', value: 1 });
});

test('figures count calls, errors by code and host calls, without anything of a person', async (t) => {
  const key = { plugin: 'test-vendor/counted', user: 'person-7' };
  // The patience of a job: on a busy machine the estimate of processor time has its doubts.
  const job = { key, source: pluginRunning("await digione.invoke('a.b', 1);"), limits: 'job' as const };
  await run(job);
  await run({ ...job, name: 'nothing' });
  const figures = sandbox.figures().plugins.find((plugin) => plugin.plugin === 'test-vendor/counted');
  t.is(figures?.calls, 2);
  t.is(figures?.hostCalls, 1);
  t.deepEqual(figures?.errors, { 'not-found': 1 });
  t.false(JSON.stringify(sandbox.figures()).includes('person-7'));
});
