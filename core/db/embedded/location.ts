import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reachableBy, type OperatingUser } from './operating-user.ts';

/** Where this PostgreSQL keeps its cluster and finds its programs. */
export interface Location {
  cluster: string;
  programs: string;
  /** Set when the data folder is closed to PostgreSQL's own user, so that the cluster lives elsewhere. */
  moved: boolean;
}

/**
 * The data folder holds the cluster; only when PostgreSQL's own user can't enter it (root's home, mode 700)
 * does a folder under /var/tmp, named after the data folder, stand in for it.
 */
export function locate(dataFolder: string, packagePrograms: string, user: OperatingUser | undefined): Location {
  const moved = user !== undefined && !reachableBy(user, dataFolder);
  const base = moved ? join('/var/tmp', `digione-${nameOf(dataFolder)}`) : dataFolder;
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const cluster = join(base, 'postgres');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  if (user) chownSync(cluster, user.uid, user.gid);
  const closed = user !== undefined && !reachableBy(user, packagePrograms);
  return { cluster, moved, programs: closed ? copyPrograms(packagePrograms, base) : packagePrograms };
}

function nameOf(dataFolder: string): string {
  return createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
}

/** Copies bin, lib and share; a copy that was interrupted is not taken for a whole one. */
function copyPrograms(bin: string, base: string): string {
  const copy = join(base, 'postgres-programs');
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    cpSync(dirname(bin), unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  }
  return join(copy, 'bin');
}
