/** How a command ends, for scripts. */
export const exitCodes = Object.freeze({
  /** All went well. */
  ok: 0,
  /** The plugin must be mended, or the registry refused it. */
  refused: 1,
  /** The command was called in a way that it does not understand. */
  usage: 2,
  /** The registry could not be reached. */
  unreachable: 3,
  /** A fault of this program. */
  internal: 70,
});

/** An end that a person can do something about: what is wrong, and what to do. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: number;
  /** Further lines, such as one for each problem. */
  readonly lines: readonly string[];

  constructor(exitCode: number, message: string, lines: readonly string[] = []) {
    super(message);
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

/** Ends the command: the plugin, its files or the registry's answer. */
export function fail(message: string, lines: readonly string[] = []): never {
  throw new CliFailure(exitCodes.refused, message, lines);
}

/** Ends the command: it was called wrongly. */
export function misuse(message: string): never {
  throw new CliFailure(exitCodes.usage, message);
}
