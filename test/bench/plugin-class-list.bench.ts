// A class list through a plugin (HTTP, worker, door, decision, audit, and back), beside Koa + pg by hand that checks and logs nothing.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { benchPlugin, pluginBench } from './bench-plugin.ts';
import { compete, report } from './harness.ts';
import { postsPerSecond } from './post-load.ts';

const runs = 5;
const load = { connections: 8, answers: 500 };

await using bench = await pluginBench(1);
const { pseudonym, municipality, id } = bench.class;
const byHand = fork(fileURLToPath(new URL('./koa-by-hand.ts', import.meta.url)), [
  bench.platform.databaseUrl,
  municipality,
  id,
]);
const port = await new Promise((resolve) => byHand.once('message', resolve));
const body = JSON.stringify({ method: 'students', argument: { class: pseudonym } });
const ours = () =>
  postsPerSecond({
    ...load,
    body,
    url: `${bench.platform.core}/api/plugins/${benchPlugin}/call`,
    headers: bench.teachers,
  });
const beside = () =>
  postsPerSecond({
    ...load,
    body,
    url: `http://127.0.0.1:${port}/list`,
    headers: [{ 'content-type': 'application/json' }],
  });

for (let round = 0; round < 3; round += 1) {
  await ours();
  await beside();
}
const row = {
  unit: 'lists per second',
  besideName: 'Koa + pg by hand, unchecked',
  goal: 0.45,
  better: 'higher' as const,
};
await report('plugin-class-list', runs, [
  await compete({ ...row, what: 'a class through a plugin, decided, masked and logged durably', ours, beside }, runs),
]);
byHand.kill('SIGKILL');
