import { homedir } from 'node:os';
import { join } from 'node:path';
import { createTerminal, type Terminal } from './terminal.ts';

/** What a command knows of the world; tests give their own. The only file of the CLI that reads the environment. */
export interface Surroundings {
  /** Folder in which the command was called. */
  readonly folder: string;
  readonly terminal: Terminal;
  /** Folder of this user's keys and tokens. */
  readonly configFolder: string;
  readonly registry: string | undefined;
  readonly token: string | undefined;
  readonly now: () => Date;
  /** Resolves when the person wants a lasting command to end. */
  readonly stopped: () => Promise<void>;
}

/** Reads the surroundings of this process. */
export function readSurroundings(): Surroundings {
  const { XDG_CONFIG_HOME, DIGIONE_REGISTRY, DIGIONE_TOKEN } = process.env;
  return Object.freeze({
    folder: process.cwd(),
    terminal: createTerminal(process.stdout, process.stderr),
    configFolder: join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'digione'),
    registry: DIGIONE_REGISTRY || undefined,
    token: DIGIONE_TOKEN || undefined,
    now: () => new Date(),
    stopped: interrupted,
  });
}

/** Listens to signals only once it is called: commands that don't last end by them as any program does. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
