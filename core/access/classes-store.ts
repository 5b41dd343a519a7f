import { elementBits, eventColumns } from '../audit/index.ts';
import type { Database } from '../db/index.ts';
import type { Clock, Id } from '../kernel/index.ts';
import { type AccessQuestion, checkQuestion, parametersOf } from './access-question.ts';
import { bases, type GrantKind, gates, jobVerdict } from './decision-sql.ts';
import { actorOfEvent, isOwnClass, type RelatedRole } from './relation-sql.ts';
import { refuseVerdict } from './verdicts.ts';

export interface ClassRow {
  id: Id;
  title?: string;
  grade?: string;
  type: 'homeroom' | 'scheduled';
}

interface Row {
  verdict: string | null;
  id: Id | null;
  title: string | null;
  grade: string | null;
  class_type: ClassRow['type'];
}

export function createClassesStore({ database, clock }: { database: Database; clock: Clock }) {
  return {
    /** The actor's own classes in the school. A title that rests on consent is nobody's to give: it is withheld. */
    async classes(question: AccessQuestion, page: { limit: number; after?: Id }): Promise<ClassRow[]> {
      const role = checkQuestion(question);
      const kind = question.grant.kind === 'portal' ? 'portal' : 'plugin';
      const values = parametersOf(question, { ...page, clock, action: 'classes.read' });
      const statement = { name: `access-${role}-${kind}-classes`, text: classesSql(role, kind), values };
      const rows = await database.askTenant<Row>(question.grant.municipality, statement);
      refuseVerdict(rows[0]?.verdict, question);
      return rows.filter(({ id }) => id !== null).map(classOf);
    },
  };
}

function classOf({ id, title, grade, class_type }: Row): ClassRow {
  return { id: id!, type: class_type, ...(title !== null && { title }), ...(grade !== null && { grade }) };
}

function classesSql(role: RelatedRole, kind: GrantKind): string {
  return `with
  asked as materialized (select element, bit from unnest($7::text[], $8::int[]) as q (element, bit)),
  granted as materialized (${gates[kind]}),
  gate as materialized (select g.agreement_id, g.consent_major, g.revision, coalesce(g.verdict, ${jobVerdict(role, 'g')}) as verdict from granted g),
  basis as materialized (${bases[kind]}),
  own as materialized (
    select c.id, c.class_type, case when (b.law | b.task) & ${elementBits['classes.title']} <> 0 then c.title end as title, c.grade
    from class c cross join basis b
    where c.municipality_id = $1 and c.school_id = $2 and c.status = 'active' and ${isOwnClass(role)}
      and (b.law | b.task) <> 0 and ($9::uuid is null or c.id = $9)),
  visible as materialized (
    select * from own where $17::uuid is null or coalesce((coalesce(title, ''), id) >
      (select coalesce(title, ''), id from own where id = $17), true)
    order by coalesce(title, ''), id limit $16),
  logged as (insert into audit_event (${eventColumns})
    select $1, $10, $11, case when g.verdict is null then 'allow' else 'deny' end, g.verdict, $2, $5, $13, $6, ${actorOfEvent}, $12, $7,
      coalesce($15::uuid[], '{}'), '{}', g.revision
    from gate g)
  select g.verdict, v.* from gate g left join visible v on true order by coalesce(v.title, ''), v.id`;
}
