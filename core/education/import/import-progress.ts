import type { LoadedFile } from './bundle-files.ts';

/** How far an import is. */
export interface ImportProgress {
  file: LoadedFile;
  phase: 'reading' | 'merging';
  /** Rows of this file that have been read. */
  rows: number;
  /** Bytes of this file that have been read, and that it has. */
  bytes: number;
  ofBytes: number;
  /** Of the whole bundle, 0–1: reading a byte and merging it are taken for as much work. */
  share: number;
}

export interface ProgressMeter {
  read(file: LoadedFile, at: { rows: number; bytes: number }): void;
  /** Merging the file begins. */
  merge(file: LoadedFile): void;
}

/** Counts by the bytes that the files have, which the zip tells beforehand. */
export function meterProgress(
  sizes: ReadonlyMap<LoadedFile, number>,
  tell: (step: ImportProgress) => void,
): ProgressMeter {
  const total = Math.max(1, 2 * [...sizes.values()].reduce((sum, size) => sum + size, 0));
  const read = new Map<LoadedFile, { rows: number; bytes: number }>();
  let merged = 0;
  function step(file: LoadedFile, phase: ImportProgress['phase']): void {
    const { rows, bytes } = read.get(file) ?? { rows: 0, bytes: 0 };
    const done = merged + [...read.values()].reduce((sum, one) => sum + one.bytes, 0);
    tell({ file, phase, rows, bytes, ofBytes: sizes.get(file) ?? bytes, share: Math.min(1, done / total) });
  }
  return {
    read(file, at) {
      read.set(file, at);
      step(file, 'reading');
    },
    merge(file) {
      step(file, 'merging');
      merged += sizes.get(file) ?? 0;
    },
  };
}
