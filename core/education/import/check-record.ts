import { columnsOf, unkeptColumns, type LoadedFile } from './bundle-files.ts';
import { checkOf, squeeze, type Check, type Complain, type HashIdentifier } from './check-value.ts';
import type { ProblemList } from './problems.ts';
import type { CsvRecord } from './split-records.ts';

/** Staged values in the order of {@link stagedColumns}: line, sourcedId, status, bad, then the file's own columns. */
export type StagedRow = (string | null)[];

interface BoundColumn {
  name: string;
  /** Position in the record; -1 when the file has no such column. */
  position: number;
  required: boolean;
  check: Check;
}

export interface RecordCheckOptions {
  file: LoadedFile;
  header: readonly string[];
  hashIdentifier: HashIdentifier;
  problems: ProblemList;
}

const statusCheck = checkOf({ kind: 'enum', values: ['active', 'tobedeleted'] }, String);
const idCheck = checkOf({ kind: 'id' }, String);

/** Binds a file's header once; returns what checks each record, or undefined when the file lacks a column it can't do without. */
export function bindHeader(options: RecordCheckOptions): ((record: CsvRecord) => StagedRow | undefined) | undefined {
  const { file, header, hashIdentifier, problems } = options;
  const positions = headerPositions(options);
  const idPosition = positions.get('sourcedid') ?? -1;
  const statusPosition = positions.get('status') ?? -1;
  const columns: BoundColumn[] = Object.entries(columnsOf(file)).map(([name, { check }]) => ({
    name,
    position: positions.get(squeeze(name)) ?? -1,
    required: check.required === true,
    check: checkOf(check, hashIdentifier),
  }));
  const missing = columns.filter(({ required, position }) => required && position < 0).map(({ name }) => name);
  if (idPosition < 0) missing.unshift('sourcedId');
  for (const column of missing) {
    problems.add({
      file: `${file}.csv`,
      line: 1,
      column,
      value: '',
      reason: 'missing-column',
      action: 'file-left-out',
    });
  }
  if (missing.length > 0) return undefined;
  const at = complaintsAbout(options);
  const complainOfRow = asRowProblem(at.complain);
  const bound = { columns, idPosition, statusPosition, width: header.length, at, complainOfRow };
  return (record) => checkRecord(bound, record);
}

/** Unknown columns are reported once; a known one in odd spelling is understood. */
function headerPositions({ file, header, problems }: RecordCheckOptions): Map<string, number> {
  const known = new Map(
    ['sourcedId', 'status', 'dateLastModified', ...Object.keys(columnsOf(file))].map((name) => [squeeze(name), name]),
  );
  const unkept = new Set((unkeptColumns[file] ?? []).map(squeeze));
  const positions = new Map<string, number>();
  header.forEach((raw, position) => {
    const key = squeeze(raw.trim());
    const at = { file: `${file}.csv`, line: 1, column: raw.slice(0, 64), value: raw };
    if (unkept.has(key)) return;
    if (!known.has(key)) problems.add({ ...at, reason: 'unknown-column', action: 'value-left-out' });
    else if (positions.has(key)) problems.add({ ...at, reason: 'duplicate-id', action: 'value-left-out' });
    else {
      if (known.get(key) !== raw.trim()) problems.add({ ...at, reason: 'odd-spelling', action: 'corrected' });
      positions.set(key, position);
    }
  });
  return positions;
}

interface BoundFile {
  columns: readonly BoundColumn[];
  idPosition: number;
  statusPosition: number;
  width: number;
  at: Complaint;
  complainOfRow: Complain;
}

/** One of them for a whole file: checks of sound values allocate nothing. */
interface Complaint {
  line: number;
  column: string;
  value: string;
  complain: Complain;
}

function complaintsAbout({ file, problems }: Pick<RecordCheckOptions, 'file' | 'problems'>): Complaint {
  const at: Complaint = {
    line: 0,
    column: '',
    value: '',
    complain(reason, action) {
      problems.add({ file: `${file}.csv`, line: at.line, column: at.column, value: at.value, reason, action });
    },
  };
  return at;
}

function checkRecord(bound: BoundFile, { line, fields }: CsvRecord): StagedRow | undefined {
  if (fields.length <= 1 && (fields[0] ?? '').trim() === '') return undefined;
  const { at } = bound;
  at.line = line;
  at.column = 'sourcedId';
  at.value = (fields[bound.idPosition] ?? '').trim();
  const sourcedId = at.value === '' ? null : idCheck(at.value, () => undefined);
  if (sourcedId === null) {
    at.complain(at.value === '' ? 'missing-value' : 'bad-id', 'row-left-out');
    return undefined;
  }
  at.column = 'status';
  at.value = (fields[bound.statusPosition] ?? '').trim();
  const status = at.value === '' ? null : statusCheck(at.value, at.complain);
  const row: StagedRow = [String(line), sourcedId, status, 'f'];
  if (fields.length !== bound.width) {
    at.column = '';
    at.value = String(fields.length);
    at.complain('wrong-column-count', 'row-left-out');
    return badRow(row, bound);
  }
  return checkColumns(bound, row, fields) ? row : badRow(row, bound);
}

/** False when a required value is missing or unusable. A row that only says "delete me" needs nothing else. */
function checkColumns({ columns, at, complainOfRow }: BoundFile, row: StagedRow, fields: readonly string[]): boolean {
  let sound = true;
  const leaving = row[2] === 'tobedeleted';
  for (const { name, position, required, check } of columns) {
    const raw = position < 0 ? '' : fields[position]!.trim();
    const needed = required && !leaving;
    at.column = name;
    at.value = raw;
    const value = raw === '' ? null : check(raw, needed ? complainOfRow : at.complain);
    if (needed && value === null) sound = false;
    if (needed && raw === '') at.complain('missing-value', 'row-left-out');
    row.push(value);
  }
  return sound;
}

/** Without a value that it must have, the row goes, not the value. */
function asRowProblem(complain: Complain): Complain {
  return (reason, action) => complain(reason, action === 'value-left-out' ? 'row-left-out' : action);
}

/** Only its id is kept: the row changes nothing, and what it speaks of is not taken for removed. */
function badRow(row: StagedRow, { columns }: BoundFile): StagedRow {
  return [row[0]!, row[1]!, row[2]!, 't', ...columns.map(() => null)];
}
