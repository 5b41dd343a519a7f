import { createAccess } from '../../../core/access/index.ts';
import { createConsent } from '../../../core/consent/index.ts';
import { connectDatabase, type Database } from '../../../core/db/index.ts';
import { fixedClock } from '../../../core/kernel/index.ts';
import { quietLog, type TestDatabase } from '../../support/database.ts';
import { addMunicipality, municipality, plantWorld } from './plant-world.ts';
import { actorOf, grant, people, plugin, smallWorld } from './small-world.ts';

const readersPerRound = 8;
const clock = fixedClock('2026-11-24T10:00:00Z');
const about = { child: people.aino, plugin, purpose: 'notes' };
const mother = actorOf('mother', 'guardian');
const teacher = actorOf('teacher', 'teacher');

/** How a run of readers against withdrawals on two nodes went. */
export interface Interleaved {
  interleavings: number;
  /** Readers that saw the withdrawn though they started after the withdrawal was answered. */
  stale: number;
  /** Readers that came before and saw it: without them nothing was tested. */
  sawBefore: number;
  startedAfter: number;
}

/** Rounds of eight readers against one withdrawal on two nodes, each with a pool of its own, at random moments. */
export async function playWithdrawals(
  platform: TestDatabase,
  { rounds, seed, onRound }: { rounds: number; seed: number; onRound?: (round: number) => void },
): Promise<Interleaved> {
  await using second = await connectDatabase({
    url: platform.provisioned.coreUrl,
    schema: 'core',
    poolSize: 6,
    log: quietLog,
  });
  await addMunicipality(platform.database);
  await platform.database.inTenant(municipality, (tx) => plantWorld(tx, municipality, smallWorld()));
  const nodes = [nodeOn(platform.database), nodeOn(second)];
  const random = randomNumbers(seed);
  const seen: Interleaved = { interleavings: 0, stale: 0, sawBefore: 0, startedAfter: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await nodes[0]!.give();
    for (const { startedAfter, saw } of await playRound(nodes, random)) {
      seen.interleavings += 1;
      if (startedAfter) seen.startedAfter += 1;
      if (startedAfter && saw) seen.stale += 1;
      if (!startedAfter && saw) seen.sawBefore += 1;
    }
    onRound?.(round + 1);
  }
  return seen;
}

type Node = ReturnType<typeof nodeOn>;

function nodeOn(database: Database) {
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 1) });
  const consent = createConsent({
    database,
    clock,
    recordAct: async () => undefined,
    onConsentChanged: async () => undefined,
  });
  const asked = {
    grant,
    actor: teacher,
    purpose: 'notes',
    elements: ['storage.notes'],
    action: 'storage.read' as const,
  };
  return {
    async give() {
      const [view] = await consent.forChild(mother, people.aino, 'en');
      await consent.decide(mother, { ...about, decision: 'give', notice: view!.notice.hash });
    },
    withdraw: () => consent.decide(mother, { ...about, decision: 'withdraw' }),
    async sees() {
      const found = await database.inTenant(municipality, (tx) =>
        access.visibleSubjects(tx, { ...asked, subjects: [people.aino] }),
      );
      return found.has(people.aino);
    },
  };
}

async function playRound(nodes: Node[], random: () => number): Promise<{ startedAfter: boolean; saw: boolean }[]> {
  let isAnswered = false;
  const withdrawal = (async () => {
    await turns(random() * 60);
    await nodes[random() < 0.5 ? 0 : 1]!.withdraw();
    isAnswered = true;
  })();
  const readers = Array.from({ length: readersPerRound }, async () => {
    await turns(random() * 400);
    const startedAfter = isAnswered;
    return { startedAfter, saw: await nodes[random() < 0.5 ? 0 : 1]!.sees() };
  });
  const seen = await Promise.all(readers);
  await withdrawal;
  seen.push({ startedAfter: true, saw: await nodes[0]!.sees() }, { startedAfter: true, saw: await nodes[1]!.sees() });
  return seen;
}

/** Lets the event loop turn, so that the interleaving varies without a clock. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** mulberry32: the same interleavings are tried again with the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
