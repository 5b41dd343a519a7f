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

test('a worker that becomes ready late is the spare, also when it was started first', async (t) => {
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
    workers: 1,
    spares: 1,
    command: { file: process.execPath, args: ['-e', waiting, folder], protections: [] },
    limits: defaultLimits,
    log: quiet,
    watcher,
    memoryBytes: 1e9,
  });
  const [first, second] = [...pool.all].map((worker) => worker.pid);
  try {
    writeFileSync(join(folder, String(second)), '');
    await arrivals[0]!.promise;
    t.is(pool.place('espoo')?.pid, second);
    writeFileSync(join(folder, String(first)), '');
    await arrivals[1]!.promise;
    t.deepEqual(ready, [second, first]);
    t.is(pool.place('espoo')?.pid, second);
  } finally {
    await pool.close();
  }
});
