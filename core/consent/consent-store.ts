import type { Tx } from '../db/index.ts';
import type { Id, Language } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import { type ConsentStateName, type Decision, isValid, type Said } from './consent-state.ts';
import type { Notice, NoticeBody } from './notice.ts';

/** Which consent: one person, plugin and purpose. */
export interface ConsentKey {
  municipality: Id;
  child: Id;
  plugin: string;
  purpose: string;
}

export interface CurrentConsent {
  plugin: string;
  purpose: string;
  state: ConsentStateName;
  valid: boolean;
  elements: string[];
  consentMajor: number;
  expiresOn: Day | null;
  revision: number;
  changedAt: Date;
}

export interface ConsentEvent {
  id: Id;
  act: Decision;
  state: ConsentStateName;
  revision: number;
  by: Id;
  role: 'guardian' | 'learner';
  notice: string | null;
  language: Language;
  page: string;
  buttons: readonly string[];
  elements: readonly string[];
  consentMajor: number;
  at: Date;
}

const current = `plugin, purpose, state, valid, elements, consent_major as "consentMajor", expires_on as "expiresOn", revision,
  changed_at as "changedAt"`;

export async function currentConsents(tx: Tx, municipality: Id, child: Id): Promise<CurrentConsent[]> {
  return tx.query<CurrentConsent>({
    name: 'consent-current',
    text: `select ${current} from consent_state where municipality_id = $1 and person_id = $2`,
    values: [municipality, child],
  });
}

/** The row of the consent, held until the transaction ends, so that decisions about one purpose follow each other. */
export async function lockConsent(tx: Tx, key: ConsentKey, at: Date): Promise<CurrentConsent> {
  const values = [key.municipality, key.child, key.plugin, key.purpose];
  await tx.query({
    name: 'consent-first',
    text: `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, revision, changed_at)
      values ($1, $2, $3, $4, 'ConsentUnknown', false, '{}', 0, 0, $5) on conflict do nothing`,
    values: [...values, at],
  });
  const [row] = await tx.query<CurrentConsent>({
    name: 'consent-lock',
    text: `select ${current} from consent_state
      where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4 for update`,
    values,
  });
  return row!;
}

/** Everybody's latest word about the same terms, oldest first. */
export async function latestWords(tx: Tx, key: ConsentKey, consentMajor: number): Promise<Said[]> {
  return tx.query<Said>({
    name: 'consent-words',
    text: `select * from (
        select distinct on (by_person_id) by_person_id as by, by_role as role, act, revision from consent_event
        where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4 and consent_major = $5
          and act in ('give', 'refuse', 'withdraw')
        order by by_person_id, revision desc) latest
      order by revision`,
    values: [key.municipality, key.child, key.plugin, key.purpose, consentMajor],
  });
}

/** Guardians who may decide for the child today: legal links only narrow each other, a custody entry ends the say. */
export async function decidingGuardians(tx: Tx, key: ConsentKey, today: Day): Promise<Id[]> {
  const rows = await tx.query<{ id: Id }>({
    name: 'consent-guardians',
    text: `select g.guardian_id as id from guardianship g
      where g.municipality_id = $1 and g.child_id = $2 and g.valid_from <= $3::date and (g.valid_to is null or g.valid_to > $3::date)
        and not exists (select from protection x where x.municipality_id = $1 and x.person_id = $2 and x.kind = 'custody'
          and x.against_person_id = g.guardian_id and x.valid_from <= $3::date and (x.valid_to is null or x.valid_to > $3::date))
      group by g.guardian_id having bool_and(g.can_see and g.can_decide)`,
    values: [key.municipality, key.child, today],
  });
  return rows.map(({ id }) => id);
}

export async function keepNotice(
  tx: Tx,
  municipality: Id,
  { notice, at }: { notice: Notice; at: Date },
): Promise<void> {
  const { hash, body } = notice;
  await tx.query({
    name: 'consent-notice',
    text: `insert into notice (municipality_id, hash, plugin, purpose, language, body, created_at)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    values: [municipality, hash, body.plugin, body.purpose, body.language, body, at],
  });
}

/** The event and the state that follows from it, in the caller's transaction. */
export async function writeDecision(
  tx: Tx,
  key: ConsentKey,
  { event, expiresOn }: { event: ConsentEvent; expiresOn: Day },
): Promise<void> {
  const keyed = [key.municipality, key.child, key.plugin, key.purpose];
  await tx.query({
    name: 'consent-event',
    text: `insert into consent_event (municipality_id, person_id, plugin, purpose, id, revision, act, state, by_person_id, by_role,
        notice_hash, language, page, buttons, elements, consent_major, at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      ...keyed,
      event.id,
      event.revision,
      event.act,
      event.state,
      event.by,
      event.role,
      event.notice,
      event.language,
      event.page,
      event.buttons,
      event.elements,
      event.consentMajor,
      event.at,
    ],
  });
  await tx.query({
    name: 'consent-state',
    text: `update consent_state set state = $5, valid = $6, elements = $7, consent_major = $8, expires_on = $9, revision = $10, changed_at = $11
      where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4`,
    values: [
      ...keyed,
      event.state,
      isValid(event.state),
      event.elements,
      event.consentMajor,
      isValid(event.state) ? expiresOn : null,
      event.revision,
      event.at,
    ],
  });
}

/** The notice that the last yes rests on, by plugin and purpose. */
export async function agreedNotices(
  tx: Tx,
  municipality: Id,
  child: Id,
): Promise<{ plugin: string; purpose: string; body: NoticeBody }[]> {
  return tx.query({
    name: 'consent-agreed-notices',
    text: `select distinct on (e.plugin, e.purpose) e.plugin, e.purpose, n.body from consent_event e
      join notice n on n.municipality_id = $1 and n.hash = e.notice_hash
      where e.municipality_id = $1 and e.person_id = $2 and e.act = 'give' order by e.plugin, e.purpose, e.revision desc`,
    values: [municipality, child],
  });
}

/** A disagreement opens a case for the school, once. */
export async function openCase(tx: Tx, key: ConsentKey, { id, at }: { id: Id; at: Date }): Promise<void> {
  await tx.query({
    name: 'consent-case',
    text: `insert into consent_case (municipality_id, person_id, plugin, purpose, id, opened_at) values ($1, $2, $3, $4, $5, $6)
      on conflict do nothing`,
    values: [key.municipality, key.child, key.plugin, key.purpose, id, at],
  });
}
