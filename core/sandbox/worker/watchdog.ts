import type { Cell } from './cell.ts';

const period = 10;
/** Beyond so many times its budget a slice is ended even when the machine, not the guest, may be to blame. */
const patience = 10;

/** Ends slices that use more processor time than they may: the only clock that sees loops after an await and inside copies. */
export class Watchdog {
  readonly #cells = new Set<Cell>();
  #timer: NodeJS.Timeout | undefined;

  watch(cell: Cell): void {
    this.#cells.add(cell);
    this.#timer ??= setInterval(() => this.#look(), period);
  }

  #look(): void {
    const { user, system } = process.cpuUsage();
    for (const cell of this.#cells) {
      if (cell.running === undefined) this.#cells.delete(cell);
      else this.#judge(cell, (user + system) / 1000);
    }
    if (this.#cells.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #judge(cell: Cell, processCpu: number): void {
    const slice = cell.running!;
    slice.seenAtCpu ??= processCpu;
    const used = cell.runningFor;
    if (used <= slice.budget) return;
    // A guest that did not get the processor is not guilty: the whole process must have used as much, too.
    const guilty = processCpu - slice.seenAtCpu > slice.budget || used > slice.budget * patience;
    if (guilty) cell.kill(slice.call, 'plugin-timeout-cpu', `Stopped after ${Math.round(used)} ms`);
  }
}
