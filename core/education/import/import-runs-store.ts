import type { Database, Tx } from '../../db/index.ts';
import { newId, type Id } from '../../kernel/index.ts';
import type { ImportReport } from './import-bundle.ts';
import type { Problem } from './problems.ts';

export interface ImportRun {
  id: Id;
  outcome: ImportReport['outcome'];
  startedAt: Date;
  endedAt: Date;
  by: Id | null;
  counts: ImportReport['counts'];
  problems: number;
}

export interface FinishedImport {
  municipality: Id;
  report: ImportReport;
  startedAt: Date;
  endedAt: Date;
  /** Who asked for it; nobody when it was a schedule. */
  by?: Id;
}

/** Keeps what an import told, so that the municipality can look at it later. */
export async function recordImport(database: Database, { municipality, report, ...run }: FinishedImport): Promise<Id> {
  const id = newId();
  await database.inTenant(municipality, async (tx) => {
    await tx.query({
      text: `insert into import_run (municipality_id, id, outcome, started_at, ended_at, by_person_id, summary, problems)
        values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        ...[municipality, id, report.outcome, run.startedAt, run.endedAt, run.by ?? null],
        ...[JSON.stringify(report.counts), report.problemCount],
      ],
    });
    await saveProblems(tx, { municipality, run: id, problems: report.problems });
  });
  return id;
}

interface RunProblems {
  municipality: Id;
  run: Id;
  problems: readonly Problem[];
}

async function saveProblems(tx: Tx, { municipality, run, problems }: RunProblems): Promise<void> {
  if (problems.length === 0) return;
  const column = (name: keyof Problem): unknown[] => problems.map((problem) => problem[name]);
  await tx.query({
    text: `insert into import_problem (municipality_id, run_id, serial, file, line, "column", value, reason, action)
      select $1, $2, n, file, line, col, value, reason, action
      from unnest($3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[])
        with ordinality as p(file, line, col, value, reason, action, n)`,
    values: [
      ...[municipality, run, column('file'), column('line'), column('column')],
      ...[column('value'), column('reason'), column('action')],
    ],
  });
}

/** The latest imports first. */
export function listImports(tx: Tx, municipality: Id, limit = 50): Promise<ImportRun[]> {
  return tx.query({
    name: 'import-runs',
    text: `select id, outcome, started_at as "startedAt", ended_at as "endedAt", by_person_id as by, summary as counts, problems
      from import_run where municipality_id = $1 order by started_at desc, id desc limit $2`,
    values: [municipality, Math.min(limit, 200)],
  });
}

/** A page of an import's problems, in the order in which they were met. */
export function importProblems(
  tx: Tx,
  municipality: Id,
  page: { run: Id; after?: number; limit?: number },
): Promise<(Problem & { serial: number })[]> {
  return tx.query({
    name: 'import-problems',
    text: `select serial, file, line, "column", value, reason, action from import_problem
      where municipality_id = $1 and run_id = $2 and serial > $3 order by serial limit $4`,
    values: [municipality, page.run, page.after ?? 0, Math.min(page.limit ?? 100, 500)],
  });
}
