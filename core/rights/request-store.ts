import type { Day } from '../consent/index.ts';
import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export const requestKinds = ['erasure', 'rectification', 'restriction', 'objection'] as const;
export type RequestKind = (typeof requestKinds)[number];
export type Outcome = 'accepted' | 'partly' | 'declined';

export interface RequestRow {
  id: Id;
  person: Id;
  personName: string;
  kind: RequestKind;
  askedBy: Id;
  askedRole: string;
  onBehalf: string | null;
  askedAt: Date;
  wish: string;
  element: string | null;
  value: string | null;
  dueOn: Day;
  extension: string | null;
  state: 'open' | 'decided' | 'withdrawn';
  outcome: Outcome | null;
  reasons: string | null;
  decidedAt: Date | null;
  liftedAt: Date | null;
  /** Whether a restriction or an objection that came of it holds today. */
  inForce: boolean;
}

const columns = `r.id, r.person_id as person, coalesce(p.preferred_name, p.given_name) || ' ' || p.family_name as "personName", r.kind,
    r.asked_by as "askedBy", r.asked_role as "askedRole", r.on_behalf as "onBehalf", r.asked_at as "askedAt", r.wish, r.element, r.value,
    r.due_on as "dueOn", r.extension, r.state, r.outcome, r.reasons, r.decided_at as "decidedAt", r.lifted_at as "liftedAt",
    exists (select from protection x where x.municipality_id = $1 and x.person_id = r.person_id and x.source = 'request:' || r.id
      and x.valid_to is null) as "inForce"
  from rights_request r join person p on p.municipality_id = $1 and p.id = r.person_id
  where r.municipality_id = $1`;

const mostShown = 500;

export interface NewRequest {
  municipality: Id;
  id: Id;
  person: Id;
  kind: RequestKind;
  askedBy: Id;
  askedRole: string;
  onBehalf: string | null;
  askedAt: Date;
  wish: string;
  element: string | null;
  value: string | null;
  dueOn: Day;
}

export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { municipality, id, person, kind, askedBy, askedRole, onBehalf, askedAt, wish, element, value, dueOn } =
    request;
  await tx.query({
    name: 'rights-ask',
    text: `insert into rights_request (municipality_id, id, person_id, kind, asked_by, asked_role, on_behalf, asked_at, wish, element, value, due_on)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [municipality, id, person, kind, askedBy, askedRole, onBehalf, askedAt, wish, element, value, dueOn],
  });
}

/** One's own requests about a person: what the other guardian asks is not told. */
export function requestsOf(
  tx: Tx,
  municipality: Id,
  { person, askedBy }: { person: Id; askedBy: Id },
): Promise<RequestRow[]> {
  return tx.query({
    name: 'rights-own',
    text: `select ${columns} and r.person_id = $2 and r.asked_by = $3 order by r.asked_at desc, r.id limit ${mostShown}`,
    values: [municipality, person, askedBy],
  });
}

/** Open ones by their due date, then the decided, newest first. */
export function allRequests(tx: Tx, municipality: Id): Promise<RequestRow[]> {
  return tx.query({
    name: 'rights-all',
    text: `select ${columns} order by r.state <> 'open', case when r.state = 'open' then r.due_on end, r.asked_at desc, r.id limit ${mostShown}`,
    values: [municipality],
  });
}

export async function findRequest(tx: Tx, municipality: Id, id: Id): Promise<RequestRow | undefined> {
  const [row] = await tx.query<RequestRow>({
    name: 'rights-one',
    text: `select ${columns} and r.id = $2`,
    values: [municipality, id],
  });
  return row;
}

/** Held until the transaction ends, so that two decisions take turns. */
export async function lockRequest(tx: Tx, municipality: Id, id: Id): Promise<RequestRow | undefined> {
  await tx.query({
    name: 'rights-lock',
    text: 'select 1 from rights_request where municipality_id = $1 and id = $2 for update',
    values: [municipality, id],
  });
  return findRequest(tx, municipality, id);
}

export async function openRequestsOf(tx: Tx, municipality: Id, askedBy: Id): Promise<number> {
  const [row] = await tx.query<{ n: number }>({
    name: 'rights-open',
    text: `select count(*)::int as n from rights_request where municipality_id = $1 and asked_by = $2 and state = 'open'`,
    values: [municipality, askedBy],
  });
  return row?.n ?? 0;
}

export async function withdrawRequest(tx: Tx, municipality: Id, id: Id): Promise<void> {
  await tx.query({
    name: 'rights-withdraw',
    text: `update rights_request set state = 'withdrawn' where municipality_id = $1 and id = $2`,
    values: [municipality, id],
  });
}

export async function decideRequest(
  tx: Tx,
  at: { municipality: Id; id: Id },
  decision: { outcome: Outcome; reasons: string; by: Id; at: Date },
): Promise<void> {
  await tx.query({
    name: 'rights-decide',
    text: `update rights_request set state = 'decided', outcome = $3, reasons = $4, decided_by = $5, decided_at = $6
      where municipality_id = $1 and id = $2`,
    values: [at.municipality, at.id, decision.outcome, decision.reasons, decision.by, decision.at],
  });
}

export async function extendRequest(
  tx: Tx,
  at: { municipality: Id; id: Id },
  to: { dueOn: Day; reason: string },
): Promise<void> {
  await tx.query({
    name: 'rights-extend',
    text: 'update rights_request set due_on = $3, extension = $4, reminded_on = null where municipality_id = $1 and id = $2',
    values: [at.municipality, at.id, to.dueOn, to.reason],
  });
}

export async function markLifted(tx: Tx, at: { municipality: Id; id: Id }, now: Date): Promise<void> {
  await tx.query({
    name: 'rights-lifted',
    text: 'update rights_request set lifted_at = $3 where municipality_id = $1 and id = $2',
    values: [at.municipality, at.id, now],
  });
}
