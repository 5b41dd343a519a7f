import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const everyMilliseconds = 200;

/**
 * Calls back once when the npm that started this process is gone. npm ends at once on SIGTERM and tells only the shell
 * between itself and us; on SIGKILL it tells nobody. So both ancestors are looked at: ours, and the shell's.
 */
export function whenNpmIsGone(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    callback();
  }, everyMilliseconds);
}

/** Undefined where it can't be told (Windows): there only the own parent counts. */
function parentOf(pid) {
  try {
    if (process.platform === 'win32') return undefined;
    if (process.platform !== 'linux') return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)]));
    // The name in the second field may hold spaces and brackets: the fields are counted from the last bracket.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return Number(parent);
  } catch {
    // It ended while we looked: our own parent changes next.
    return undefined;
  }
}
