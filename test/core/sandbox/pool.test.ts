import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '@digione/core/sandbox';
import test from 'ava';
import { Pool } from '../../../core/sandbox/supervisor/pool.ts';
import type { WorkerWatcher } from '../../../core/sandbox/supervisor/worker-process.ts';
import { quiet } from './sandbox-under-test.ts';

/** A worker that only says that it is ready, when the file of its number is there. */
const waiting = `
  const { existsSync } = require('node:fs');
  const channel = new (require('node:net').Socket)({ fd: 3 });
  channel.resume();
  const look = setInterval(() => {
    if (!existsSync(process.argv[1] + '/' + process.pid)) return;
    clearInterval(look);
    const head = Buffer.from('{"t":"ready"}');
    const size = Buffer.alloc(8);
    size.writeUInt32BE(head.length, 0);
    channel.write(Buffer.concat([size, head]));
  }, 5);
`;

interface Watched {
  pool: Pool;
  /** Process ids in the order in which they became ready. */
  ready: (number | undefined)[];
  arrivals: PromiseWithResolvers<void>[];
  /** Lets this worker say that it is ready. */
  release(pid: number | undefined): void;
}

function watchedPool(size: { workers: number; spares: number }): Watched {
  const folder = mkdtempSync(join(tmpdir(), 'digione-pool-'));
  const ready: (number | undefined)[] = [];
  const arrivals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const watcher: WorkerWatcher = {
    message: (worker) => {
      pool.ready(worker);
      arrivals[ready.length]?.resolve();
      ready.push(worker.pid);
    },
    exited: () => undefined,
  };
  const pool = new Pool({
    ...size,
    command: { file: process.execPath, args: ['-e', waiting, folder], protections: [] },
    limits: defaultLimits,
    log: quiet,
    watcher,
    memoryBytes: 1e9,
  });
  return { pool, ready, arrivals, release: (pid) => writeFileSync(join(folder, String(pid)), '') };
}

const pidsOf = (pool: Pool) => [...pool.all].map(({ pid }) => pid);

test('workers take their places in the order in which they became ready, not in which they were started', async (t) => {
  const { pool, ready, arrivals, release } = watchedPool({ workers: 2, spares: 0 });
  const [first, second] = pidsOf(pool);
  try {
    release(second);
    await arrivals[0]!.promise;
    t.is(pool.place('espoo')?.pid, second);
    release(first);
    await arrivals[1]!.promise;
    t.deepEqual(ready, [second, first]);
    t.deepEqual(
      pool.working.map(({ pid }) => pid),
      [second, first],
    );
  } finally {
    await pool.close();
  }
});

test('the spare is started once the worker serves, and takes no municipality from it', async (t) => {
  const { pool, arrivals, release } = watchedPool({ workers: 1, spares: 1 });
  try {
    const [worker] = pidsOf(pool);
    pool.beat();
    t.deepEqual(pidsOf(pool), [worker]);
    release(worker);
    await arrivals[0]!.promise;
    pool.beat();
    t.is(pidsOf(pool).length, 2);
    release(pidsOf(pool).at(-1));
    await arrivals[1]!.promise;
    t.is(pool.place('espoo')?.pid, worker);
  } finally {
    await pool.close();
  }
});
