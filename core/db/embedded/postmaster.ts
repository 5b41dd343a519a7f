import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A server that is already running over a cluster, as its postmaster.pid tells. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** The live server of this cluster, left by a killed run or by another start; undefined (and the stale file removed) when it is dead. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const file = join(cluster, 'postmaster.pid');
  const [pid, folder, , port] = readLines(file);
  if (!pid) return undefined;
  if (folder === cluster && isPostgres(Number(pid)) && Number(port) > 0)
    return { pid: Number(pid), port: Number(port) };
  rmSync(file, { force: true });
  return undefined;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** A process id may have been given to somebody else since: on Linux its name decides. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  return readLines(`/proc/${pid}/cmdline`).join('').includes('postgres');
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
