import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../../core/db/index.ts';
import { municipality } from '../access/plant-world.ts';

export interface KillRun {
  /** Answers that arrived whole, and those of them that the log does not have. */
  answered: number;
  unlogged: string[];
  /** Reads that were logged though nobody got the answer: allowed, the other way round is not. */
  unanswered: number;
}

const readers = 4;
const target = fileURLToPath(new URL('./kill-target.ts', import.meta.url));

/** Starts a core, reads from it without a pause, and kills it so many milliseconds after its first answer. */
export async function killRun(
  database: Database,
  { url, name, afterMs }: { url: string; name: string; afterMs: number },
): Promise<KillRun> {
  const child = fork(target, [url], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: 'inherit' });
  const [port] = (await once(child, 'message')) as [number];
  const ended = once(child, 'exit');
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  const answered: string[] = [];
  const warm = Promise.withResolvers<void>();
  const reading = Array.from({ length: readers }, async (_, reader) => {
    for (let read = 0; child.exitCode === null && child.signalCode === null; read += 1) {
      const id = `${name}-${reader}-${read}`;
      if (!(await isAnswered(`http://127.0.0.1:${port}/${id}`, agent))) return;
      answered.push(id);
      warm.resolve();
    }
  });
  await Promise.race([warm.promise, ended]);
  await setTimeout(afterMs);
  child.kill('SIGKILL');
  await Promise.all([ended, ...reading]);
  agent.destroy();
  const logged = await loggedReads(database, name);
  const unlogged = answered.filter((id) => !logged.has(id));
  return { answered: answered.length, unlogged, unanswered: logged.size - (answered.length - unlogged.length) };
}

/** Whether the whole answer arrived, with learners in it. */
function isAnswered(url: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => (text += part));
      answer.once('end', () => resolve(isWhole(text)));
      answer.once('error', () => resolve(false));
    });
    request.once('error', () => resolve(false));
  });
}

function isWhole(text: string): boolean {
  return text.startsWith('[{"id":') && text.includes('"givenName"') && text.endsWith('}]');
}

async function loggedReads(database: Database, name: string): Promise<Set<string>> {
  const rows = await database.inTenant(municipality, (tx) =>
    tx.query<{ version: string }>({
      text: `select version from audit_event where municipality_id = $1 and action = 'students.read' and version like $2`,
      values: [municipality, `${name}-%`],
    }),
  );
  return new Set(rows.map(({ version }) => version));
}
