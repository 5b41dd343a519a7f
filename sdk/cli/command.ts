import type { ParseArgsConfig } from 'node:util';
import type { Surroundings } from './surroundings.ts';

/** The values of a command's options. All our options are texts or switches. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** What a command was called with. */
export interface Call {
  readonly values: OptionValues;
  readonly words: readonly string[];
  readonly surroundings: Surroundings;
}

/** One option, with the words that `--help` shows. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly value?: string;
  readonly help: string;
}

/** One command of the CLI. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** A few plain sentences for `digione <command> --help`. */
  readonly help: string;
  readonly options: Readonly<Record<string, Option>>;
  run(call: Call): Promise<void>;
}

/** The options as `util.parseArgs` takes them. */
export function parsable(options: Command['options']): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]));
}

/** The text of an option, if it was given. */
export function textOf(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
