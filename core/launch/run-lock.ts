import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Marks the data folder as in use by this process. */
export interface RunLock {
  /** A run before this one ended without taking its mark away: its children may still be ending. */
  afterKill: boolean;
  release(): void;
}

/** Refuses a second run over the same folder; the mark of a dead run is taken over. */
export function lockDataFolder(dataFolder: string): RunLock {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'run.pid');
  const previous = readPid(file);
  if (previous !== undefined && isOurs(previous))
    throw new Error(
      `DigiOne already runs over ${dataFolder} (process ${previous}). Stop it, or start a second copy with another PORT and DIGIONE_DATA_DIR.`,
    );
  writeFileSync(file, String(process.pid));
  return { afterKill: previous !== undefined, release: () => rmSync(file, { force: true }) };
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process id may have been given to another program since: on Linux its command line decides. */
function isOurs(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('core/launch/start.ts')
    );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
