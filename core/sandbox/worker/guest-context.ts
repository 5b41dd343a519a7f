import type { PluginErrorCode } from '@digione/sdk/errors';
import type { ContextKey } from '../context-key.ts';
import type { Cell } from './cell.ts';
import type { GuestCall } from './guest-call.ts';
import { limitedTo, nativeOptions } from './guest-options.ts';
import type { Realm } from './realm.ts';
import type { SliceEnd, SliceFault } from './slice.ts';

/** Share of its budget that a slice is given even when the account of earlier ones is not settled yet. */
const leastSlice = 0.2;
/** The account of a call is an estimate; only twice its budget is beyond doubt. */
const doubt = 2;
/** So many times its whole budget ends a slice even when it can't be told which thread ran it. */
const beyondDoubt = 4;

/** One realm for one (municipality, plugin version, school, user). Its calls run one after another, so that each ask of the guest belongs to exactly one call. */
export class GuestContext {
  readonly key: ContextKey;
  readonly #cell: Cell;
  readonly #waiting: GuestCall[] = [];
  #making: Promise<Realm> | undefined;
  /** Set when the bundle has run in it. */
  #realm: Realm | undefined;
  #current: GuestCall | undefined;
  #slices = 0;
  #lastContext = '';
  #closed = false;

  constructor(key: ContextKey, cell: Cell) {
    this.key = key;
    this.#cell = cell;
  }

  get idle(): boolean {
    return this.#current === undefined && this.#waiting.length === 0 && this.#slices === 0;
  }

  get current(): GuestCall | undefined {
    return this.#current;
  }

  enqueue(call: GuestCall): void {
    this.#waiting.push(call);
    this.#next();
  }

  takeWaiting(): GuestCall[] {
    return this.#waiting.splice(0);
  }

  /** Gives up the realm; calls that wait go to a new one. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cell.forget(this);
    this.#making?.then(
      (realm) => {
        realm.receive.release();
        realm.context.release();
      },
      () => undefined, // A realm that was never made has nothing to release.
    );
    this.#cell.resubmit(this.takeWaiting());
  }

  /** Ends at once; returns the calls that may run again elsewhere because nothing of them left the guest. */
  evict(): GuestCall[] {
    this.#closed = true;
    const homeless = this.takeWaiting();
    const current = this.#current;
    this.#current = undefined;
    if (current !== undefined && !current.ended) {
      if (current.rewind()) homeless.unshift(current);
      else current.fail('worker-lost', 'Another call of the same plugin ended the isolate');
    }
    return homeless;
  }

  /** Ends the running call, if any, and the realm. */
  end(code: PluginErrorCode, detail: string): void {
    for (const call of this.takeWaiting()) call.fail(code, detail);
    this.#current?.fail(code, detail);
    this.close();
  }

  /** Brings the host's answer to an ask of the running call. */
  #settleAsk(call: GuestCall, number: number, code: string, text: string): void {
    if (call !== this.#current || !call.settled(number)) return;
    this.#enter(call, ['settle', number, code, text]);
  }

  #next(): void {
    if (this.#closed || this.#current !== undefined || this.#slices > 0) return;
    let call = this.#waiting.shift();
    while (call?.ended) call = this.#waiting.shift();
    if (call === undefined) {
      this.#cell.settle();
      return;
    }
    this.#current = call;
    call.settleAsk = (number, code, text) => this.#settleAsk(call, number, code, text);
    call.begin(
      () => call.fail('plugin-timeout-wall', 'The wall deadline passed'),
      (end) => this.#ended(call, end === 'ended'),
    );
    // A loaded realm is entered in the same turn: each turn of waiting is a tenth of a small call.
    if (this.#realm === undefined) void this.#load(call).then(() => this.#start(call));
    else this.#start(call);
  }

  #ended(call: GuestCall, spoiled: boolean): void {
    if (this.#current !== call) return;
    this.#current = undefined;
    if (spoiled) this.close();
    this.#next();
  }

  #start(call: GuestCall): void {
    const realm = this.#realm;
    if (realm === undefined || call.ended) {
      this.#next();
      return;
    }
    const { id, kind, name, argument, context } = call.order;
    const message = ['call', id, `${kind} ${name}`, argument];
    if (context !== this.#lastContext) message.push(context);
    this.#lastContext = context;
    this.#enter(call, message);
  }

  async #load(call: GuestCall): Promise<void> {
    this.#making = this.#cell.realm();
    this.#slices += 1;
    try {
      const realm = await this.#making;
      const { loadCpuMs } = this.#cell.owner.limits;
      const budget = { budget: loadCpuMs, beyondDoubt: loadCpuMs * beyondDoubt };
      const { fault } = await this.#cell.enter(call, budget, (timeout) =>
        this.#cell.parts.plugin.run(realm.context, nativeOptions({ timeout, copy: true as const })),
      );
      // Loading has its own budget.
      call.cpu = 0;
      if (fault === undefined) this.#realm = realm;
      else this.#suffer(call, fault);
    } catch (error) {
      if (call === this.#current) call.fail('unavailable', `No realm could be made: ${String(error)}`);
    } finally {
      this.#slices -= 1;
    }
  }

  #enter(call: GuestCall, message: (string | number)[]): void {
    const { receive } = this.#realm!;
    const { cpuMs } = call.order.limits;
    if (this.#cell.settleAccount() && call.cpu > cpuMs * doubt) {
      call.fail('plugin-timeout-cpu', 'The processor time is used up');
      return;
    }
    const budget = { budget: Math.max(cpuMs - call.cpu, cpuMs * leastSlice), beyondDoubt: cpuMs * beyondDoubt };
    this.#slices += 1;
    void this.#cell
      .enter(call, budget, (timeout) => receive.apply(undefined, message, limitedTo(timeout)))
      .then((end) => this.#leave(call, end));
  }

  #leave(call: GuestCall, { fault, value }: SliceEnd): void {
    this.#slices -= 1;
    if (fault !== undefined) this.#suffer(call, fault);
    else {
      this.#takeMessages(call, value);
      this.#checkProgress(call);
    }
    this.#next();
  }

  #checkProgress(call: GuestCall): void {
    if (call.ended || this.#slices > 0 || this.#current !== call) return;
    if (!call.waiting) call.fail('plugin-timeout-wall', 'The handler waits for something that never comes');
  }

  #suffer(call: GuestCall, fault: SliceFault): void {
    if (fault.spoils === 'isolate') {
      this.#cell.kill(call, fault.code, fault.detail);
      return;
    }
    if (fault.spoils === 'context') {
      call.fail(fault.code, fault.detail);
      this.close();
      this.#cell.retire();
      return;
    }
    if (!call.ended) call.fail(fault.code, fault.detail);
  }

  /** Carries out what the slice left. It comes from the bridge, yet is read as if a guest had made it. */
  #takeMessages(call: GuestCall, messages: unknown): void {
    const alone: unknown = Array.isArray(messages) && messages.length === 1 ? messages[0] : messages;
    if (typeof alone === 'string') call.answer(alone);
    if (!Array.isArray(messages)) return;
    for (let at = 0; at + 3 < messages.length && !call.ended; at += 4) {
      const [kind, number, text, more] = messages.slice(at, at + 4) as unknown[];
      if (typeof number === 'number' && typeof text === 'string' && typeof more === 'string') {
        this.#takeMessage(call, kind, number, text, more);
      }
    }
  }

  #takeMessage(call: GuestCall, kind: unknown, number: number, text: string, more: string): void {
    if (kind === 'invoke') this.#ask(call, number, text, more);
    else if (kind === 'wake') call.setWake(number, () => this.#enter(call, ['wake', 0]));
    else if (kind === 'log') call.log(text, number);
    else if (number !== call.order.id) return;
    else if (kind === 'answer') call.answer(text);
    else if (kind === 'failed') call.fail(guestFault(text), more, 'failed');
  }

  #ask(call: GuestCall, number: number, capability: string, argument: string): void {
    if (!call.ask(number, capability, argument)) call.fail('call-limit', 'Too many calls to the host');
  }
}

const guestFaults: readonly PluginErrorCode[] = ['not-found', 'plugin-failed', 'invalid-result', 'too-large'];

/** The codes that the bridge in the guest may give; anything else is the guest's invention. */
function guestFault(code: string): PluginErrorCode {
  return guestFaults.find((known) => known === code) ?? 'plugin-failed';
}
