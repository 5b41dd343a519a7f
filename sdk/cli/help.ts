import type { Command } from './command.ts';

/** What `digione --help` says. */
export function generalHelp(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`);
  return `digione: write plugins for DigiOne

Usage: digione <command> [options]

Commands
${lines.join('\n')}

"digione <command> --help" tells more about one.
It ends with 0 when all went well, 1 when something must be mended, 2 when it was called wrongly, 3 when the registry can't be reached.`;
}

/** What `digione <command> --help` says. */
export function commandHelp(name: string, { help, options }: Command): string {
  const lines = Object.entries(options).map(
    ([option, { value, help: words }]) => `  ${`--${option}${value ? ` ${value}` : ''}`.padEnd(22)} ${words}`,
  );
  return `digione ${name}

${help}${lines.length > 0 ? `\n\nOptions\n${lines.join('\n')}` : ''}`;
}
