import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import type { Day } from './ages.ts';
import type { ConsentStateName } from './consent-state.ts';

/** A change that no member of the family made. */
export interface LifeChange {
  act: 'expire' | 'terminate' | 'invalidate' | 'suspend' | 'resume' | 'request';
  by: 'system' | 'authority';
  /** Who of the authority. */
  actor?: Id;
  reason: string;
}

export interface Changed {
  person: Id;
  plugin: string;
  purpose: string;
  state: ConsentStateName;
  revision: number;
}

/** An unused grant lapses after this long. */
export const unusedDays = 180;
const mostAtOnce = 500;

const live = (alias: string) =>
  `${alias}.valid_from <= $2::date and (${alias}.valid_to is null or ${alias}.valid_to > $2::date)`;

const attends = `exists (select from enrollment s where s.municipality_id = $1 and s.person_id = y.person_id and s.role = 'student' and ${live('s')})`;

/** Whether the plugin still asks for the purpose in a school of the learner, under whatever terms. */
const asked = `exists (select from enrollment s
    join enablement e on e.municipality_id = $1 and e.school_id = s.school_id and e.plugin = y.plugin and e.status <> 'disabled'
    join agreement a on a.municipality_id = $1 and a.id = e.agreement_id and a.status <> 'terminated'
    join agreement_element n on n.municipality_id = $1 and n.agreement_id = a.id and n.purpose = y.purpose and n.legal_basis = 'consent'
    where s.municipality_id = $1 and s.person_id = y.person_id and s.role = 'student' and ${live('s')})`;

/** Reads of the plugins that have a grant of that age, from the log. */
const used = `(y.plugin, y.purpose, y.person_id) in (
    select distinct e.plugin, e.purpose, r.person_id from audit_event e cross join lateral unnest(e.subjects) as r (person_id)
    where e.municipality_id = $1 and e.at > $3::timestamptz and e.purpose is not null and e.decision = 'allow' and e.action not like 'consent.%'
      and e.plugin in (select distinct o.plugin from consent_state o where o.municipality_id = $1 and o.valid and o.changed_at < $3::timestamptz))`;

/** What is due today, by its reason; the first that holds counts. */
const duties: { act: LifeChange['act']; state: ConsentStateName; reason: string; where: string }[] = [
  { act: 'expire', state: 'ConsentExpired', reason: 'end-of-time', where: 'y.expires_on <= $2::date' },
  { act: 'expire', state: 'ConsentExpired', reason: 'end-of-schooling', where: `not ${attends}` },
  { act: 'terminate', state: 'ConsentTerminated', reason: 'not-asked-any-more', where: `not ${asked}` },
  { act: 'expire', state: 'ConsentExpired', reason: 'unused', where: `y.changed_at < $3::timestamptz and not ${used}` },
];

/** Ends the consents whose end has come, a bounded number at a time. */
export async function endDueConsents(
  tx: Tx,
  municipality: Id,
  { today, now }: { today: Day; now: Date },
): Promise<(Changed & { act: LifeChange['act'] })[]> {
  const unusedSince = new Date(now.getTime() - unusedDays * 86_400_000);
  const ended: (Changed & { act: LifeChange['act'] })[] = [];
  for (const { act, state, reason, where } of duties) {
    const due = `select y.* from consent_state y where y.municipality_id = $1 and y.valid and ${where} and $2::date is not null
      and $3::timestamptz is not null order by y.person_id limit ${mostAtOnce} for update of y skip locked`;
    const text = changeSql(due, { state: `'${state}'`, valid: 'false', next: 4 });
    const found = await tx.query<Changed>({
      text,
      values: [municipality, today, unusedSince, act, reason, 'system', null, now],
    });
    ended.push(...found.map((row) => ({ ...row, act })));
  }
  return ended;
}

/** The records that rested on the consent are destroyed: an event with a receipt of its own; the state stays as it is. */
export async function recordErasure(
  tx: Tx,
  municipality: Id,
  { person, plugin, purpose, records, at }: ErasedConsent & { at: Date },
): Promise<number> {
  const [row] = await tx.query<{ revision: number }>({
    name: 'consent-erased',
    text: `with next as (
        update consent_state set revision = revision + 1
        where municipality_id = $1 and person_id = $2 and plugin = $3 and purpose = $4 returning *)
      insert into consent_event (municipality_id, id, person_id, plugin, purpose, revision, act, state, by_role, page, buttons,
        elements, consent_major, at, reason)
      select $1, gen_random_uuid(), $2, $3, $4, revision, 'erase', state, 'system', '', '{}', elements, consent_major, $5, $6 from next
      returning revision`,
    values: [municipality, person, plugin, purpose, at, `records: ${records}`],
  });
  return row!.revision;
}

export interface ErasedConsent {
  person: Id;
  plugin: string;
  purpose: string;
  records: number;
}

/** Suspends, resumes or invalidates every consent of a plugin's purpose in the municipality. */
export async function changeStanding(
  tx: Tx,
  { municipality, plugin, purpose }: { municipality: Id; plugin: string; purpose: string },
  { act, reason, actor, now }: { act: 'suspend' | 'resume' | 'invalidate'; reason: string; actor: Id; now: Date },
): Promise<Changed[]> {
  const which = {
    suspend: 'y.valid',
    resume: "y.state = 'Suspended'",
    invalidate: "(y.valid or y.state = 'Suspended')",
  }[act];
  const due = `select y.* from consent_state y where y.municipality_id = $1 and y.plugin = $2 and y.purpose = $3 and ${which}
    order by y.person_id for update of y`;
  const state = { suspend: "'Suspended'", invalidate: "'ConsentInvalidated'", resume: before }[act];
  const valid = act === 'resume' ? `${before} in ('ConsentGiven', 'RenewedConsentGiven')` : 'false';
  const text = changeSql(due, { state, valid, next: 4 });
  return tx.query({ text, values: [municipality, plugin, purpose, act, reason, 'authority', actor, now] });
}

/** What stood before the suspension. */
const before = `(select p.state from consent_event p where p.municipality_id = d.municipality_id and p.person_id = d.person_id
  and p.plugin = d.plugin and p.purpose = d.purpose and p.act not in ('suspend', 'resume') order by p.revision desc limit 1)`;

/** The event and the state of all rows of `due`, in one statement. Parameters from `next`: act, reason, role, actor, now. */
function changeSql(due: string, { state, valid, next }: { state: string; valid: string; next: number }): string {
  const [act, reason, role, actor, now] = [0, 1, 2, 3, 4].map((more) => `$${next + more}`);
  return `with due as (${due}),
    decided as materialized (select d.*, ${state} as new_state, ${valid} as new_valid from due d),
    written as (
      insert into consent_event (municipality_id, id, person_id, plugin, purpose, revision, act, state, by_person_id, by_role,
        page, buttons, elements, consent_major, at, reason)
      select d.municipality_id, gen_random_uuid(), d.person_id, d.plugin, d.purpose, d.revision + 1, ${act}, d.new_state, ${actor}::uuid,
        ${role}, '', '{}', d.elements, d.consent_major, ${now}::timestamptz, ${reason} from decided d)
    update consent_state y set state = d.new_state, valid = d.new_valid, revision = d.revision + 1, changed_at = ${now}::timestamptz
    from decided d
    where y.municipality_id = d.municipality_id and y.person_id = d.person_id and y.plugin = d.plugin and y.purpose = d.purpose
    returning y.person_id as person, y.plugin, y.purpose, y.state, y.revision`;
}
