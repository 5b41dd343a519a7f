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
  readonly #cells = new Map<string, Promise<Cell>>();
  /** The longest unused first. */
  readonly #live = new Set<Cell>();
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

  async submit(call: GuestCall): Promise<void> {
    try {
      const cell = await this.#cellFor(call);
      if (!cell.open) return await this.submit(call);
      this.#live.delete(cell);
      this.#live.add(cell);
      cell.submit(call);
    } catch (error) {
      call.fail('plugin-failed', `The plugin did not load: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  get share(): number {
    return this.#watchdog.share;
  }

  watch(cell: Cell): void {
    this.#watchdog.watch(cell);
  }

  gone(cell: Cell, homeless: GuestCall[]): void {
    this.#forget(cell);
    for (const call of homeless) void this.submit(call);
  }

  stuck(): void {
    this.#needs.stuck();
  }

  /** Ends every context that the pattern names, running calls included. */
  dispose(match: Partial<ContextKey>): void {
    for (const cell of this.#live) {
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

  #cellFor(call: GuestCall): Promise<Cell> {
    const group = groupOf(call.order.key);
    const cell = this.#cells.get(group) ?? this.#create(group, call);
    this.#cells.set(group, cell);
    return cell;
  }

  async #create(group: string, call: GuestCall): Promise<Cell> {
    try {
      const cell = new Cell(group, await this.#partsFor(call), this);
      this.#live.add(cell);
      this.#retireOldest();
      return cell;
    } catch (error) {
      this.#cells.delete(group);
      throw error;
    }
  }

  async #partsFor(call: GuestCall): Promise<CellParts> {
    const source = await this.#needs.sourceFor(call);
    const { isolate, bootstrap, realm } = await this.#prepared.take();
    const plugin = await this.#cache.compile(isolate, guarded(source), 'plugin.js');
    return { isolate, bootstrap, plugin, firstRealm: realm };
  }

  #forget(cell: Cell): void {
    if (!this.#live.delete(cell)) return;
    this.#cells.delete(cell.group);
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
