import { soakCall, type SoakTools } from './soak-calls.ts';

export interface Disturbances {
  deploys: number;
  withdrawals: number;
  kills: number;
  floods: number;
}

const floodSize = 150;

/** Whatever happens to a platform on a bad day, again and again until told to stop. */
export function disturb(tools: SoakTools): { counts: Disturbances; stop: () => void } {
  const counts: Disturbances = { deploys: 0, withdrawals: 0, kills: 0, floods: 0 };
  const timers = [
    setInterval(() => deploy(tools, counts), 400),
    setInterval(() => void withdraw(tools, counts), 300),
    setInterval(() => kill(tools, counts), 20_000),
    setInterval(() => flood(tools, counts), 5_000),
  ];
  return { counts, stop: () => timers.forEach(clearInterval) };
}

function deploy({ world, sandbox, random }: SoakTools, counts: Disturbances): void {
  const { before, now } = world.deploy(random(world.plugins.length));
  counts.deploys += 1;
  void sandbox.dispose({ plugin: now.plugin, version: before });
}

async function withdraw({ world, sandbox, random }: SoakTools, counts: Disturbances): Promise<void> {
  const municipality = world.municipalities[random(world.municipalities.length)]!;
  const { plugin } = world.plugins[random(world.plugins.length)]!;
  const rights = world.rightsOf(municipality, plugin);
  rights.age += 1;
  const age = rights.age;
  await sandbox.dispose({ municipality, plugin });
  rights.settled = Math.max(rights.settled, age);
  counts.withdrawals += 1;
}

function kill({ sandbox, random }: SoakTools, counts: Disturbances): void {
  const workers = sandbox.figures().workers.filter(({ state }) => state === 'ready');
  const victim = workers[random(workers.length)];
  if (victim === undefined) return;
  counts.kills += 1;
  process.kill(victim.pid, 'SIGKILL');
}

/** One plugin is asked far more often than its line is long. */
function flood(tools: SoakTools, counts: Disturbances): void {
  counts.floods += 1;
  const { random, world } = tools;
  const target = {
    index: random(world.plugins.length),
    municipality: world.municipalities[random(world.municipalities.length)]!,
  };
  for (let n = 0; n < floodSize; n += 1) void soakCall(tools, target);
}
