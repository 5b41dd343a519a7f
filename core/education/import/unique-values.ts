import type { LoadedFile } from './bundle-files.ts';
import type { Import } from './merge-plan.ts';
import { stageTable } from './stage-file.ts';

interface UniqueValue {
  file: LoadedFile;
  /** Column of the staging table, and its name in the file. */
  staged: string;
  column: string;
  table: string;
  target: string;
}

/**
 * A value that must be one row's own is never moved from row to row by an import: the first row in the file has it, and
 * a row of the database that holds it keeps it. The others go on without.
 */
export async function keepUniqueValues({ tx, municipality, problems }: Import, unique: UniqueValue): Promise<void> {
  const { file, staged, column, table, target } = unique;
  const stage = stageTable(file);
  const repeated = await tx.query<{ line: number; value: string }>({
    text: `update ${stage} s set "${staged}" = null
      from (select "${staged}" as value, min(line) as first from ${stage} where not bad group by 1 having count(*) > 1) d
      where s."${staged}" = d.value and s.line > d.first and not s.bad returning s.line, d.value`,
  });
  const foreign = await tx.query<{ line: number; value: string }>({
    text: `update ${stage} s set "${staged}" = own."${target}"
      from ${stage} f
      join ${table} o on o.municipality_id = $1 and o."${target}" = f."${staged}" and o.source_id is distinct from f.sourced_id
        and o.id::text <> f.sourced_id
      left join ${table} own on own.municipality_id = $1 and own.source_id = f.sourced_id
      where s.line = f.line and not s.bad returning s.line, o."${target}" as value`,
    values: [municipality],
  });
  const at = { file: `${file}.csv`, column };
  for (const row of repeated) problems.add({ ...at, ...row, reason: 'duplicate-identifier', action: 'value-left-out' });
  for (const row of foreign) problems.add({ ...at, ...row, reason: 'foreign-identifier', action: 'kept-old-value' });
}
