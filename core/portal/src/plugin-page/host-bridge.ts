import type { PluginErrorCode } from '@digione/sdk/errors';
import { checkArgument } from './check-argument.ts';
import { createMessageGate } from './message-gate.ts';
import { type PageMessage, readPageMessage } from './page-message.ts';

/** Our end of the channel. */
export interface HostPort {
  send(message: unknown): void;
  /** Who hears what the page sends; undefined: nobody any more. */
  listen(heard: ((data: unknown) => void) | undefined): void;
  close(): void;
}

export type CallAnswer =
  | { ok: true; value: unknown }
  | { ok: false; error: { code: PluginErrorCode; message: string; trace?: string } };

export interface HostBridgeOptions {
  port: HostPort;
  now: () => number;
  /** Brings a checked call to the backend; never rejects. */
  call(method: string, argument: unknown): Promise<CallAnswer>;
  /** What the page said that is no call. */
  heard(message: Exclude<PageMessage, { kind: 'call' } | { kind: 'unknown' }>): void;
  /** The page broke the limits; its port is closed. */
  flooded(): void;
}

export interface HostBridge {
  tell(name: 'theme' | 'language' | 'changed', value: unknown): void;
  /** From now on every call is answered with plugin-stopped. */
  stop(reason: 'municipality' | 'revoked' | 'failed' | 'signed-out'): void;
  close(): void;
}

/** The portal's end of one page's line: counts, checks, forwards and answers (sdk/ui/PROTOCOL.md). */
export function createHostBridge({ port, now, call, heard, flooded }: HostBridgeOptions): HostBridge {
  const gate = createMessageGate(now);
  const state = { stopped: false, closed: false };

  function close(): void {
    state.closed = true;
    port.listen(undefined);
    port.close();
  }
  function giveUp(): void {
    close();
    flooded();
  }
  async function answer(id: number, work: Promise<CallAnswer>): Promise<void> {
    const outcome = await work;
    gate.answered();
    if (!state.closed) port.send({ id, ...(state.stopped ? refusal('plugin-stopped') : outcome) });
  }
  /** Why a call goes no further, or undefined when it does. */
  function refusalOf(argument: unknown): keyof typeof meanings | undefined {
    if (state.stopped) return 'plugin-stopped';
    const checked = checkArgument(argument);
    if (checked !== 'ok') return checked;
    const admitted = gate.call();
    return admitted === 'ok' ? undefined : admitted;
  }
  function take({ id, method, argument }: Extract<PageMessage, { kind: 'call' }>): void {
    const refused = refusalOf(argument);
    if (refused) port.send({ id, ...refusal(refused) });
    else void answer(id, call(method, argument));
  }
  port.listen((data) => {
    const message = readPageMessage(data);
    if (!gate.message() || (!message && !gate.malformed())) giveUp();
    else if (message?.kind === 'call') take(message);
    else if (message && message.kind !== 'unknown') heard(message);
  });

  return {
    tell: (name, value) => !state.closed && port.send({ kind: 'event', name, value }),
    stop: (reason) => {
      state.stopped = true;
      if (!state.closed) port.send({ kind: 'event', name: 'stopped', value: { reason } });
    },
    close,
  };
}

const meanings = {
  'plugin-stopped': 'The plugin was stopped.',
  'invalid-argument': 'The argument is not plain JSON, is nested too deep, or has a forbidden key.',
  'too-large': 'The argument is larger than 1 MB.',
  'call-limit': 'More than 32 calls are open.',
  'rate-limited': 'More than 20 calls a second.',
} as const;

function refusal(code: keyof typeof meanings): CallAnswer {
  return { ok: false, error: { code, message: meanings[code] } };
}
