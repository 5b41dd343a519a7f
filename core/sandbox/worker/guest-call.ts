import type { PluginErrorCode } from '@digione/sdk/errors';
import type { ContextKey } from '../context-key.ts';
import type { CallLimits } from '../limits.ts';
import type { JobKind } from '../sandbox-job.ts';
import type { Outbox } from './outbox.ts';

export interface CallOrder {
  id: number;
  key: ContextKey;
  kind: JobKind;
  name: string;
  argument: string;
  context: string;
  limits: CallLimits;
}

/** How a call ends the life of what it ran in. */
export type CallEnd = 'answered' | 'failed' | 'ended';

/** The life of one call in the worker: its clocks, its open asks and timers, and the one answer it gives. */
export class GuestCall {
  readonly order: CallOrder;
  /** Milliseconds of processor time so far. */
  cpu = 0;
  hostCalls = 0;
  hostBytes = 0;
  reruns = 0;
  readonly #outbox: Outbox;
  readonly #openAsks = new Set<number>();
  #wake: NodeJS.Timeout | undefined;
  #wall: NodeJS.Timeout | undefined;
  #end: CallEnd | undefined;
  #onEnd: (end: CallEnd) => void = () => undefined;

  readonly #onGone: () => void;
  /** Set by the context in which the call runs: where the host's answers go. */
  settleAsk: (number: number, code: string, text: string) => void = () => undefined;

  constructor(order: CallOrder, outbox: Outbox, onGone: () => void) {
    this.order = order;
    this.#outbox = outbox;
    this.#onGone = onGone;
  }

  get ended(): boolean {
    return this.#end !== undefined;
  }

  get waiting(): boolean {
    return this.#openAsks.size > 0 || this.#wake !== undefined;
  }

  begin(onWall: () => void, onEnd: (end: CallEnd) => void): void {
    this.#onEnd = onEnd;
    this.#wall = setTimeout(onWall, this.order.limits.wallMs);
  }

  answer(text: string): void {
    if (!this.#finish('answered')) return;
    this.#outbox.send({ t: 'answer', id: this.order.id, cpu: this.cpu }, text);
  }

  /** @param end 'ended' when a clock or the memory ended the call: its realm must not be used again. */
  fail(code: PluginErrorCode, detail: string, end: CallEnd = 'ended'): void {
    if (!this.#finish(end)) return;
    this.#outbox.send({ t: 'failed', id: this.order.id, cpu: this.cpu, code }, detail.slice(0, 2000));
  }

  /** Takes one ask of the guest; false when it is over a limit that the guest's own realm should have kept. */
  ask(number: number, capability: string, argument: string): boolean {
    const { hostCallsInFlight, hostCallsTotal, hostBytesTotal } = this.order.limits;
    this.hostCalls += 1;
    this.hostBytes += argument.length;
    if (this.#openAsks.size >= hostCallsInFlight || this.hostCalls > hostCallsTotal) return false;
    if (this.hostBytes > hostBytesTotal) return false;
    this.#openAsks.add(number);
    this.#outbox.send({ t: 'invoke', id: this.order.id, call: number, capability }, argument);
    return true;
  }

  settled(number: number): boolean {
    return this.#openAsks.delete(number);
  }

  /** Sets the one alarm of the guest's timers; a negative wait takes it off. */
  setWake(wait: number, wake: () => void): void {
    clearTimeout(this.#wake);
    this.#wake = undefined;
    if (!(wait >= 0)) return;
    this.#wake = setTimeout(() => {
      this.#wake = undefined;
      wake();
    }, wait);
  }

  log(linesJson: string, dropped: number): void {
    this.#outbox.send({ t: 'log', id: this.order.id, dropped }, linesJson);
  }

  /** Forgets a run that left no trace outside, so that it may run once more elsewhere. */
  rewind(): boolean {
    if (this.ended || this.hostCalls > 0 || this.reruns > 0) return false;
    this.reruns += 1;
    this.#clear();
    return true;
  }

  #finish(end: CallEnd): boolean {
    if (this.#end !== undefined) return false;
    this.#end = end;
    this.#clear();
    this.#onGone();
    this.#onEnd(end);
    return true;
  }

  #clear(): void {
    clearTimeout(this.#wall);
    this.setWake(-1, () => undefined);
    this.#openAsks.clear();
  }
}
