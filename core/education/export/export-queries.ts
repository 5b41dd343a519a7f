import type { LoadedFile } from '../import/bundle-files.ts';

/** The id by which the roster knows a row; our own where no roster brought it. */
const sid = (alias: string): string => `coalesce(${alias}.source_id, ${alias}.id::text)`;

const head = (alias: string): string => `${sid(alias)} as "sourcedId", null as status, null as "dateLastModified"`;

/** Columns of the standard that the platform does not keep: there, and empty. */
const empty = (...names: string[]): string => names.map((name) => `null as "${name}"`).join(', ');

const join = (table: string, alias: string, on: string): string =>
  `left join ${table} ${alias} on ${alias}.municipality_id = x.municipality_id and ${alias}.id = x.${on}`;

const identifiers = `select i.person_id, min(i.value) filter (where i.scheme = 'username') as username,
    string_agg('{' || i.scheme || ':' || i.value || '}', ',' order by i.scheme, i.value)
      filter (where i.scheme <> 'username' and not (i.scheme = 'learner-number' and i.value is not distinct from o.oid)) as ids
  from person_identifier i join person o on o.municipality_id = i.municipality_id and o.id = i.person_id
  where i.municipality_id = $M group by i.person_id`;

const guardians = `select l.child_id, string_agg(${sid('a')}, ',' order by ${sid('a')}) as agents from guardianship l
  join person a on a.municipality_id = l.municipality_id and a.id = l.guardian_id and a.status <> 'tobedeleted'
  where l.municipality_id = $M and l.source = 'register' and l.can_see and (l.valid_to is null or l.valid_to > $TODAY)
  group by l.child_id`;

/** What each file of an export holds, ordered by sourcedId so that the same data gives the same bytes. `$M` is the municipality. */
export const exportQueries: Record<LoadedFile, string> = {
  orgs: `select ${head('x')}, x.name, x.type, x.oid as identifier, ${sid('p')} as "parentSourcedId",
      x.school_type as "metadata.digione.schoolType"
    from org x ${join('org', 'p', 'parent_id')} where x.municipality_id = $M and x.status = 'active'`,
  academicSessions: `select ${head('x')}, x.title, x.type, x.start_date as "startDate", x.end_date as "endDate",
      ${sid('p')} as "parentSourcedId", x.school_year as "schoolYear"
    from academic_session x ${join('academic_session', 'p', 'parent_id')} where x.municipality_id = $M and x.status = 'active'`,
  courses: `select ${head('x')}, ${empty('schoolYearSourcedId')}, x.title, x.course_code as "courseCode", ${empty('grades')},
      ${sid('o')} as "orgSourcedId", ${empty('subjects')}, x.subject as "subjectCodes"
    from course x ${join('org', 'o', 'school_id')} where x.municipality_id = $M and x.status = 'active'`,
  classes: `select ${head('x')}, x.title, x.grade as grades, ${sid('c')} as "courseSourcedId", ${empty('classCode')},
      x.class_type as "classType", ${empty('location')}, ${sid('o')} as "schoolSourcedId", ${sid('s')} as "termSourcedIds",
      ${empty('subjects', 'subjectCodes', 'periods')}, x.language as "metadata.digione.language"
    from class x ${join('course', 'c', 'course_id')} ${join('org', 'o', 'school_id')} ${join('academic_session', 's', 'session_id')}
    where x.municipality_id = $M and x.status = 'active' and o.status = 'active'`,
  users: `select ${head('x')}, case x.status when 'active' then 'true' else 'false' end as "enabledUser",
      n.username, n.ids as "userIds",
      x.given_name as "givenName", x.family_name as "familyName", ${empty('middleName', 'identifier')}, x.email, ${empty('sms')}, x.phone,
      g.agents as "agentSourcedIds",
      ${empty('grades', 'password')}, x.oid as "userMasterIdentifier", x.preferred_name as "preferredGivenName",
      ${empty('preferredMiddleName', 'preferredFamilyName', 'primaryOrgSourcedId', 'pronouns')},
      x.language as "metadata.digione.language", x.address as "metadata.digione.address"
    from person x left join (${identifiers}) n on n.person_id = x.id left join (${guardians}) g on g.child_id = x.id
    where x.municipality_id = $M and x.status <> 'tobedeleted'`,
  demographics: `select ${head('x')}, x.birth_date as "birthDate", ${empty('sex')}
    from person x where x.municipality_id = $M and x.status <> 'tobedeleted' and x.birth_date is not null`,
  roles: `select ${head('x')}, ${sid('p')} as "userSourcedId", 'primary' as "roleType", x.role, x.valid_from as "beginDate",
      x.valid_to as "endDate", ${sid('o')} as "orgSourcedId", ${empty('userProfileSourcedId')}
    from role x ${join('person', 'p', 'person_id')} ${join('org', 'o', 'org_id')}
    where x.municipality_id = $M and p.status <> 'tobedeleted' and o.status = 'active'
      and x.role not in ('reviewer', 'dataProtectionOfficer', 'vendor', 'support')`,
  enrollments: `select ${head('x')}, ${sid('c')} as "classSourcedId", ${sid('o')} as "schoolSourcedId", ${sid('p')} as "userSourcedId",
      x.role, x."primary"::text as "primary", x.valid_from as "beginDate", x.valid_to as "endDate"
    from enrollment x ${join('class', 'c', 'class_id')} ${join('org', 'o', 'school_id')} ${join('person', 'p', 'person_id')}
    where x.municipality_id = $M and c.status = 'active' and o.status = 'active' and p.status <> 'tobedeleted'`,
  categories: `select ${head('x')}, x.title, x.weight from category x where x.municipality_id = $M and x.status = 'active'`,
  lineItems: `select ${head('x')}, x.title, x.description, x.assign_date as "assignDate", x.due_date as "dueDate",
      ${sid('c')} as "classSourcedId", ${sid('k')} as "categorySourcedId", ${sid('s')} as "academicSessionSourcedId",
      x.result_min as "resultValueMin", x.result_max as "resultValueMax", ${sid('o')} as "schoolSourcedId"
    from line_item x ${join('class', 'c', 'class_id')} ${join('category', 'k', 'category_id')}
      ${join('academic_session', 's', 'session_id')} ${join('org', 'o', 'school_id')}
    where x.municipality_id = $M and x.status = 'active' and c.status = 'active' and k.status = 'active'
      and s.status = 'active' and o.status = 'active'`,
  results: `select ${head('x')}, ${sid('l')} as "lineItemSourcedId", ${sid('p')} as "studentSourcedId", x.score_status as "scoreStatus",
      x.score, x.score_date as "scoreDate", x.comment, x.text_score as "textScore",
      case c.status when 'active' then ${sid('c')} end as "classSourcedId",
      x.in_progress::text as "inProgress", x.incomplete::text as incomplete, x.late::text as late, x.missing::text as missing
    from result x ${join('line_item', 'l', 'line_item_id')} ${join('person', 'p', 'person_id')} ${join('class', 'c', 'class_id')}
    where x.municipality_id = $M and x.status = 'active' and l.status = 'active' and p.status <> 'tobedeleted'`,
  scoreScales: `select ${head('x')}, x.title, x.type, ${sid('o')} as "orgSourcedId", ${sid('u')} as "courseSourcedId",
      case c.status when 'active' then ${sid('c')} end as "classSourcedId", x.scale as "scoreScaleValue"
    from score_scale x ${join('org', 'o', 'org_id')} ${join('course', 'u', 'course_id')} ${join('class', 'c', 'class_id')}
    where x.municipality_id = $M and x.status = 'active' and o.status = 'active'`,
};
