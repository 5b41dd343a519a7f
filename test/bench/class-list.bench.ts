// A class list through decide, consent and audit, beside Koa + pg by hand that checks and logs nothing.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { benchSchool } from './bench-school.ts';
import { compete, report } from './harness.ts';
import { answersPerSecond } from './load.ts';

const runs = 5;
const load = { connections: 8, answers: 1_500 };

await using bench = await benchSchool(400);
const { provisioned, url } = bench.platform;
const servers = fork(fileURLToPath(new URL('./class-list-server.ts', import.meta.url)), [provisioned.coreUrl, url]);
const ports = await new Promise<{ ours: number; beside: number }>((resolve) =>
  servers.once('message', (message) => resolve(message as { ours: number; beside: number })),
);
const speedAt = (port: number) => answersPerSecond(`http://127.0.0.1:${port}/list`, load);

await speedAt(ports.ours);
await report('class-list', runs, [
  await compete(
    {
      what: '25 pupils × 10 fields, decided, masked and logged durably',
      unit: 'lists per second',
      besideName: 'Koa + pg by hand, unchecked',
      goal: 0.5,
      better: 'higher',
      ours: () => speedAt(ports.ours),
      beside: () => speedAt(ports.beside),
    },
    runs,
  ),
]);
servers.kill();
