import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { elementsIn } from './element-bits.ts';

/** Somebody who was given data of a person, as the log has it. */
export interface Disclosure {
  kind: 'plugin' | 'processor';
  /** Of the plugin, or the host outside. */
  name: string;
  /** The plugin that read, or that sent it on. */
  plugin: string;
  elements: string[];
  at: Date;
}

/**
 * Whom the log names as having been given the person's data: plugins that read it and hosts outside that a plugin sent it
 * to. What has been filed under the person, and behind it the tail that the sequencer has not reached yet.
 */
const text = `with mine as (
    select e.* from audit_subject s cross join lateral unnest(s.positions) p (position)
    join audit_event e on e.municipality_id = $1 and e.position = p.position
    where s.municipality_id = $1 and s.person_id = $2
    union all
    select e.* from audit_event e where e.municipality_id = $1
      and e.position > coalesce((select settled from audit_head where municipality_id = $1), 0) and $2 = any(e.subjects)
      and not exists (select from audit_subject s where s.municipality_id = $1 and s.person_id = $2 and e.position = any(s.positions)))
  select case when e.action = 'data.disclose' then 'processor' else 'plugin' end as kind,
    case when e.action = 'data.disclose' then e.reason else e.plugin end as name, e.plugin,
    bit_or(e.masks[array_position(e.subjects, $2)]) as mask, e.elements, max(e.at) as at
  from mine e
  where e.plugin is not null and e.decision = 'allow' and e.masks[array_position(e.subjects, $2)] <> 0
  group by 1, 2, 3, e.elements`;

export async function disclosuresOf(tx: Tx, municipality: Id, person: Id): Promise<Disclosure[]> {
  const rows = await tx.query<Disclosure & { mask: number }>({
    name: 'audit-disclosures',
    text,
    values: [municipality, person],
  });
  return rows.map(({ mask, elements, ...row }) => ({ ...row, elements: elementsIn(mask, elements) }));
}
