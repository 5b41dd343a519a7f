import type { PluginError } from '@digione/sdk/errors';
import test from 'ava';
import type { BridgePort } from '../../../sdk/ui/bridge.ts';
import { type PageWindow, shakeHands, type WindowMessage } from '../../../sdk/ui/handshake.ts';

const port: BridgePort = { postMessage: () => undefined, close: () => undefined, onmessage: null };
const connect = { type: 'digione:connect', version: 1, page: 'main', language: 'fi', theme: {} };

/** A page's window whose parent does what the test says when the page is ready. */
function pageIn(
  parent: (say: (event: Partial<WindowMessage>) => void, ready: unknown) => void,
): PageWindow & { listeners: Set<unknown> } {
  const listeners = new Set<(event: WindowMessage) => void>();
  const page: PageWindow & { listeners: Set<unknown> } = {
    listeners,
    parent: {
      postMessage: (ready) =>
        parent((event) => {
          for (const listener of listeners) listener({ source: page.parent, data: connect, ports: [port], ...event });
        }, ready),
    },
    addEventListener: (_, listener) => listeners.add(listener),
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  return page;
}

test('the page says that it is there and takes the port that the portal gives', async (t) => {
  const page = pageIn((say, ready) => {
    t.deepEqual(ready, { type: 'digione:ready', versions: [1] });
    say({});
  });
  const connected = await shakeHands(page, 1000);
  t.is(connected.port, port);
  t.is(connected.message.page, 'main');
});

test('after the handshake the page listens to its window no more', async (t) => {
  const page = pageIn((say) => say({}));
  await shakeHands(page, 1000);
  t.is(page.listeners.size, 0);
});

for (const [words, forged] of [
  ['from another window', { source: {} }],
  ['without a port', { ports: [] }],
  ['with two ports', { ports: [port, port] }],
  ['of another version', { data: { ...connect, version: 2 } }],
  ['that is not an object', { data: 'digione:connect' }],
  ['of another type', { data: { ...connect, type: 'webpack:ok' } }],
] as [string, Partial<WindowMessage>][]) {
  test(`a message ${words} is ignored`, async (t) => {
    const honest = { ...port };
    const page = pageIn((say) => {
      say(forged);
      say({ ports: [honest] });
    });
    t.is((await shakeHands(page, 1000)).port, honest);
  });
}

test('a portal that speaks another version is told apart from one that is silent', async (t) => {
  const refused = await t.throwsAsync<PluginError>(
    shakeHands(
      pageIn((say) => say({ data: { type: 'digione:refused', versions: [2] }, ports: [] })),
      1000,
    ),
  );
  t.is(refused?.code, 'unavailable');
  const silent = await t.throwsAsync<PluginError>(
    shakeHands(
      pageIn(() => undefined),
      1,
    ),
  );
  t.regex(silent?.message ?? '', /did not answer/);
});
