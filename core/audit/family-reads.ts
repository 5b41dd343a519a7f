import type { Tx } from '../db/index.ts';
import type { FamilyTie } from '../consent/index.ts';
import { elementText } from '../consent/index.ts';
import type { Actor } from '../identity/index.ts';
import type { Id, Texts } from '../kernel/index.ts';
import { elementsIn } from './element-bits.ts';
import { actWords, type PortalPurpose, portalPurposes } from './words.ts';

/** One line of "who read what about my child and why". */
export interface FamilyRead {
  /** Names the event, for questions and proofs. */
  event: string;
  at: string;
  action: string;
  who: { role: string; name: string | null };
  plugin: string | null;
  pluginName: Texts | null;
  purpose: string | null;
  purposeText: Texts | null;
  fields: { element: string; text: Texts }[];
  reason: string | null;
}

/** Only reads of this plugin, by this role, for this purpose. */
export interface FamilyFilter {
  plugin?: string;
  role?: string;
  purpose?: string;
}

export interface FamilyReadsPage extends FamilyFilter {
  limit: number;
  /** Only events before this one. */
  before?: number;
}

interface Row {
  position: number;
  at: Date;
  action: string;
  actor_id: Id | null;
  actor_role: string;
  actor_name: string | null;
  plugin: string | null;
  plugin_name: Texts | null;
  purpose: string | null;
  purpose_text: Texts | null;
  elements: string[];
  mask: number;
  reason: string | null;
}

/**
 * Newest first. What the sequencer has filed under the person, and behind it the tail of the log that it has not reached
 * yet: an event is here as soon as its transaction has committed. What the viewer's own pages read is left out.
 */
const shownHere = `($4::text is null or e.plugin = $4) and ($7::text is null or e.actor_role = $7) and ($8::text is null or e.purpose = $8)
      and e.action not like 'case.%' and not (e.action = 'family.read' and e.actor_id = $6)`;

const reads = `with filed as materialized (
    select p.position from audit_subject s cross join lateral unnest(s.positions) p (position)
    where s.municipality_id = $1 and s.person_id = $2 and p.position < $3 order by p.position desc),
  mine as (
    select f.position from filed f join audit_event e on e.municipality_id = $1 and e.position = f.position
    where ${shownHere}
    order by f.position desc limit $5),
  tail as (
    select e.position from audit_event e
    where e.municipality_id = $1 and e.position > coalesce((select settled from audit_head where municipality_id = $1), 0)
      and e.position < $3 and $2 = any(e.subjects) and ${shownHere}
    order by e.position desc limit $5),
  newest as (select position from mine union select position from tail order by position desc limit $5)
  select e.position, e.at, e.action, e.actor_id, e.actor_role, e.plugin, e.purpose, e.elements, e.reason,
    e.masks[array_position(e.subjects, $2)] as mask, b.manifest -> 'name' as plugin_name,
    (select p -> 'text' from jsonb_array_elements(b.manifest -> 'purposes') p where p ->> 'id' = e.purpose) as purpose_text,
    coalesce(coalesce(a.preferred_name, a.given_name) || ' ' || a.family_name, v.asker_name) as actor_name
  from newest join audit_event e on e.municipality_id = $1 and e.position = newest.position
  left join bundle b on b.plugin = e.plugin and b.version = e.version
  left join person a on a.municipality_id = $1 and a.id = e.actor_id
  left join lateral (select z.asker_name from support_visit z where z.municipality_id = $1 and z.asked_by = e.actor_id
    order by z.asked_at desc limit 1) v on e.actor_role = 'support'
  order by e.position desc`;

export async function familyReads(
  tx: Tx,
  { actor, tie }: { actor: Actor; tie: FamilyTie },
  page: FamilyReadsPage,
): Promise<{ items: FamilyRead[]; next: string | null }> {
  const before = page.before ?? Number.MAX_SAFE_INTEGER;
  const { limit, plugin, role, purpose } = page;
  const values = [actor.municipality.id, tie.child, before, plugin, limit + 1, actor.person, role, purpose];
  const rows = await tx.query<Row>({ name: 'audit-family-reads', text: reads, values });
  const shown = rows.slice(0, limit);
  return {
    items: shown.map((row) => lineOf(row, { actor, tie })),
    next: rows.length > limit ? String(shown.at(-1)!.position) : null,
  };
}

const staffRoles = new Set(['teacher', 'principal', 'siteAdministrator', 'dataProtectionOfficer', 'support']);

/** Staff are named, other family members are not; near a non-disclosure order nobody is. */
function lineOf(row: Row, { actor, tie }: { actor: Actor; tie: FamilyTie }): FamilyRead {
  const isNamed = row.actor_id === actor.person || (staffRoles.has(row.actor_role) && !tie.withheld);
  return {
    event: String(row.position),
    at: row.at.toISOString(),
    action: row.action,
    who: { role: row.actor_role, name: isNamed ? row.actor_name : null },
    plugin: row.plugin,
    pluginName: row.plugin_name,
    purpose: row.purpose,
    purposeText: purposeText(row),
    fields: elementsIn(row.mask, row.elements).map((element) => ({ element, text: elementText(element) })),
    reason: row.reason,
  };
}

function purposeText({ action, plugin, purpose, purpose_text }: Row): Texts | null {
  if (actWords[action]) return actWords[action];
  if (plugin !== null) return purpose_text;
  return portalPurposes[purpose as PortalPurpose] ?? null;
}
