import type { Day } from '../consent/index.ts';
import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';

export interface Effect {
  municipality: Id;
  request: Id;
  person: Id;
  kind: 'restriction' | 'objection';
}

/** The overlay of core/access that a request puts over a person. No import touches it. */
export async function putEffect(
  tx: Tx,
  { municipality, request, person, kind }: Effect,
  id: Id,
  today: Day,
): Promise<void> {
  await tx.query({
    name: 'rights-effect',
    text: `insert into protection (municipality_id, id, person_id, kind, source, valid_from) values ($1, $2, $3, $4, $5, $6)`,
    values: [municipality, id, person, kind, sourceOf(request), today],
  });
}

/** Ends today: one that began today never was. True when there was one in force. */
export async function endEffect(
  tx: Tx,
  { municipality, request, person }: Omit<Effect, 'kind'>,
  today: Day,
): Promise<boolean> {
  const values = [municipality, person, sourceOf(request), today];
  const begun = await tx.query({
    name: 'rights-effect-end',
    text: `update protection set valid_to = $4::date where municipality_id = $1 and person_id = $2 and source = $3 and valid_to is null
      and valid_from < $4::date returning 1`,
    values,
  });
  const fresh = await tx.query({
    name: 'rights-effect-undo',
    text: `delete from protection where municipality_id = $1 and person_id = $2 and source = $3 and valid_to is null
      and valid_from >= $4::date returning 1`,
    values,
  });
  return begun.length + fresh.length > 0;
}

/** Plugins whose open contexts may hold something of the person. */
export async function pluginsAround(tx: Tx, municipality: Id, person: Id): Promise<string[]> {
  const rows = await tx.query<{ plugin: string }>({
    name: 'rights-plugins-around',
    text: `select distinct e.plugin from enablement e where e.municipality_id = $1 and e.status <> 'disabled' and e.school_id in (
        select s.school_id from enrollment s where s.municipality_id = $1 and s.person_id = $2) order by 1`,
    values: [municipality, person],
  });
  return rows.map(({ plugin }) => plugin);
}

export interface EffectShown {
  kind: 'restriction' | 'objection';
  since: Day;
}

/** What holds over the person today: every guardian and the learner see it, though not who asked for it. */
export function effectsOn(
  tx: Tx,
  municipality: Id,
  { person, today }: { person: Id; today: Day },
): Promise<EffectShown[]> {
  return tx.query({
    name: 'rights-effects',
    text: `select kind, min(valid_from) as since from protection where municipality_id = $1 and person_id = $2
        and kind in ('restriction', 'objection') and valid_from <= $3::date and (valid_to is null or valid_to > $3::date)
      group by kind order by kind`,
    values: [municipality, person, today],
  });
}

function sourceOf(request: Id): string {
  return `request:${request}`;
}
