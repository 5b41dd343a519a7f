import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ExecutionContext } from 'ava';
import { runCli } from '../../../sdk/cli/run-cli.ts';
import type { Surroundings } from '../../../sdk/cli/surroundings.ts';

/** What a call of the CLI said and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly said: string;
  readonly noted: string;
}

/** An author at work: a copy of the smallest example, own settings, and the CLI. */
export interface Author {
  readonly folder: string;
  readonly configFolder: string;
  run(args: readonly string[], more?: Partial<Surroundings>): Promise<Outcome>;
}

/** A folder of its own for one test, far from the repository as an author's is, with its packages; removed when the test ends. */
export async function anAuthor(t: ExecutionContext, example = 'hello-class'): Promise<Author> {
  const home = await mkdtemp(join(tmpdir(), 'digione-author-'));
  t.teardown(() => rm(home, { recursive: true }));
  const folder = join(home, 'plugin');
  await cp(join('examples', example), folder, { recursive: true, filter: (path) => !path.endsWith('/dist') });
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const settings = {
    folder,
    configFolder: join(home, 'settings'),
    registry: undefined,
    token: undefined,
    now: () => new Date('2026-11-24T08:00:00Z'),
    stopped: async () => undefined,
  };
  return { ...settings, run: (args, more) => runHere(args, { ...settings, ...more }) };
}

async function runHere(args: readonly string[], where: Omit<Surroundings, 'terminal'>): Promise<Outcome> {
  const said: string[] = [];
  const noted: string[] = [];
  const terminal = {
    say: (line: string) => said.push(line),
    note: (line: string) => noted.push(line),
    warn: (line: string) => noted.push(line),
    progress: () => undefined,
  };
  const code = await runCli(args, { ...where, terminal: terminal as Surroundings['terminal'] });
  return { code, said: said.join('\n'), noted: noted.join('\n') };
}
