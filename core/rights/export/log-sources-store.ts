import { elementsIn } from '../../audit/index.ts';
import type { Tx } from '../../db/index.ts';
import type { Id } from '../../kernel/index.ts';
import type { Collecting, Source, SourceRow } from './source.ts';

/** The signed receipt of a decision; undefined while the log has not reached it, or when its key was destroyed. */
export type FindReceipt = (
  tx: Tx,
  at: { municipality: Id; person: Id; position: number },
) => Promise<string | undefined>;

interface Logged {
  position: number;
  at: Date;
  action: string;
  decision: string;
  plugin: string | null;
  purpose: string | null;
  role: string;
  actor: string | null;
  name: string | null;
  elements: string[];
  mask: number;
}

/** The whole log of the person up to now, filed and not yet filed; for one audience, as the chains are counted. */
const logged = `with mine as (
    select p.position from audit_subject s cross join lateral unnest(s.positions) p (position)
    where s.municipality_id = $1 and s.person_id = $2 and p.position > $3
    union
    select e.position from audit_event e where e.municipality_id = $1 and e.position > $3 and $2 = any(e.subjects)
      and e.position > coalesce((select settled from audit_head where municipality_id = $1), 0)
    order by 1 limit $4)
  select e.position, e.at, e.action, e.decision, e.plugin, e.purpose, e.actor_role as role, e.actor_id as actor, e.elements,
    e.masks[array_position(e.subjects, $2)] as mask, coalesce(a.preferred_name, a.given_name) || ' ' || a.family_name as name
  from mine join audit_event e on e.municipality_id = $1 and e.position = mine.position
  left join person a on a.municipality_id = $1 and a.id = e.actor_id
  order by e.position`;

const staff = new Set(['teacher', 'principal', 'siteAdministrator', 'dataProtectionOfficer']);
const keyOf = (position: number) => String(position).padStart(16, '0');

/** Staff are named as in the family's view; near a non-disclosure order nobody is. */
export const auditSource: Source = {
  id: 'audit',
  tables: ['audit_subject', 'audit_event'],
  pageSize: 500,
  always: () => ['officer-only'],
  async page(tx: Tx, { municipality, lens, asker, after, limit }: Collecting): Promise<SourceRow[]> {
    const values = [municipality, lens.person, after === null ? -1 : Number(after), limit];
    const rows = await tx.query<Logged>({ name: 'export-audit', text: logged, values });
    return rows.map(({ position, at, action, decision, plugin, purpose, role, actor, name, elements, mask }) => ({
      key: keyOf(position),
      row: {
        event: position,
        at: at.toISOString(),
        action,
        decision,
        plugin,
        purpose,
        byRole: role,
        by: actor === asker || actor === lens.person || (staff.has(role) && !lens.withheld) ? name : null,
        elements: elementsIn(mask, elements),
      },
      held: action.startsWith('case.') ? 'officer-only' : null,
    }));
  },
};

const decisions = `select e.position from audit_subject f cross join lateral unnest(f.positions) p (position)
  join audit_event e on e.municipality_id = $1 and e.position = p.position
  where f.municipality_id = $1 and f.person_id = $2 and p.position > $3
    and e.action in ('consent.give', 'consent.refuse', 'consent.withdraw')
  order by e.position limit $4`;

/** Signed receipts of the consent decisions (ISO/IEC TS 27560), to be checked without a network. */
export function receiptSource(find: FindReceipt): Source {
  return {
    id: 'receipts',
    tables: ['audit_chain'],
    pageSize: 50,
    async page(tx, { municipality, lens, after, limit }) {
      const values = [municipality, lens.person, after === null ? -1 : Number(after), limit];
      const rows = await tx.query<{ position: number }>({ name: 'export-receipts', text: decisions, values });
      const made: SourceRow[] = [];
      for (const { position } of rows) {
        const receipt = await find(tx, { municipality, person: lens.person, position });
        made.push({
          key: keyOf(position),
          row: { event: position, receipt },
          held: receipt === undefined ? 'no-receipt' : null,
        });
      }
      return made;
    },
  };
}
