import { PluginError } from '../errors/index.ts';
import type {
  AnswerMessage,
  ConnectMessage,
  EventMessage,
  EventName,
  EventValue,
  PageMessage,
} from '../events/index.ts';

/** The part of a `MessagePort` that the bridge uses. */
export interface BridgePort {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

/** The calls of a backend, by name: `typeof plugin.calls`. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;
type Argument<Call> = Call extends (argument: infer A, ...rest: never[]) => unknown
  ? [A] extends [never]
    ? unknown
    : A
  : undefined;
type Answer<Call> = Call extends (...args: never[]) => infer R ? Awaited<R> : never;
/** The arguments after the method's name: none may be left out unless the backend takes nothing. */
export type CallArguments<Call> =
  undefined extends Argument<Call> ? [argument?: Argument<Call>] : [argument: Argument<Call>];

/** A page's line to its backend and to the portal around it. */
export interface Bridge<C extends Calls = Calls> {
  /** Id of this page in `digione.json`. */
  readonly page: string;
  /** What the link or button gave that opened the page. */
  readonly argument: unknown;
  /** The user's language now. */
  readonly language: ConnectMessage['language'];
  /** The portal's looks now. */
  readonly theme: ConnectMessage['theme'];
  /**
   * Calls the backend. Rejects with a `PluginError` whose `code` tells why.
   * @example const { students } = await bridge.call('todaysClass', { class: id });
   */
  call<M extends keyof C & string>(method: M, ...rest: CallArguments<C[M]>): Promise<Answer<C[M]>>;
  /** Listens to the portal; the answer ends the listening. */
  on<Name extends EventName>(name: Name, listener: (value: EventValue<Name>) => void): () => void;
  /** Tells the portal something that needs no answer: a height, an Escape, the focus leaving, a failure. */
  tell(message: Exclude<PageMessage, { kind: 'call' }>): void;
  /** Ends the line; open calls reject with `unavailable`. */
  close(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: PluginError): void;
}
type Listener = (value: unknown) => void;

/** Makes the bridge over a port that the portal gave with its connect message. */
export function createBridge<C extends Calls = Calls>(port: BridgePort, connected: ConnectMessage): Bridge<C> {
  const state = { language: connected.language, theme: connected.theme };
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<EventName, Set<Listener>>();
  const calls = { last: 0, closed: false };

  port.onmessage = ({ data }) => {
    const message = data as AnswerMessage | EventMessage;
    if ('kind' in message && message.kind === 'event') deliver(message);
    else if ('id' in message) settle(waiting, message);
  };

  function deliver(message: EventMessage): void {
    if (message.name === 'language') state.language = message.value;
    if (message.name === 'theme') state.theme = message.value;
    for (const listener of listeners.get(message.name) ?? []) listener(message.value);
  }

  function ask(method: string, argument: unknown): Promise<unknown> {
    if (calls.closed) return Promise.reject(new PluginError('unavailable', 'The bridge is closed.'));
    calls.last += 1;
    const id = calls.last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, kind: 'call', method, argument: argument ?? null });
    });
  }

  return {
    page: connected.page,
    argument: connected.argument ?? null,
    get language() {
      return state.language;
    },
    get theme() {
      return state.theme;
    },
    call: (method, ...[argument]) => ask(method, argument) as Promise<never>,
    on: (name, listener) => subscribe(listeners, name, listener as Listener),
    tell: (message) => port.postMessage(message),
    close: () => {
      calls.closed = true;
      port.close();
      abandon(waiting);
    },
  };
}

function settle(waiting: Map<number, Waiting>, message: AnswerMessage): void {
  const asker = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.ok) asker?.resolve(message.value);
  else asker?.reject(new PluginError(message.error.code, message.error.message, message.error.trace));
}

function subscribe(listeners: Map<EventName, Set<Listener>>, name: EventName, listener: Listener): () => void {
  const those = listeners.get(name) ?? new Set();
  listeners.set(name, those.add(listener));
  return () => those.delete(listener);
}

function abandon(waiting: Map<number, Waiting>): void {
  for (const { reject } of waiting.values()) reject(new PluginError('unavailable', 'The bridge was closed.'));
  waiting.clear();
}
