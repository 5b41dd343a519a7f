import { parseArgs } from 'node:util';
import { Refusal } from '@digione/core/kernel/refusal';
import { type Command, type OptionValues, parsable } from './command.ts';
import { allCommands, commands } from './commands/index.ts';
import { CliFailure, exitCodes, misuse } from './failure.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one call of the CLI; gives the exit code, never throws. */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    await dispatch(args, surroundings);
    return exitCodes.ok;
  } catch (error) {
    return explain(error, surroundings);
  }
}

async function dispatch([name, ...rest]: readonly string[], surroundings: Surroundings): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return surroundings.terminal.say(generalHelp(await allCommands()));
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  if (!command) return misuse(`There is no command "${name}". "digione --help" lists them.`);
  if (rest.includes('--help') || rest.includes('-h')) return surroundings.terminal.say(commandHelp(name, command));
  const { values, words } = parse(name, command, rest);
  await command.run({ values, words, surroundings });
}

function parse(name: string, { options }: Command, args: string[]): { values: OptionValues; words: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options: parsable(options), allowPositionals: true });
    return { values: values as OptionValues, words: positionals };
  } catch (error) {
    return misuse(`${(error as Error).message} "digione ${name} --help" lists its options.`);
  }
}

function explain(error: unknown, { terminal }: Surroundings): number {
  if (error instanceof CliFailure) {
    terminal.warn(error.message);
    for (const line of error.lines) terminal.note(line);
    return error.exitCode;
  }
  if (error instanceof Refusal) {
    terminal.warn(error.message);
    return exitCodes.refused;
  }
  terminal.warn(`digione met a fault of its own: ${error instanceof Error ? error.stack : String(error)}`);
  return exitCodes.internal;
}
