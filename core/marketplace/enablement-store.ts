import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export interface Enablement {
  id: Id;
  school: Id;
  schoolName: string;
  plugin: string;
  agreement: Id;
  version: string;
  digest: string;
  status: 'enabled' | 'stopped' | 'disabled';
  revision: number;
  reason: string | null;
  changedAt: Date;
}

const columns = `
  e.id, e.school_id as school, o.name as "schoolName", e.plugin, e.agreement_id as agreement, e.version, e.digest, e.status,
  e.revision, e.reason, e.changed_at as "changedAt"
  from enablement e join org o on o.municipality_id = e.municipality_id and o.id = e.school_id`;

export function enablementsOf(tx: Tx, municipality: Id): Promise<Enablement[]> {
  return tx.query({ text: `select ${columns} where e.municipality_id = $1 order by o.name`, values: [municipality] });
}

/** Locked until the transaction ends, so that two administrators take turns. */
export async function lockEnablement(tx: Tx, municipality: Id, id: Id): Promise<Enablement | undefined> {
  const text = `select ${columns} where e.municipality_id = $1 and e.id = $2 for update of e`;
  const [row] = await tx.query<Enablement>({ text, values: [municipality, id] });
  return row;
}

export interface NewEnablement {
  id: Id;
  school: Id;
  plugin: string;
  agreement: Id;
  version: string;
  digest: string;
  changedAt: Date;
}

/** Enables, also what was switched off before; returns its id, or undefined when it is enabled or stopped already. */
export async function insertEnablement(tx: Tx, municipality: Id, enablement: NewEnablement): Promise<Id | undefined> {
  const { id, school, plugin, agreement, version, digest, changedAt } = enablement;
  const [row] = await tx.query<{ id: Id }>({
    text: insertText,
    values: [municipality, id, school, plugin, agreement, version, digest, changedAt],
  });
  return row?.id;
}

const insertText = `
  insert into enablement as e (municipality_id, id, school_id, plugin, agreement_id, version, digest, status, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, 'enabled', $8)
  on conflict (municipality_id, school_id, plugin) do update
    set agreement_id = excluded.agreement_id, version = excluded.version, digest = excluded.digest,
        status = 'enabled', reason = null, revision = e.revision + 1, changed_at = excluded.changed_at
    where e.status = 'disabled'
  returning id`;

export interface EnablementChange {
  status: Enablement['status'];
  reason: string | null;
  version: string;
  digest: string;
  agreement: Id;
  changedAt: Date;
}

export async function updateEnablement(tx: Tx, municipality: Id, id: Id, change: EnablementChange): Promise<void> {
  const { status, reason, version, digest, agreement, changedAt } = change;
  await tx.query({
    text: updateText,
    values: [municipality, id, status, reason, version, digest, agreement, changedAt],
  });
}

const updateText = `
  update enablement set status = $3, reason = $4, version = $5, digest = $6, agreement_id = $7, changed_at = $8,
    revision = revision + 1
  where municipality_id = $1 and id = $2`;

/** Every enablement of the plugin that is in use, stopped. */
export function stopAll(
  tx: Tx,
  { municipality, plugin, reason, at }: { municipality: Id; plugin: string; reason: string; at: Date },
): Promise<{ school: Id; version: string }[]> {
  const text = `update enablement set status = 'stopped', reason = $3, changed_at = $4, revision = revision + 1
    where municipality_id = $1 and plugin = $2 and status = 'enabled' returning school_id as school, version`;
  return tx.query({ text, values: [municipality, plugin, reason, at] });
}

export interface School {
  id: Id;
  name: string;
}

export function schoolsOf(tx: Tx, municipality: Id): Promise<School[]> {
  const text = `select id, name from org where municipality_id = $1 and type = 'school' and status = 'active' order by name`;
  return tx.query({ text, values: [municipality] });
}

export async function schoolOf(tx: Tx, municipality: Id, id: Id): Promise<School | undefined> {
  const text = `select id, name from org where municipality_id = $1 and id = $2 and type = 'school'`;
  const [row] = await tx.query<School>({ text, values: [municipality, id] });
  return row;
}
