import type { Cell } from './cell.ts';

const period = 10;
/** Beyond so many times its budget a slice is ended even when the machine, not the guest, may be to blame. */
const patience = 40;

/** Ends slices that use more processor time than they may: the only clock that sees loops after an await and inside copies. */
export class Watchdog {
  readonly #cells = new Set<Cell>();
  #timer: NodeJS.Timeout | undefined;

  watch(cell: Cell): void {
    this.#cells.add(cell);
    this.#timer ??= setInterval(() => this.#look(), period);
  }

  #look(): void {
    for (const cell of this.#cells) if (cell.running === undefined) this.#cells.delete(cell);
    if (this.#cells.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const { user, system } = process.cpuUsage();
    this.#endOne((user + system) / 1000);
  }

  /** Ends at most one cell in a look, the one that ran longest: afterwards the others are looked at afresh. */
  #endOne(processCpu: number): void {
    let worst: { cell: Cell; used: number } | undefined;
    for (const cell of this.#cells) {
      const used = this.#overspent(cell, processCpu);
      if (used > (worst?.used ?? 0)) worst = { cell, used };
    }
    if (worst === undefined) return;
    const { cell, used } = worst;
    cell.kill(cell.running!.call, 'plugin-timeout-cpu', `Stopped after ${Math.round(used)} ms`);
    for (const other of this.#cells) if (other.running) other.running.seenAtCpu = processCpu;
  }

  /** Milliseconds that the running slice used, if that is too much and not the machine's fault; else 0. */
  #overspent(cell: Cell, processCpu: number): number {
    const slice = cell.running!;
    slice.seenAtCpu ??= processCpu;
    const used = cell.runningFor;
    if (used <= slice.budget) return 0;
    // A guest that did not get the processor is not guilty: the process must have used as much for each that runs.
    const share = (processCpu - slice.seenAtCpu) / this.#cells.size;
    return share > slice.budget || used > slice.budget * patience ? used : 0;
  }
}
