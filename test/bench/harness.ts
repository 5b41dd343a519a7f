import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';

/** One line of a bench: ours and the peer's measure of the same thing in the same run. */
export interface Contest {
  what: string;
  unit: string;
  besideName: string;
  goal: number;
  /** Whether a good ratio (ours ÷ beside) is at most the goal or at least. */
  better: 'lower' | 'higher';
  ours: () => Promise<number>;
  beside: () => Promise<number>;
}

export interface Row {
  what: string;
  unit: string;
  ours: number;
  beside: number;
  besideName: string;
  ratio: number;
  goal: number;
  met: boolean;
  spread: [number, number];
}

/** Measures both sides in turns, so that a busy moment of the machine hits both, and takes medians. */
export async function compete(
  { what, unit, besideName, goal, better, ours, beside }: Contest,
  runs: number,
): Promise<Row> {
  const pairs: { ours: number; beside: number }[] = [];
  for (let run = 0; run < runs; run += 1) pairs.push({ beside: await beside(), ours: await ours() });
  const ratios = pairs.map((pair) => pair.ours / pair.beside).sort((a, b) => a - b);
  const ratio = medianOf(ratios);
  const met = better === 'lower' ? ratio <= goal : ratio >= goal;
  const [own, peer] = [medianOf(pairs.map((pair) => pair.ours)), medianOf(pairs.map((pair) => pair.beside))];
  return { what, unit, ours: own, beside: peer, besideName, ratio, goal, met, spread: [ratios[0]!, ratios.at(-1)!] };
}

export function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Prints the table and keeps it under `results/`. */
export async function report(name: string, runs: number, rows: Row[]): Promise<void> {
  const rounded = rows.map((row) => ({
    ...row,
    ours: round(row.ours),
    beside: round(row.beside),
    ratio: round(row.ratio),
    spread: row.spread.map(round),
  }));
  console.log(`\n${name}`);
  console.table(rounded.map(({ spread, ...row }) => ({ ...row, spread: spread.join('–') })));
  const result = {
    name,
    date: new Date().toISOString(),
    node: process.version,
    cpus: availableParallelism(),
    runs,
    rows: rounded,
  };
  const folder = new URL('./results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
