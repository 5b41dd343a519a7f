import test from 'ava';
import { bridgeLimits as sdkLimits } from '@digione/sdk/events';
import { bridgeLimits } from '../../core/portal/src/plugin-page/bridge-limits.ts';
import { checkArgument } from '../../core/portal/src/plugin-page/check-argument.ts';
import {
  type CallAnswer,
  createHostBridge,
  type HostBridge,
  type HostPort,
} from '../../core/portal/src/plugin-page/host-bridge.ts';

interface Bench {
  bridge: HostBridge;
  sent: Record<string, unknown>[];
  heard: unknown[];
  calls: { method: string; argument: unknown }[];
  state: { now: number; closed: boolean; flooded: boolean };
  say(data: unknown): void;
  settle(): Promise<void>;
}

function bench(
  call: (method: string, argument: unknown) => Promise<CallAnswer> = async () => ({ ok: true, value: 1 }),
): Bench {
  const state = { now: 0, closed: false, flooded: false };
  const sent: Record<string, unknown>[] = [];
  const heard: unknown[] = [];
  const calls: { method: string; argument: unknown }[] = [];
  let listener: ((data: unknown) => void) | undefined;
  const port: HostPort = {
    send: (message) => sent.push(structuredClone(message) as Record<string, unknown>),
    listen: (next) => {
      listener = next;
    },
    close: () => {
      state.closed = true;
    },
  };
  const bridge = createHostBridge({
    port,
    now: () => state.now,
    call: (method, argument) => {
      calls.push({ method, argument });
      return call(method, argument);
    },
    heard: (message) => heard.push(message),
    flooded: () => {
      state.flooded = true;
    },
  });
  return {
    bridge,
    sent,
    heard,
    calls,
    state,
    say: (data) => listener?.(data),
    settle: () => new Promise(setImmediate),
  };
}

const ask = (id: number, more: object = {}) => ({ id, kind: 'call', method: 'echo', argument: { a: 1 }, ...more });
const codeOf = (message: unknown) => (message as { error?: { code: string } } | undefined)?.error?.code;

test('a call of the page reaches the backend and its answer carries the same id', async (t) => {
  const { say, sent, calls, settle } = bench();
  say(ask(7));
  await settle();
  t.deepEqual(calls, [{ method: 'echo', argument: { a: 1 } }]);
  t.deepEqual(sent, [{ id: 7, ok: true, value: 1 }]);
});

test('a refusal of the backend travels as a closed code with its trace', async (t) => {
  const { say, sent, settle } = bench(async () => ({
    ok: false,
    error: { code: 'scope-missing', message: 'no', trace: 't-1' },
  }));
  say(ask(1));
  await settle();
  t.deepEqual(sent, [{ id: 1, ok: false, error: { code: 'scope-missing', message: 'no', trace: 't-1' } }]);
});

for (const [what, argument, code] of [
  ['a key that could touch a prototype', JSON.parse('{"__proto__":{"x":1}}'), 'invalid-argument'],
  ['a constructor key', { constructor: 1 }, 'invalid-argument'],
  ['something that JSON can not carry', { at: new Date(0) }, 'invalid-argument'],
  ['a number that JSON can not carry', Number.NaN, 'invalid-argument'],
  ['33 levels', Array.from({ length: 33 }).reduce<unknown>((inner) => [inner], 1), 'invalid-argument'],
  ['more than a megabyte', 'x'.repeat(1_000_001), 'too-large'],
] as const) {
  test(`an argument with ${what} is answered with ${code} and goes no further`, async (t) => {
    const { say, sent, calls, settle } = bench();
    say(ask(1, { argument }));
    await settle();
    t.is(codeOf(sent[0]), code);
    t.deepEqual(calls, []);
  });
}

test('32 levels and cyclic values: the first passes, the second is refused', (t) => {
  t.is(checkArgument(Array.from({ length: 32 }).reduce<unknown>((inner) => [inner], 1)), 'ok');
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  t.is(checkArgument(cyclic), 'invalid-argument');
});

test('the 33rd open call is answered with call-limit, and there is room again after an answer', async (t) => {
  const open: ((answer: CallAnswer) => void)[] = [];
  const { say, sent, settle } = bench(() => new Promise((resolve) => open.push(resolve)));
  for (let id = 1; id <= 33; id += 1) say(ask(id));
  t.deepEqual(sent.map(codeOf), ['call-limit']);
  open[0]?.({ ok: true, value: null });
  await settle();
  say(ask(34));
  t.is(open.length, 33);
});

test('more than 200 calls in ten seconds are answered with rate-limited, until the window has moved on', async (t) => {
  const { say, sent, state, settle } = bench();
  for (let id = 1; id <= 201; id += 1) {
    state.now += 10;
    say(ask(id));
    await settle();
  }
  t.is(codeOf(sent.at(-1)), 'rate-limited');
  state.now += 10_000;
  say(ask(500));
  await settle();
  t.true(sent.at(-1)?.['ok']);
});

test('a flood of messages closes the port', (t) => {
  const { say, state } = bench();
  for (let message = 0; message <= 200; message += 1) say({ kind: 'resize', height: 10 });
  t.deepEqual(state, { now: 0, closed: true, flooded: true });
});

test('the twentieth malformed message closes the port', (t) => {
  const { say, state } = bench();
  for (let message = 1; message < 20; message += 1) say({ kind: 'call', id: -1, method: 'echo' });
  t.false(state.closed);
  say('not an object');
  t.true(state.closed);
});

test('a message of a kind that a later version may have is left aside', (t) => {
  const { say, sent, heard, state } = bench();
  for (let message = 0; message < 50; message += 1) say({ kind: 'sing', song: 'la' });
  t.deepEqual([sent, heard, state.closed], [[], [], false]);
});

test('height, Escape, the leaving focus and a failure are heard, each in its bounds', (t) => {
  const { say, heard } = bench();
  say({ kind: 'resize', height: 90_000 });
  say({ kind: 'escape' });
  say({ kind: 'leave', direction: 'forward' });
  say({ kind: 'leave', direction: 'up' });
  say({ kind: 'failed', message: 'x'.repeat(900) });
  t.deepEqual(heard, [
    { kind: 'resize', height: 20_000 },
    { kind: 'escape' },
    { kind: 'leave', direction: 'forward' },
    { kind: 'failed', message: 'x'.repeat(500) },
  ]);
});

test('a stop is told, and answers open and later calls with plugin-stopped', async (t) => {
  const open: ((answer: CallAnswer) => void)[] = [];
  const { bridge, say, sent, calls, settle } = bench(() => new Promise((resolve) => open.push(resolve)));
  say(ask(1));
  bridge.stop('municipality');
  open[0]?.({ ok: true, value: 'data' });
  say(ask(2));
  await settle();
  t.deepEqual(sent[0], { kind: 'event', name: 'stopped', value: { reason: 'municipality' } });
  t.deepEqual(sent.slice(1).map(codeOf).sort(), ['plugin-stopped', 'plugin-stopped']);
  t.is(calls.length, 1);
});

test('a closed bridge hears and says nothing', async (t) => {
  const { bridge, say, sent, calls, settle } = bench();
  bridge.close();
  say(ask(1));
  bridge.tell('language', 'sv');
  await settle();
  t.deepEqual([sent, calls], [[], []]);
});

test('the limits are those of the SDK', (t) => {
  t.is(bridgeLimits.callsInFlight, sdkLimits.callsInFlight);
  t.is(bridgeLimits.depth, sdkLimits.depth);
  t.is(bridgeLimits.callsPerTenSeconds, sdkLimits.callsPerTenSeconds);
  t.is(bridgeLimits.messagesPerSecond, sdkLimits.messagesPerSecond);
  t.is(bridgeLimits.malformed, sdkLimits.malformedMessages);
  t.is(bridgeLimits.height, sdkLimits.height);
  t.true(bridgeLimits.jsonCharacters <= sdkLimits.messageBytes);
});
