import type { Sandbox } from '@digione/core/sandbox';
import type { SoakWorld } from './soak-world.ts';

/** What became of all calls. */
export interface SoakTally {
  started: number;
  answered: number;
  /** By code, of honest plugins and of hostile ones. */
  refused: { honest: Record<string, number>; hostile: Record<string, number> };
  /** Sentences about answers that were somebody else's. */
  crossTalk: string[];
  open: Set<Promise<void>>;
}

export function newTally(): SoakTally {
  return { started: 0, answered: 0, refused: { honest: {}, hostile: {} }, crossTalk: [], open: new Set() };
}

interface Answer {
  self: string;
  token: string;
  before: string | null;
  asked: string;
}

export interface SoakTools {
  sandbox: Sandbox;
  world: SoakWorld;
  tally: SoakTally;
  random: (below: number) => number;
}

/** One call of any plugin anywhere, its answer held against its token. */
export function soakCall(tools: SoakTools, wish: Partial<Target> = {}): Promise<void> {
  const { tally, world, random } = tools;
  const target = {
    index: wish.index ?? random(world.plugins.length),
    municipality: wish.municipality ?? world.municipalities[random(world.municipalities.length)]!,
  };
  const call = oneCall(tools, target).finally(() => tally.open.delete(call));
  tally.open.add(call);
  return call;
}

interface Target {
  index: number;
  municipality: string;
}

async function oneCall({ sandbox, world, tally, random }: SoakTools, { index, municipality }: Target): Promise<void> {
  const deployed = world.plugins[index]!;
  const key = world.keyOf(municipality, deployed, random(1_000));
  const { age, settled } = world.rightsOf(municipality, deployed.plugin);
  const owner = [municipality, key.digest, key.user].join(' ');
  tally.started += 1;
  const token = [owner, age, tally.started].join(' ');
  try {
    const text = await sandbox.run({
      key,
      source: async () => deployed.source,
      kind: 'call',
      name: 'run',
      argument: JSON.stringify({ token }),
      context: '{"user":{"role":"teacher"}}',
      hostCall: async (_, argument) => {
        const asked = JSON.parse(argument) as { token?: string };
        if (!deployed.hostile && asked.token !== token) tally.crossTalk.push(`${token} was asked as ${asked.token}`);
        return JSON.stringify({ token });
      },
    });
    tally.answered += 1;
    if (!deployed.hostile) check(tally, JSON.parse(text) as Answer, { token, owner, self: key.digest, settled });
  } catch (error) {
    const by = deployed.hostile ? tally.refused.hostile : tally.refused.honest;
    const code = (error as { code?: string }).code ?? String(error);
    by[code] = (by[code] ?? 0) + 1;
  }
}

interface Expected {
  token: string;
  owner: string;
  self: string;
  /** Age of rights before which nothing may be remembered. */
  settled: number;
}

function check(tally: SoakTally, answer: Answer, { token, owner, self, settled }: Expected): void {
  const say = (what: string) => tally.crossTalk.push(`${token}: ${what}`);
  if (answer.token !== token || answer.asked !== token) say(`answered with ${answer.token}, asked as ${answer.asked}`);
  if (answer.self !== self) say(`answered by ${answer.self}`);
  if (answer.before === null) return;
  if (!answer.before.startsWith(`${owner} `)) say(`remembered ${answer.before}`);
  else if (Number(answer.before.split(' ').at(-2)) < settled) say(`remembered ${answer.before} of before a withdrawal`);
}
