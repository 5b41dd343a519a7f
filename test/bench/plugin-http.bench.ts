// From HTTP to a plugin's answer through the running core and its worker process, beside Koa that answers the same by itself.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { benchPlugin, pluginBench } from './bench-plugin.ts';
import { compete, report } from './harness.ts';
import { postsPerSecond } from './post-load.ts';

const runs = 5;
const load = { connections: 16, answers: 2_000, body: JSON.stringify({ method: 'hello', argument: { name: 'Aino' } }) };

await using bench = await pluginBench(16);
const byHand = fork(fileURLToPath(new URL('./koa-by-hand.ts', import.meta.url)));
const port = await new Promise((resolve) => byHand.once('message', resolve));
const ours = () =>
  postsPerSecond({ ...load, url: `${bench.platform.core}/api/plugins/${benchPlugin}/call`, headers: bench.teachers });
const beside = () =>
  postsPerSecond({ ...load, url: `http://127.0.0.1:${port}/hello`, headers: [{ 'content-type': 'application/json' }] });

for (let round = 0; round < 3; round += 1) {
  await ours();
  await beside();
}
const row = {
  unit: 'answers per second',
  besideName: 'Koa hello',
  goal: 0.25,
  better: 'higher' as const,
  ours,
  beside,
};
await report('plugin-http', runs, [
  await compete({ ...row, what: 'session, grant, worker, plugin, checked answer' }, runs),
]);
byHand.kill('SIGKILL');
