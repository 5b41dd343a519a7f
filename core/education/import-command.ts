import { parseArgs } from 'node:util';
import type { Database } from '../db/index.ts';
import { Refusal, type Clock, type Language } from '../kernel/index.ts';
import { describeImport } from './import/describe-import.ts';
import { importBundle, type ImportReport } from './import/import-bundle.ts';
import type { ImportProgress } from './import/import-progress.ts';
import { recordImport } from './import/import-runs-store.ts';
import type { HashIdentifier } from './import/check-value.ts';
import { findMunicipality } from './orgs-store.ts';

export interface ImportCommand {
  /** Arguments after the command's name. */
  args: string[];
  database: Database;
  clock: Clock;
  hashIdentifier: HashIdentifier;
  language: Language;
  output: NodeJS.WritableStream & { isTTY?: boolean };
}

export const importUsage = `import <bundle.zip> --municipality <code>
  --dry-run            tell what would change, change nothing
  --confirm-removals   load although much would be removed
  --confirm-access     give new guardians and principals their access at once
  --removal-limit <n>  largest share of anything that may go unconfirmed (0.1)`;

/** `import` on the command line: 0 loaded or told, 1 stopped or refused, 2 wrong arguments. */
export async function runImportCommand(command: ImportCommand): Promise<0 | 1 | 2> {
  const { database, clock, output } = command;
  const wanted = readArguments(command.args);
  if (!wanted) {
    output.write(`${importUsage}\n`);
    return 2;
  }
  const place = await database.global((tx) => findMunicipality(tx, wanted.code));
  if (!place) {
    output.write(`There is no municipality with the code ${wanted.code}.\n`);
    return 2;
  }
  const startedAt = clock.now();
  try {
    const options = { ...wanted.options, municipality: place.id, progress: progressBar(output) };
    const report = await importBundle({ database, clock, hashIdentifier: command.hashIdentifier, ...options });
    await recordImport(database, { municipality: place.id, report, startedAt, endedAt: clock.now() });
    tell(command, report);
    return report.outcome === 'stopped' ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    output.write(`\n${error.message}\n`);
    return 1;
  }
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        municipality: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        'confirm-removals': { type: 'boolean', default: false },
        'confirm-access': { type: 'boolean', default: false },
        'removal-limit': { type: 'string', default: '0.1' },
      },
    });
    const removalLimit = Number(values['removal-limit']);
    const [path] = positionals;
    if (!path || !values.municipality || !(removalLimit >= 0 && removalLimit <= 1)) return undefined;
    const confirm = { removals: values['confirm-removals'], access: values['confirm-access'] };
    return { code: values.municipality, options: { path, dryRun: values['dry-run'], confirm, removalLimit } };
  } catch (error) {
    // parseArgs throws a TypeError for an option that it does not know.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

const barWidth = 24;

/** One line that is written over on a terminal; a line for each step elsewhere. */
function progressBar(output: ImportCommand['output']): (step: ImportProgress) => void {
  let last = '';
  return ({ file, phase, rows, share }) => {
    const step = `${phase} ${file}`;
    if (output.isTTY) {
      const full = Math.round(share * barWidth);
      const bar = `[${'='.repeat(full)}${' '.repeat(barWidth - full)}] ${String(Math.floor(share * 100)).padStart(3)} %`;
      output.write(`\r\u001B[K${bar} ${step}, ${rows} rows`);
    } else if (step !== last) output.write(`${step}\n`);
    last = step;
  };
}

const shownProblems = 50;

function tell({ output, language }: ImportCommand, report: ImportReport): void {
  output.write(output.isTTY ? '\r\u001B[K' : '');
  for (const line of describeImport(report, language)) output.write(`${line}\n`);
  for (const { file, line, column, value, reason, action } of report.problems.slice(0, shownProblems))
    output.write(`${file}:${line} ${column} ${JSON.stringify(value)}: ${reason}, ${action}\n`);
  if (report.problemCount > shownProblems) output.write(`… ${report.problemCount - shownProblems} more\n`);
}
