import type { Tx } from '../../db/index.ts';
import type { Id, Language } from '../../kernel/index.ts';
import type { RoleName } from '../../identity/index.ts';
import type { ExportManifest } from './manifest.ts';

export interface ExportRow {
  id: Id;
  person: Id;
  askedBy: Id;
  askedRole: RoleName;
  onBehalf: string | null;
  language: Language;
  askedAt: Date;
  state: 'waiting' | 'ready' | 'stopped' | 'expired';
  code: string | null;
  sourceAt: number;
  keyAfter: string | null;
  page: number;
  failures: number;
  readyAt: Date | null;
  expiresAt: Date | null;
  manifest: ExportManifest | null;
}

const columns = `id, person_id as person, asked_by as "askedBy", asked_role as "askedRole", on_behalf as "onBehalf", language,
  asked_at as "askedAt", state, code, source_at as "sourceAt", key_after as "keyAfter", page, failures, ready_at as "readyAt",
  expires_at as "expiresAt", manifest`;

export async function insertExport(
  tx: Tx,
  municipality: Id,
  row: Pick<ExportRow, 'id' | 'person' | 'askedBy' | 'askedRole' | 'onBehalf' | 'language' | 'askedAt'>,
): Promise<void> {
  const { id, person, askedBy, askedRole, onBehalf, language, askedAt } = row;
  await tx.query({
    name: 'subject-export-ask',
    text: `insert into subject_export (municipality_id, id, person_id, asked_by, asked_role, on_behalf, language, asked_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [municipality, id, person, askedBy, askedRole, onBehalf, language, askedAt],
  });
}

export function exportsOf(
  tx: Tx,
  municipality: Id,
  { person, askedBy }: { person: Id; askedBy: Id },
): Promise<ExportRow[]> {
  return tx.query({
    name: 'subject-exports-own',
    text: `select ${columns} from subject_export where municipality_id = $1 and person_id = $2 and asked_by = $3
      order by asked_at desc, id desc limit 20`,
    values: [municipality, person, askedBy],
  });
}

export async function findExport(tx: Tx, municipality: Id, id: Id): Promise<ExportRow | undefined> {
  const [row] = await tx.query<ExportRow>({
    name: 'subject-export-one',
    text: `select ${columns} from subject_export where municipality_id = $1 and id = $2`,
    values: [municipality, id],
  });
  return row;
}

/** Takes one that waits, for the length of a lease: who does not report back by then has lost it. */
export async function claimExport(
  tx: Tx,
  municipality: Id,
  { now, leaseEnds }: { now: Date; leaseEnds: Date },
): Promise<Id | undefined> {
  const [row] = await tx.query<{ id: Id }>({
    name: 'subject-export-claim',
    text: `update subject_export e set lease_until = $3 where e.municipality_id = $1 and e.id = (
        select id from subject_export where municipality_id = $1 and state = 'waiting' and (lease_until is null or lease_until <= $2)
        order by asked_at, id limit 1 for update skip locked) returning e.id`,
    values: [municipality, now, leaseEnds],
  });
  return row?.id;
}

/** The export as it stands, held until the transaction ends; undefined once it no longer waits. */
export async function lockWaiting(tx: Tx, municipality: Id, id: Id): Promise<ExportRow | undefined> {
  const [row] = await tx.query<ExportRow>({
    name: 'subject-export-lock',
    text: `select ${columns} from subject_export where municipality_id = $1 and id = $2 and state = 'waiting' for update`,
    values: [municipality, id],
  });
  return row;
}

export async function moveOn(
  tx: Tx,
  at: { municipality: Id; id: Id },
  to: { sourceAt: number; keyAfter: string | null; page: number; leaseEnds: Date },
): Promise<void> {
  await tx.query({
    name: 'subject-export-move',
    text: `update subject_export set source_at = $3, key_after = $4, page = $5, lease_until = $6, failures = 0
      where municipality_id = $1 and id = $2`,
    values: [at.municipality, at.id, to.sourceAt, to.keyAfter, to.page, to.leaseEnds],
  });
}

export async function noteFailure(tx: Tx, at: { municipality: Id; id: Id }, retryAt: Date): Promise<number> {
  const [row] = await tx.query<{ failures: number }>({
    name: 'subject-export-failed',
    text: `update subject_export set failures = failures + 1, lease_until = $3 where municipality_id = $1 and id = $2 and state = 'waiting'
      returning failures`,
    values: [at.municipality, at.id, retryAt],
  });
  return row?.failures ?? 0;
}

export async function finishExport(
  tx: Tx,
  at: { municipality: Id; id: Id },
  done: { manifest: ExportManifest; readyAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.query({
    name: 'subject-export-finish',
    text: `update subject_export set state = 'ready', manifest = $3, ready_at = $4, expires_at = $5, lease_until = null
      where municipality_id = $1 and id = $2`,
    values: [at.municipality, at.id, done.manifest, done.readyAt, done.expiresAt],
  });
}

/** Ends it for good; nothing that was collected stays. */
export async function endExport(
  tx: Pick<Tx, 'query'>,
  at: { municipality: Id; id: Id },
  end: { state: 'stopped' | 'expired'; code?: string },
): Promise<void> {
  await tx.query({
    name: 'subject-export-end',
    text: `update subject_export set state = $3, code = $4, lease_until = null where municipality_id = $1 and id = $2`,
    values: [at.municipality, at.id, end.state, end.code],
  });
  await tx.query({
    name: 'subject-export-empty',
    text: 'delete from subject_export_page where municipality_id = $1 and export_id = $2',
    values: [at.municipality, at.id],
  });
}

export async function expired(tx: Tx, municipality: Id, now: Date): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>({
    name: 'subject-export-expired',
    text: `select id from subject_export where municipality_id = $1 and state = 'ready' and expires_at <= $2 order by expires_at limit 20
      for update skip locked`,
    values: [municipality, now],
  });
  return rows.map(({ id }) => id);
}

/** Exports of the person by the asker that are under way or were asked lately. */
export async function waitingOf(
  tx: Tx,
  municipality: Id,
  { person, askedBy }: { person: Id; askedBy: Id },
): Promise<number> {
  const [row] = await tx.query<{ n: number }>({
    name: 'subject-export-waiting',
    text: `select count(*)::int as n from subject_export where municipality_id = $1 and person_id = $2 and asked_by = $3 and state = 'waiting'`,
    values: [municipality, person, askedBy],
  });
  return row?.n ?? 0;
}
