import { MessageChannel } from 'node:worker_threads';
import type { PluginError } from '@digione/sdk/errors';
import { AnswerMessage, ConnectMessage, EventMessage, PageMessage } from '@digione/sdk/events';
import test from 'ava';
import { Compile } from 'typebox/compile';
import { type BridgePort, createBridge } from '../../../sdk/ui/bridge.ts';

const connected: ConnectMessage = {
  type: 'digione:connect',
  version: 1,
  page: 'main',
  language: 'fi',
  theme: { scheme: 'light', contrast: 'normal', motion: 'full', tokens: {} },
  argument: { class: 'c1' },
};

/** Two joined ends: the bridge on one, a host that the test plays on the other. */
function joined(answer: (message: PageMessage) => unknown) {
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  port2.on('message', (message: PageMessage) => {
    heard.push(message);
    const reply = answer(message);
    if (reply !== undefined) port2.postMessage(reply);
  });
  const bridge = createBridge(port1 as unknown as BridgePort, connected);
  return { bridge, host: port2, heard };
}

const callId = (message: PageMessage) => (message.kind === 'call' ? message.id : 0);

test('what the portal said at the start is known at once', (t) => {
  const { bridge } = joined(() => undefined);
  t.like(bridge, { page: 'main', language: 'fi', argument: { class: 'c1' } });
  bridge.close();
});

test('a call is answered with its own answer, in whatever order answers come', async (t) => {
  const open: number[] = [];
  const { bridge, host } = joined((message) => {
    open.push(callId(message));
    if (open.length === 2) for (const id of open.toReversed()) host.postMessage({ id, ok: true, value: id * 10 });
  });
  t.deepEqual(await Promise.all([bridge.call('a'), bridge.call('b')]), [10, 20]);
  bridge.close();
});

test('a refused call rejects with its code, its message and its trace number', async (t) => {
  const error = { code: 'not-allowed', message: 'no', trace: 't1' };
  const { bridge } = joined((message) => ({ id: callId(message), ok: false, error }));
  const thrown = await t.throwsAsync<PluginError>(bridge.call('a', {}));
  t.like(thrown, error);
  bridge.close();
});

test('every message of the page fits the schema of the protocol', async (t) => {
  const check = Compile(PageMessage);
  const { bridge, heard } = joined((message) =>
    message.kind === 'call' ? { id: message.id, ok: true, value: null } : undefined,
  );
  bridge.tell({ kind: 'resize', height: 300 });
  bridge.tell({ kind: 'escape' });
  bridge.tell({ kind: 'failed', message: 'x' });
  await bridge.call('a', { deep: [1] });
  await bridge.call('b');
  t.is(heard.length, 5);
  for (const message of heard) t.true(check.Check(message), JSON.stringify(message));
  bridge.close();
});

test('events change language and theme and reach their listeners until these leave', async (t) => {
  const { bridge, host } = joined((message) => ({ id: callId(message), ok: true, value: null }));
  const heard: unknown[] = [];
  const leave = bridge.on('language', (language) => heard.push(language));
  bridge.on('stopped', ({ reason }) => heard.push(reason));
  host.postMessage({ kind: 'event', name: 'language', value: 'sv' });
  host.postMessage({ kind: 'event', name: 'theme', value: { ...connected.theme, scheme: 'dark' } });
  host.postMessage({ kind: 'event', name: 'stopped', value: { reason: 'municipality' } });
  await bridge.call('afterwards');
  leave();
  host.postMessage({ kind: 'event', name: 'language', value: 'en' });
  await bridge.call('afterwards');
  t.deepEqual(heard, ['sv', 'municipality']);
  t.is(bridge.language, 'en');
  t.is(bridge.theme.scheme, 'dark');
  bridge.close();
});

test('messages of a kind that the page does not know are ignored', async (t) => {
  const { bridge, host } = joined((message) => ({ id: callId(message), ok: true, value: 1 }));
  for (const stranger of [
    { kind: 'news' },
    { kind: 'event', name: 'weather', value: 1 },
    { id: 99, ok: true, value: 1 },
  ])
    host.postMessage(stranger);
  t.is(await bridge.call('a'), 1);
  bridge.close();
});

test('closing the bridge rejects what is open and what comes later', async (t) => {
  const { bridge } = joined(() => undefined);
  const open = bridge.call('a');
  bridge.close();
  for (const call of [open, bridge.call('b')]) t.is((await t.throwsAsync<PluginError>(call))?.code, 'unavailable');
});

test("the schemas of the host's messages accept the examples of the protocol", (t) => {
  t.true(Compile(ConnectMessage).Check(connected));
  t.true(
    Compile(AnswerMessage).Check({ id: 1, ok: false, error: { code: 'plugin-stopped', message: 'x', trace: 't' } }),
  );
  t.true(Compile(EventMessage).Check({ kind: 'event', name: 'stopped', value: { reason: 'revoked' } }));
  t.false(Compile(AnswerMessage).Check({ id: 1, ok: false, error: { code: 'secret-code', message: 'x' } }));
  t.false(
    Compile(EventMessage).Check({
      kind: 'event',
      name: 'theme',
      value: { ...connected.theme, tokens: { 'color-text': 'red;background:url(x)' } },
    }),
  );
});
