import type { Tx } from '@digione/core/db';
import type { SignedFile, Target } from './metadata.ts';
import type { RoleName } from './roles.ts';

type FileRow = SignedFile;
const columns = 'role, version, bytes, expires_at as "expiresAt"';

/** Signers queue here until the end of the transaction. */
export async function lockTrust(tx: Tx): Promise<void> {
  await tx.query({ text: `select pg_advisory_xact_lock(hashtext('digione registry trust'))` });
}

export async function newestFile(tx: Tx, role: RoleName): Promise<SignedFile | undefined> {
  const [file] = await tx.query<FileRow>({
    name: 'trust-newest',
    text: `select ${columns} from trust_metadata where role = $1 order by version desc limit 1`,
    values: [role],
  });
  return file;
}

export async function fileOfVersion(tx: Tx, role: RoleName, version: number): Promise<SignedFile | undefined> {
  const [file] = await tx.query<FileRow>({
    name: 'trust-version',
    text: `select ${columns} from trust_metadata where role = $1 and version = $2`,
    values: [role, version],
  });
  return file;
}

export async function insertFile(tx: Tx, file: SignedFile, at: Date): Promise<void> {
  await tx.query({
    name: 'trust-insert',
    text: 'insert into trust_metadata (role, version, bytes, expires_at, created_at) values ($1, $2, $3, $4, $5)',
    values: [file.role, file.version, file.bytes, file.expiresAt, at],
  });
}

/** Roots stay for ever. Of the others a client in the middle of its walk needs those that just were the newest. */
export async function forgetOldFiles(tx: Tx, before: Date): Promise<void> {
  await tx.query({
    name: 'trust-forget',
    text: `delete from trust_metadata old where role <> 'root' and created_at < $1
           and version < (select max(version) - 20 from trust_metadata newer where newer.role = old.role)`,
    values: [before],
  });
}

export async function putTarget(tx: Tx, { path, digest, length, custom }: Target): Promise<void> {
  await tx.query({
    name: 'target-put',
    text: `insert into trust_target (path, digest, length, custom) values ($1, $2, $3, $4)
           on conflict (path) do update set custom = excluded.custom`,
    values: [path, digest, length, custom],
  });
}

export function allTargets(tx: Tx): Promise<Target[]> {
  return tx.query<Target>({
    name: 'targets-all',
    text: 'select path, digest, length, custom from trust_target order by path',
  });
}
