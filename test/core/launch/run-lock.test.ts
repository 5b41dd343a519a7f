import test from 'ava';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataFolder } from '../../../core/launch/run-lock.ts';

/** A process that looks like a launcher and does nothing. */
function earlierRun(): ChildProcess {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'core/launch/start.ts'], { stdio: 'ignore' });
}

function markedFolder(mark: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'digione-lock-'));
  writeFileSync(join(folder, 'run.pid'), mark);
  return folder;
}

test('an earlier run that is still stopping is waited for, with a line that says so', async (t) => {
  const earlier = earlierRun();
  const folder = markedFolder(`${earlier.pid} ending`);
  try {
    const { promise: said, resolve: say } = Promise.withResolvers<string>();
    const locking = lockDataFolder(folder, say);
    t.regex(await said, new RegExp(`process ${earlier.pid}\\) is still stopping; this one waits for it`));
    t.is(
      readFileSync(join(folder, 'run.pid'), 'utf8'),
      `${earlier.pid} ending`,
      'the folder is still the earlier run’s',
    );
    earlier.kill('SIGKILL');
    const lock = await locking;
    t.is(readFileSync(join(folder, 'run.pid'), 'utf8'), String(process.pid));
    lock.tellEnding();
    t.is(readFileSync(join(folder, 'run.pid'), 'utf8'), `${process.pid} ending`);
    lock.release();
    t.false(existsSync(join(folder, 'run.pid')));
  } finally {
    earlier.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('an earlier run that goes on refuses a second one, in words that name the way out', async (t) => {
  const earlier = earlierRun();
  const folder = markedFolder(String(earlier.pid));
  try {
    const refusal = await t.throwsAsync(lockDataFolder(folder, () => t.fail('nothing is waited for')));
    t.regex(refusal.message, /already runs over .*PORT and DIGIONE_DATA_DIR/);
    t.is(readFileSync(join(folder, 'run.pid'), 'utf8'), String(earlier.pid));
  } finally {
    earlier.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the mark of a run that was killed is taken over, and tells that its servers may still be ending', async (t) => {
  const earlier = earlierRun();
  const ended = new Promise((resolve) => earlier.once('exit', resolve));
  const folder = markedFolder(String(earlier.pid));
  earlier.kill('SIGKILL');
  await ended;
  const lock = await lockDataFolder(folder, () => t.fail('nothing is waited for'));
  t.true(lock.afterKill);
  lock.release();
  rmSync(folder, { recursive: true, force: true });
});

test('the mark of a process number that belongs to another program now is no hindrance', async (t) => {
  const folder = markedFolder(String(process.ppid));
  const lock = await lockDataFolder(folder, () => t.fail('nothing is waited for'));
  lock.release();
  rmSync(folder, { recursive: true, force: true });
  t.pass();
});
