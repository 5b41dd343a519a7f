import type { Import, MergePlan } from './merge-plan.ts';
import { stageTable } from './stage-file.ts';

/** An export names a row that no roster brought by its own id; coming back, it is the same row. */
export async function adoptOwnIds({ tx, municipality }: Import, { file, table }: MergePlan): Promise<void> {
  await tx.query({
    text: `update ${table} t set source_id = s.sourced_id from ${stageTable(file)} s
      where t.municipality_id = $1 and t.source_id is null and s.sourced_id = t.id::text and not s.bad
        and not exists (select from ${table} o where o.municipality_id = $1 and o.source_id = s.sourced_id)`,
    values: [municipality],
  });
}
