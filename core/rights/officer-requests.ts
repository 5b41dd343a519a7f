import { appendEvent, bitsOf } from '../audit/index.ts';
import { type Day, elementText } from '../consent/index.ts';
import type { Actor } from '../identity/index.ts';
import { findPersonByIdentifier } from '../education/index.ts';
import { type Id, refuse, type Texts } from '../kernel/index.ts';
import { logAct } from './deciding.ts';
import { planErasure, type PlanLine } from './erasure/erasure-plan.ts';
import { erasuresOf, receiptsOf } from './erasure/erasure-store.ts';
import { ruleText } from './erasure/retention-rules.ts';
import type { RightsDeps } from './exercising.ts';
import { sourceTexts } from './export/source-words.ts';
import { presentValue } from './recipients/correction-store.ts';
import { recipientsOf } from './recipients/recipient-store.ts';
import { allRequests, findRequest, type RequestRow } from './request-store.ts';
import { type OwnRequest, ownRequest } from './request-view.ts';

export interface RequestLine {
  id: string;
  person: { id: string; name: string };
  kind: string;
  askedRole: string;
  onBehalf: string | null;
  askedAt: string;
  dueOn: Day;
  daysLeft: number;
  state: string;
  outcome: string | null;
  inForce: boolean;
}

export interface RequestDetail extends RequestLine {
  request: OwnRequest;
  elementText: Texts | null;
  /** Of a rectification: what the core has now. */
  present: string | null;
  /** Of an erasure that is open: what the rules propose. */
  plan: (PlanLine & { text: Texts; ruleText: Texts })[];
  recipients: {
    kind: string;
    name: string;
    elements: { element: string; text: Texts }[];
    lastReadAt: string;
    state: string;
    toldAt: string | null;
    acknowledgedAt: string | null;
    note: string | null;
  }[];
}

const nameElements = ['students.givenName', 'students.familyName'];

/** All requests of the municipality: open ones by their due date. Reading them is logged for each person whose name is shown. */
export function listRequests({ database, clock }: RightsDeps, actor: Actor): Promise<RequestLine[]> {
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => {
      const rows = await allRequests(tx, municipality);
      const mask = bitsOf(nameElements).reduce((bits, bit) => bits | bit, 0);
      const persons = [...new Set(rows.map(({ person }) => person))];
      const by = { municipality, actor: actor.person, actorRole: actor.role, purpose: 'own-data' };
      const subjects = persons.map((person) => ({ person, mask }));
      if (persons.length > 0)
        await appendEvent(tx, { ...by, action: 'rights.read', elements: nameElements, subjects }, clock);
      return rows.map((row) => lineOf(row, clock.today()));
    },
    { isolation: 'repeatable read' },
  );
}

export function requestDetail(deps: RightsDeps, actor: Actor, id: Id): Promise<RequestDetail> {
  const { database, clock } = deps;
  const municipality = actor.municipality.id;
  return database.inTenant(
    municipality,
    async (tx) => {
      const row = await findRequest(tx, municipality, id);
      if (!row) refuse('not-found', 'There is no such request in your municipality.');
      const { person, element } = row;
      await logAct(deps, tx, {
        actor,
        action: 'rights.read',
        person,
        elements: [...nameElements, ...(element ? [element] : [])],
      });
      const [erasures, recipients] = [await erasuresOf(tx, municipality, id), await recipientsOf(tx, municipality, id)];
      const receipts = await receiptsOf(tx, municipality, id);
      const today = clock.today();
      const plan =
        row.kind === 'erasure' && row.state === 'open' ? await planErasure(tx, municipality, { person, today }) : [];
      return {
        ...lineOf(row, today),
        request: ownRequest(row, { erasures, recipients, receipts }),
        elementText: element === null ? null : elementText(element),
        present: element === null ? null : await presentValue(tx, municipality, { person, element }),
        plan: plan.map((line) => ({ ...line, text: sourceTexts(line.source), ruleText: ruleText(line.rule) })),
        recipients: recipients.map(({ elements, lastReadAt, toldAt, acknowledgedAt, ...one }) => ({
          ...one,
          elements: elements.map((each) => ({ element: each, text: elementText(each) })),
          lastReadAt: lastReadAt.toISOString(),
          toldAt: toldAt?.toISOString() ?? null,
          acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
        })),
      };
    },
    { isolation: 'repeatable read' },
  );
}

/** A person whom the officer writes a request down for: by learner number, as on a paper or on the telephone. */
export async function personOf({ database }: RightsDeps, actor: Actor, learnerNumber: string): Promise<Id> {
  const municipality = actor.municipality.id;
  const found = await database.inTenant(municipality, (tx) =>
    findPersonByIdentifier(tx, municipality, { scheme: 'learner-number', value: learnerNumber }),
  );
  return found?.id ?? refuse('not-found', 'Nobody in your municipality has this learner number.');
}

function lineOf(row: RequestRow, today: Day): RequestLine {
  const { id, kind, askedRole, onBehalf, dueOn, state, outcome, inForce } = row;
  const daysLeft = Math.round((Date.parse(`${dueOn}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  return {
    ...{ id, kind, askedRole, onBehalf, dueOn, daysLeft, state, outcome, inForce },
    person: { id: row.person, name: row.personName },
    askedAt: row.askedAt.toISOString(),
  };
}
