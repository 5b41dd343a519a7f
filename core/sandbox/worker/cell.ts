import type { PluginErrorCode } from '@digione/sdk/errors';
import type ivm from 'isolated-vm';
import { contextOf } from '../context-key.ts';
import type { SandboxLimits } from '../limits.ts';
import type { GuestCall } from './guest-call.ts';
import { GuestContext } from './guest-context.ts';
import { newRealm, type Realm } from './realm.ts';
import { type Slice, type SliceEnd, sliceFault } from './slice.ts';
import { timeOfIsolates } from './thread-times.ts';

export interface CellParts {
  isolate: ivm.Isolate;
  bootstrap: ivm.Script;
  plugin: ivm.Script;
  /** A realm made in advance, for the first context. */
  firstRealm: Realm | undefined;
}

/** What a cell asks of its surroundings. */
export interface CellOwner {
  limits: SandboxLimits;
  watch(cell: Cell): void;
  /** Part of the wall time of a slice that counts as processor time, seen how busy the machine is. */
  readonly share: number;
  /** Processor milliseconds of all isolates together at the watchdog's last look. */
  readonly ran: number;
  /** The cell takes no more calls; these must run elsewhere. */
  gone(cell: Cell, homeless: GuestCall[]): void;
  /** A thread of this process can't be stopped any more. */
  stuck(): void;
}

const unpaid = { budget: Number.POSITIVE_INFINITY, beyondDoubt: Number.POSITIVE_INFINITY };
const graceOfDispose = 2_000;
/** So long the thread of a disposed isolate may be busy with giving memory back. */
const teardown = 300;
/**
 * isolated-vm's own timeout is wall time, in which honest code may have waited. It only stands behind the watchdog, which counts
 * processor time.
 */
const timeoutFactor = 10;
/** Below so many milliseconds an account is not worth a second opinion. */
const small = 2;

/** One isolate: of one plugin version in one municipality. */
export class Cell {
  readonly group: string;
  readonly parts: CellParts;
  readonly owner: CellOwner;
  readonly contexts = new Map<string, GuestContext>();
  #slices: Slice[] = [];
  #mark = 0n;
  /** Processor time of all isolates at a moment not after the mark. */
  #ranMark = 0;
  /** Nothing has run since the last reading. */
  #settled = true;
  #lastRun: GuestCall | undefined;
  #contextsMade = 0;
  #disposedAt = Number.NEGATIVE_INFINITY;
  #state: 'open' | 'retired' | 'dead' = 'open';

  constructor(group: string, parts: CellParts, owner: CellOwner) {
    this.group = group;
    this.parts = parts;
    this.owner = owner;
    // What it took to make the isolate is nobody's.
    this.#mark = parts.isolate.cpuTime;
  }

  get open(): boolean {
    return this.#state === 'open';
  }

  get idle(): boolean {
    return this.#slices.length === 0 && [...this.contexts.values()].every((context) => context.idle);
  }

  get running(): Slice | undefined {
    return this.#state === 'dead' || this.parts.isolate.isDisposed ? undefined : this.#slices[0];
  }

  /** A thread of this isolate may still be at work: even a dead one takes its time to stop and to give its memory back. */
  get lingers(): boolean {
    return this.#slices.length > 0 || performance.now() - this.#disposedAt < teardown;
  }

  /** Processor milliseconds of the running slice so far; wall time when the machine is busy (isolated-vm can't see the thread's). */
  get runningFor(): number {
    return Number(this.parts.isolate.cpuTime - this.#mark) / 1e6;
  }

  /** Processor milliseconds of the running slice so far, estimated, and never more than all isolates together used. */
  get ranFor(): number {
    return this.#ranOf(this.runningFor);
  }

  submit(call: GuestCall): void {
    const name = contextOf(call.order.key);
    const context = this.contexts.get(name) ?? new GuestContext(call.order.key, this);
    this.contexts.delete(name);
    this.contexts.set(name, context);
    context.enqueue(call);
    this.#releaseOldest();
  }

  async realm(): Promise<Realm> {
    this.#contextsMade += 1;
    const ready = this.parts.firstRealm;
    this.parts.firstRealm = undefined;
    const { isolate, bootstrap } = this.parts;
    return ready ?? newRealm(isolate, bootstrap, { limits: this.owner.limits, step: (work) => this.#unpaid(work) });
  }

  /** Runs guest code under the clocks and charges its processor time to the call. */
  async enter(
    call: GuestCall,
    budget: Pick<Slice, 'budget' | 'beyondDoubt'>,
    work: (timeout: number) => Promise<unknown>,
  ): Promise<SliceEnd> {
    this.settleAccount();
    const slice: Slice = { call, ...budget };
    this.#begin(slice);
    // isolated-vm takes a stack trace at each entrance: from an empty stack that costs a tenth of what it costs from here.
    await undefined;
    try {
      return { value: await work(Math.ceil(Math.max(budget.beyondDoubt, 1) * timeoutFactor)) };
    } catch (error) {
      return { fault: sliceFault(error, this.parts.isolate.isDisposed) };
    } finally {
      this.#charge(slice);
    }
  }

  /** Ends the isolate at once, in the middle of whatever it does. */
  kill(guilty: GuestCall, code: PluginErrorCode, detail: string): void {
    if (this.#state === 'dead') return;
    this.#state = 'dead';
    guilty.fail(code, detail);
    const homeless = this.#evictAll();
    this.#dispose();
    this.owner.gone(this, homeless);
    if (this.#slices.length > 0)
      setTimeout(() => this.#slices.length > 0 && this.owner.stuck(), graceOfDispose).unref();
  }

  /** Takes no new calls; ends when the running ones have. */
  retire(): void {
    if (this.#state !== 'open') return;
    this.#state = 'retired';
    const homeless = [...this.contexts.values()].flatMap((context) => context.takeWaiting());
    this.owner.gone(this, homeless);
    this.settle();
  }

  /** Called whenever something ended in the cell. */
  settle(): void {
    if (this.#contextsMade >= this.owner.limits.contextsPerIsolateLife) this.retire();
    if (this.#state === 'retired' && this.idle) {
      this.#state = 'dead';
      this.#dispose();
    }
  }

  forget(context: GuestContext): void {
    const name = contextOf(context.key);
    if (this.contexts.get(name) === context) this.contexts.delete(name);
  }

  resubmit(calls: GuestCall[]): void {
    if (this.open) for (const call of calls) this.submit(call);
    else this.owner.gone(this, calls);
  }

  async #unpaid<T>(work: () => Promise<T>): Promise<T> {
    this.settleAccount();
    const slice: Slice = { call: undefined, ...unpaid };
    this.#begin(slice);
    try {
      return await work();
    } finally {
      this.#charge(slice);
    }
  }

  #begin(slice: Slice): void {
    this.#slices.push(slice);
    this.owner.watch(this);
    if (this.#settled) this.#ranMark = this.owner.ran;
    this.#settled = false;
  }

  #evictAll(): GuestCall[] {
    return [...this.contexts.values()].flatMap((context) => context.evict());
  }

  #dispose(): void {
    this.#disposedAt = performance.now();
    this.owner.watch(this);
    if (!this.parts.isolate.isDisposed) this.parts.isolate.dispose();
    this.contexts.clear();
  }

  /**
   * Charges what the last slice used, as soon as it can be known: while the thread still holds the isolate a reading contains
   * wall time and grows from one look to the next.
   */
  settleAccount(): boolean {
    if (this.#settled) return true;
    if (this.#slices.length > 0 || this.parts.isolate.isDisposed) return false;
    const now = this.parts.isolate.cpuTime;
    if (now !== this.parts.isolate.cpuTime) return false;
    this.#chargeUntil(now, this.#lastRun);
    this.#settled = true;
    return true;
  }

  #charge(slice: Slice): void {
    if (this.#slices[0] === slice) this.#slices.shift();
    else this.#slices = this.#slices.filter((other) => other !== slice);
    if (this.parts.isolate.isDisposed) return;
    this.#lastRun = slice.call;
    if (this.#slices.length > 0) this.#chargeUntil(this.parts.isolate.cpuTime, slice.call);
    else this.settleAccount();
  }

  #chargeUntil(now: bigint, call: GuestCall | undefined): void {
    if (call !== undefined) call.cpu += this.#ranOf(Number(now - this.#mark) / 1e6);
    this.#mark = now;
  }

  /** The isolate was held for so long: on a busy machine only a part of that was spent on a processor. */
  #ranOf(held: number): number {
    const estimate = held * this.owner.share;
    return estimate < small ? estimate : Math.min(estimate, timeOfIsolates() - this.#ranMark);
  }

  #releaseOldest(): void {
    if (this.contexts.size <= this.owner.limits.contextsPerIsolate) return;
    for (const context of this.contexts.values()) {
      if (context.idle) {
        context.close();
        return;
      }
    }
  }
}
