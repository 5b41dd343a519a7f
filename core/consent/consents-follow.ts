import type { Tx } from '../db/index.ts';
import type { MergedPair } from '../education/index.ts';

/**
 * Two rows of one learner became one: a consent that only one of them had goes on; where both had a word, one no beats any
 * yes, and two yeses cover what both covered. The log of the merged row stays as it was written. Who may see
 * what a non-disclosure order withholds does not move: the named list of the one who stays is the list.
 */
export async function consentsFollow(tx: Tx, { municipality, kept, merged }: MergedPair): Promise<void> {
  const values = [municipality, kept, merged];
  await appendWords(tx, values);
  for (const text of [takeOver, narrow, move, settleRevisions, closeDoubledCases, moveCases])
    await tx.query({ text, values });
  await tx.query({
    text: 'delete from consent_state where municipality_id = $1 and person_id = $2',
    values: [municipality, merged],
  });
}

/** Everybody's latest word from both logs, in the order of time, at the end of the kept one's: later decisions fold over it. */
async function appendWords(tx: Tx, values: string[]): Promise<void> {
  await tx.query({
    text: `with words as (
        select distinct on (plugin, purpose, consent_major, speaker) *
        from (select e.*, case when e.by_person_id = $3 then $2::uuid else e.by_person_id end as speaker
          from consent_event e where e.municipality_id = $1 and e.person_id in ($2, $3)
            and e.act in ('give', 'refuse', 'withdraw')) e
        where exists (select from consent_event o where o.municipality_id = $1 and o.person_id = $3
          and o.plugin = e.plugin and o.purpose = e.purpose)
        order by plugin, purpose, consent_major, speaker, at desc, revision desc),
      last as (select plugin, purpose, max(revision) as revision from consent_event
        where municipality_id = $1 and person_id = $2 group by plugin, purpose)
      insert into consent_event (municipality_id, id, person_id, plugin, purpose, revision, act, state, by_person_id, by_role,
        notice_hash, language, page, buttons, elements, consent_major, at)
      select $1, gen_random_uuid(), $2, w.plugin, w.purpose,
        coalesce(l.revision, 0) + row_number() over (partition by w.plugin, w.purpose order by w.at, w.revision),
        w.act, w.state, w.speaker, w.by_role, w.notice_hash, w.language, w.page, w.buttons, w.elements, w.consent_major, w.at
      from words w left join last l on l.plugin = w.plugin and l.purpose = w.purpose`,
    values,
  });
}

const pairs = `k.municipality_id = $1 and k.person_id = $2 and m.municipality_id = $1 and m.person_id = $3
  and m.plugin = k.plugin and m.purpose = k.purpose`;

const takeOver = `update consent_state k set state = m.state, valid = m.valid, elements = m.elements, consent_major = m.consent_major,
    expires_on = m.expires_on, changed_at = m.changed_at
  from consent_state m where ${pairs} and m.state <> 'ConsentUnknown' and (k.state = 'ConsentUnknown' or k.valid and not m.valid)`;

const narrow = `update consent_state k set expires_on = least(k.expires_on, m.expires_on),
    elements = array(select unnest(k.elements) intersect select unnest(m.elements))
  from consent_state m where ${pairs} and k.valid and m.valid`;

const move = `insert into consent_state (municipality_id, person_id, plugin, purpose, state, valid, elements, consent_major, expires_on, revision, changed_at)
  select municipality_id, $2, plugin, purpose, state, valid, elements, consent_major, expires_on, revision, changed_at
  from consent_state where municipality_id = $1 and person_id = $3 on conflict do nothing`;

const settleRevisions = `update consent_state k set revision = greatest(k.revision, m.revision)
  from (select plugin, purpose, max(revision) as revision from consent_event
    where municipality_id = $1 and person_id in ($2, $3) group by plugin, purpose) m
  where k.municipality_id = $1 and k.person_id = $2 and m.plugin = k.plugin and m.purpose = k.purpose`;

const closeDoubledCases = `update consent_case m set closed_at = greatest(m.opened_at, k.opened_at)
  from consent_case k where ${pairs} and k.closed_at is null and m.closed_at is null`;

const moveCases = 'update consent_case set person_id = $2 where municipality_id = $1 and person_id = $3';
