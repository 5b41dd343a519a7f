import { type ContextKey, groupOf, matches } from '../context-key.ts';
import type { SandboxLimits } from '../limits.ts';
import { Cell, type CellOwner, type CellParts } from './cell.ts';
import { CodeCache } from './code-cache.ts';
import type { GuestCall } from './guest-call.ts';
import { PreparedIsolates } from './prepared-isolates.ts';
import { Watchdog } from './watchdog.ts';

export interface CellsNeeds {
  limits: SandboxLimits;
  bootstrap: string;
  sourceFor(call: GuestCall): Promise<string>;
  stuck(): void;
}

/** All isolates of this worker. Idle ones go first, the longest unused before others. */
export class Cells implements CellOwner {
  readonly limits: SandboxLimits;
  readonly #needs: CellsNeeds;
  /** Those that take calls, by group. */
  readonly #open = new Map<string, Cell>();
  readonly #making = new Map<string, Promise<Cell>>();
  /** The longest unused first. */
  readonly #live = new Set<Cell>();
  /** They take no more calls, but some still run in them. */
  readonly #retired = new Set<Cell>();
  readonly #cache = new CodeCache();
  readonly #prepared: PreparedIsolates;
  readonly #watchdog = new Watchdog();

  constructor(needs: CellsNeeds) {
    this.#needs = needs;
    this.limits = needs.limits;
    this.#prepared = new PreparedIsolates({ source: needs.bootstrap, cache: this.#cache, limits: needs.limits }, () =>
      this.stuck(),
    );
  }

  /** Makes the first isolates ahead of any call. */
  warm(): Promise<void> {
    return this.#prepared.fill();
  }

  submit(call: GuestCall): void {
    const group = groupOf(call.order.key);
    const cell = this.#open.get(group);
    if (cell === undefined) void this.#submitLater(group, call);
    else this.#submitTo(cell, call);
  }

  get share(): number {
    return this.#watchdog.share;
  }

  get ran(): number {
    return this.#watchdog.ran;
  }

  watch(cell: Cell): void {
    this.#watchdog.watch(cell);
  }

  gone(cell: Cell, homeless: GuestCall[]): void {
    this.#forget(cell);
    for (const call of homeless) this.submit(call);
  }

  stuck(): void {
    this.#needs.stuck();
  }

  /** Ends every context that the pattern names, running calls included. */
  dispose(match: Partial<ContextKey>): void {
    for (const cell of [...this.#live, ...this.#retired]) {
      for (const context of [...cell.contexts.values()]) {
        if (matches(context.key, match)) context.end('unavailable', 'The rights of this context changed');
      }
    }
  }

  figures(): { isolates: number; contexts: number } {
    let contexts = 0;
    for (const cell of this.#live) contexts += cell.contexts.size;
    return { isolates: this.#live.size, contexts };
  }

  #submitTo(cell: Cell, call: GuestCall): void {
    this.#live.delete(cell);
    this.#live.add(cell);
    cell.submit(call);
  }

  async #submitLater(group: string, call: GuestCall): Promise<void> {
    const making = this.#making.get(group) ?? this.#create(group, call);
    this.#making.set(group, making);
    try {
      const cell = await making;
      if (cell.open) this.#submitTo(cell, call);
      else this.submit(call);
    } catch (error) {
      call.fail('plugin-failed', `The plugin did not load: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  async #create(group: string, call: GuestCall): Promise<Cell> {
    try {
      const cell = new Cell(group, await this.#partsFor(call), this);
      this.#live.add(cell);
      this.#open.set(group, cell);
      this.#retireOldest();
      return cell;
    } finally {
      this.#making.delete(group);
    }
  }

  async #partsFor(call: GuestCall): Promise<CellParts> {
    const source = await this.#needs.sourceFor(call);
    const { isolate, bootstrap, realm } = await this.#prepared.take();
    const plugin = await this.#cache.compile(isolate, guarded(source), 'plugin.js');
    return { isolate, bootstrap, plugin, firstRealm: realm };
  }

  #forget(cell: Cell): void {
    this.#live.delete(cell);
    for (const retired of this.#retired) if (retired.idle) this.#retired.delete(retired);
    if (!cell.idle) this.#retired.add(cell);
    if (this.#open.get(cell.group) === cell) this.#open.delete(cell.group);
  }

  #retireOldest(): void {
    if (this.#live.size <= this.limits.isolatesPerWorker) return;
    for (const cell of this.#live) {
      if (cell.idle) {
        cell.retire();
        return;
      }
    }
  }
}

/** An error of the top level stays in the guest, and the value of the script is always undefined: neither is copied out. */
function guarded(source: string): string {
  return `try{${source}\n}catch(error){digione.failed(error)};void 0;`;
}
