import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';

export interface IncidentRow {
  id: Id;
  title: string;
  plugin: string;
  beganAt: Date;
  endedAt: Date;
  knownAt: Date;
  dueAt: Date;
  state: 'open' | 'assessed' | 'notified' | 'closed';
  risk: 'none' | 'risk' | 'high-risk' | null;
  findings: string | null;
  measures: string | null;
  authorityAt: Date | null;
  authorityReference: string | null;
  delayReason: string | null;
  lettersAt: Date | null;
  closing: string | null;
  closedAt: Date | null;
  persons: number;
}

const columns = `i.id, i.title, i.plugin, i.began_at as "beganAt", i.ended_at as "endedAt", i.known_at as "knownAt", i.due_at as "dueAt",
    i.state, i.risk, i.findings, i.measures, i.authority_at as "authorityAt", i.authority_reference as "authorityReference",
    i.delay_reason as "delayReason", i.letters_at as "lettersAt", i.closing, i.closed_at as "closedAt",
    (select count(*)::int from incident_person p where p.municipality_id = $1 and p.incident_id = i.id) as persons
  from incident i where i.municipality_id = $1`;

export function incidents(tx: Tx, municipality: Id): Promise<IncidentRow[]> {
  const text = `select ${columns} order by i.state = 'closed', i.due_at, i.id limit 500`;
  return tx.query({ name: 'incidents', text, values: [municipality] });
}

export async function findIncident(tx: Tx, municipality: Id, id: Id): Promise<IncidentRow | undefined> {
  const text = `select ${columns} and i.id = $2`;
  const [row] = await tx.query<IncidentRow>({ name: 'incident-one', text, values: [municipality, id] });
  return row;
}

/** Held until the transaction ends. */
export async function lockIncident(tx: Tx, municipality: Id, id: Id): Promise<IncidentRow | undefined> {
  const text = 'select 1 from incident where municipality_id = $1 and id = $2 for update';
  await tx.query({ name: 'incident-lock', text, values: [municipality, id] });
  return findIncident(tx, municipality, id);
}

export type NewIncident = Pick<IncidentRow, 'id' | 'title' | 'plugin' | 'beganAt' | 'endedAt' | 'knownAt' | 'dueAt'> & {
  openedBy: Id;
  openedAt: Date;
};

export async function insertIncident(tx: Tx, municipality: Id, incident: NewIncident): Promise<void> {
  const { id, title, plugin, beganAt, endedAt, knownAt, dueAt, openedBy, openedAt } = incident;
  await tx.query({
    name: 'incident-open',
    text: `insert into incident (municipality_id, id, title, plugin, began_at, ended_at, known_at, due_at, opened_by, opened_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [municipality, id, title, plugin, beganAt, endedAt, knownAt, dueAt, openedBy, openedAt],
  });
}

export type IncidentChange = Partial<
  Pick<
    IncidentRow,
    | 'risk'
    | 'findings'
    | 'measures'
    | 'authorityAt'
    | 'authorityReference'
    | 'delayReason'
    | 'lettersAt'
    | 'closing'
    | 'closedAt'
  >
> & { state: IncidentRow['state'] };

export async function changeIncident(tx: Tx, at: { municipality: Id; id: Id }, to: IncidentChange): Promise<void> {
  await tx.query({
    name: 'incident-change',
    text: `update incident set state = $3, risk = coalesce($4, risk), findings = coalesce($5, findings), measures = coalesce($6, measures),
        authority_at = coalesce($7, authority_at), authority_reference = coalesce($8, authority_reference),
        delay_reason = coalesce($9, delay_reason), letters_at = coalesce($10, letters_at), closing = coalesce($11, closing),
        closed_at = coalesce($12, closed_at)
      where municipality_id = $1 and id = $2`,
    values: [
      at.municipality,
      at.id,
      to.state,
      to.risk,
      to.findings,
      to.measures,
      to.authorityAt,
      to.authorityReference,
      to.delayReason,
      to.lettersAt,
      to.closing,
      to.closedAt,
    ],
  });
}
