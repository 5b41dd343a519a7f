import type { Tx } from '@digione/core/db';
import type { CheckResult } from '../checks/index.ts';

export interface CheckReport {
  at: Date;
  results: CheckResult[];
}

export async function insertReport(
  tx: Tx,
  { plugin, version }: { plugin: string; version: string },
  { at, results }: CheckReport,
): Promise<void> {
  await tx.query({
    name: 'report-insert',
    text: `insert into check_report (plugin, version, at, results) values ($1, $2, $3, $4)
           on conflict (plugin, version, at) do update set results = excluded.results`,
    values: [plugin, version, at, JSON.stringify(results)],
  });
}

export async function newestReport(tx: Tx, plugin: string, version: string): Promise<CheckReport | undefined> {
  const [report] = await tx.query<CheckReport>({
    name: 'report-newest',
    text: 'select at, results from check_report where plugin = $1 and version = $2 order by at desc limit 1',
    values: [plugin, version],
  });
  return report;
}
