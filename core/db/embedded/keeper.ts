import { spawn } from 'node:child_process';
import type { OperatingUser } from './operating-user.ts';
import type { Postmaster } from './postmaster.ts';

/**
 * Reads a pipe that only our process holds open: its end is our end, however we went, SIGKILL included.
 * SIGTERM lets the server processes that are ending too finish their transactions; SIGINT ends those that stay.
 */
const script = `read -r _
kill -TERM "$1" || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" || exit 0; done
kill -INT "$1"`;

/** Ends the server when this process is gone. Closed before the server is stopped in an orderly way. */
export function keepWhileWeLive({ pid }: Postmaster, cluster: string, user: OperatingUser | undefined): Disposable {
  if (process.platform === 'win32') return { [Symbol.dispose]: () => undefined };
  // The cluster's name is there for whoever looks at the list of processes.
  const keeper = spawn('/bin/sh', ['-c', script, 'digione-keeper', String(pid), cluster], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
  });
  // Without a keeper the server outlives a killed run, and the next run takes it over.
  keeper.once('error', () => undefined);
  keeper.unref();
  (keeper.stdin as unknown as { unref(): void } | null)?.unref();
  return { [Symbol.dispose]: () => void keeper.kill('SIGKILL') };
}
