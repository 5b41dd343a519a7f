import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Marks the data folder as in use by this process. */
export interface RunLock {
  /** A run before this one ended without taking its mark away: its children may still be ending. */
  afterKill: boolean;
  /** From now on a later run waits for the end of this one instead of being refused. */
  tellEnding(): void;
  release(): void;
}

interface Mark {
  pid: number;
  isEnding: boolean;
}

/** Longer than the launcher's own bound for its end. */
const endingMilliseconds = 40_000;
/** Between a signal and the mark lies a moment in which the earlier run looks as if it went on. */
const noticeMilliseconds = 1_500;

/** Refuses a second run over the same folder, waits for one that is ending, and takes over the mark of a dead one. */
export async function lockDataFolder(dataFolder: string, say: (line: string) => void): Promise<RunLock> {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, 'run.pid');
  await untilFree(file, { dataFolder, say });
  const afterKill = readMark(file) !== undefined;
  writeFileSync(file, String(process.pid));
  return {
    afterKill,
    tellEnding: () => writeFileSync(file, `${process.pid} ending`),
    release: () => rmSync(file, { force: true }),
  };
}

async function untilFree(
  file: string,
  { dataFolder, say }: { dataFolder: string; say: (line: string) => void },
): Promise<void> {
  const began = Date.now();
  let said = false;
  for (let mark = readMark(file); mark && isOurs(mark.pid); mark = readMark(file)) {
    if (Date.now() - began > (mark.isEnding ? endingMilliseconds : noticeMilliseconds))
      throw new Error(
        mark.isEnding
          ? `An earlier run over ${dataFolder} (process ${mark.pid}) does not come to its end. End that process, then start again.`
          : `DigiOne already runs over ${dataFolder} (process ${mark.pid}). Stop it, or start a second copy with another PORT and DIGIONE_DATA_DIR.`,
      );
    if (mark.isEnding && !said) say(`… An earlier run (process ${mark.pid}) is still stopping; this one waits for it.`);
    said ||= mark.isEnding;
    await delay(50);
  }
}

function readMark(file: string): Mark | undefined {
  try {
    const [pid, state] = readFileSync(file, 'utf8').split(' ');
    return { pid: Number(pid), isEnding: state === 'ending' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A process id may have been given to another program since: on Linux its command line decides. */
function isOurs(pid: number): boolean {
  if (pid === process.pid || !(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('core/launch/start.');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
