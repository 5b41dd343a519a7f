import { type Source, sqlSource } from './source.ts';

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const isGuardian = `(select audience from asked) = 'guardian'`;
const asker = '(select asker from asked)';
const protectedFields = (names: readonly string[]) => (lens: { withheld: boolean }) =>
  lens.withheld ? Object.fromEntries(names.map((name) => [name, 'non-disclosure'])) : {};
const otherPersons = () => ['other-person'] as const;
const safety = () => ['safety'] as const;

/** What the core itself keeps about a person as people know it: who they are, where they belong, who answers for them. */
export const personSources: readonly Source[] = [
  sqlSource({
    id: 'person',
    tables: ['person'],
    elements: [
      'students.givenName',
      'students.familyName',
      'students.preferredName',
      'students.birthDate',
      'students.languages',
      'students.email',
      'students.phone',
      'students.address',
      'students.photo',
    ],
    fields: protectedFields(['email', 'phone', 'address', 'photo']),
    select: `select p.id::text, jsonb_build_object('learnerNumber', p.oid, 'givenName', p.given_name, 'familyName', p.family_name,
        'preferredName', p.preferred_name, 'birthDate', p.birth_date, 'language', p.language, 'email', p.email, 'phone', p.phone,
        'address', p.address, 'photo', p.photo, 'status', p.status), null::text
      from person p where p.municipality_id = $1 and p.id = $2`,
  }),
  sqlSource({
    id: 'identifiers',
    tables: ['person_identifier'],
    always: () => ['secret'],
    select: `select i.scheme || ' ' || i.value, jsonb_build_object('scheme', i.scheme, 'value', i.value),
        case when i.scheme = 'hetu-hash' then 'secret' end
      from person_identifier i where i.municipality_id = $1 and i.person_id = $2`,
  }),
  sqlSource({
    id: 'accounts',
    tables: ['account_person', 'account', 'passkey'],
    always: () => ['secret'],
    select: `select a.id::text, jsonb_build_object('provider', a.issuer, 'createdAt', ${iso('a.created_at')}, 'passkeys', (
        select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'createdAt', ${iso('k.created_at')}, 'usedAt', ${iso('k.used_at')})), '[]')
        from passkey k where k.account_id = a.id)), case when ${isGuardian} then 'other-person' end
      from account_person l join account a on a.id = l.account_id where l.municipality_id = $1 and l.person_id = $2`,
  }),
  sqlSource({
    id: 'sessions',
    tables: ['session'],
    always: () => ['secret'],
    select: `select s.id::text, jsonb_build_object('provider', s.provider, 'browser', s.browser, 'system', s.system, 'means', s.means,
        'signedInAt', ${iso('s.auth_time')}, 'seenAt', ${iso('s.seen_at')}), case when ${isGuardian} then 'other-person' end
      from session s where s.municipality_id = $1 and s.person_id = $2`,
  }),
  sqlSource({
    id: 'roles',
    tables: ['role'],
    fields: protectedFields(['place']),
    select: `select r.id::text, jsonb_build_object('role', r.role, 'place', o.name, 'from', r.valid_from, 'to', r.valid_to), null
      from role r join org o on o.municipality_id = $1 and o.id = r.org_id where r.municipality_id = $1 and r.person_id = $2`,
  }),
  sqlSource({
    id: 'enrolments',
    tables: ['enrollment'],
    elements: ['classes.title', 'students.grade'],
    fields: protectedFields(['school', 'class', 'grade']),
    select: `select s.id::text, jsonb_build_object('role', s.role, 'school', o.name, 'class', c.title, 'grade', c.grade,
        'from', s.valid_from, 'to', s.valid_to), null
      from enrollment s join class c on c.municipality_id = $1 and c.id = s.class_id
      join org o on o.municipality_id = $1 and o.id = s.school_id where s.municipality_id = $1 and s.person_id = $2`,
  }),
  sqlSource({
    id: 'guardians',
    tables: ['guardianship'],
    always: otherPersons,
    select: `select g.id::text, jsonb_build_object('link', case when g.guardian_id = $2 then 'guardian of a child'
          when g.guardian_id = ${asker} then 'you' else 'another guardian' end,
        'legal', g.legal, 'see', g.can_see, 'decide', g.can_decide, 'notified', g.notify, 'source', g.source,
        'from', g.valid_from, 'to', g.valid_to),
        case when ${isGuardian} and g.guardian_id <> ${asker} then 'other-person' end
      from guardianship g where g.municipality_id = $1 and (g.child_id = $2 or g.guardian_id = $2)`,
  }),
  sqlSource({
    id: 'guardian-changes',
    tables: ['pending_access'],
    always: otherPersons,
    select: `select a.id::text, jsonb_build_object('kind', a.kind, 'role', a.role, 'state', a.state, 'askedAt', ${iso('a.created_at')},
        'from', a.valid_from, 'to', a.valid_to),
        case when a.person_id <> ${asker} and (${isGuardian} or a.person_id <> $2) then 'other-person' end
      from pending_access a where a.municipality_id = $1 and (a.person_id = $2 or a.child_id = $2)`,
  }),
  sqlSource({
    id: 'mandates',
    tables: ['mandate'],
    always: otherPersons,
    select: `select m.guardian_id || ' ' || m.child_id, jsonb_build_object('allowed', m.allowed, 'checkedAt', ${iso('m.checked_at')},
        'validUntil', ${iso('m.valid_until')}), case when ${isGuardian} and m.guardian_id <> ${asker} then 'other-person' end
      from mandate m where m.municipality_id = $1 and (m.child_id = $2 or m.guardian_id = $2)`,
  }),
  sqlSource({
    id: 'protections',
    tables: ['protection', 'disclosure_permit'],
    always: safety,
    select: `select x.id::text, jsonb_build_object('kind', x.kind, 'source', split_part(x.source, ':', 1), 'from', x.valid_from, 'to', x.valid_to),
        case when x.person_id <> $2 or ${isGuardian} and x.kind not in ('restriction', 'objection') or x.kind = 'custody' then 'safety' end
      from protection x where x.municipality_id = $1 and (x.person_id = $2 or x.against_person_id = $2)
      union all
      select z.person_id || ' ' || z.permitted_id, '{}', 'safety' from disclosure_permit z
      where z.municipality_id = $1 and (z.person_id = $2 or z.permitted_id = $2)`,
  }),
  sqlSource({
    id: 'merges',
    tables: ['person_merge'],
    select: `select m.merged_id::text, jsonb_build_object('merged', m.merged_id, 'kept', m.kept_id, 'reason', m.reason, 'at', ${iso('m.merged_at')}), null
      from person_merge m where m.municipality_id = $1 and (m.kept_id = $2 or m.merged_id = $2)`,
  }),
];

/** School work: timetable, attendance, marks. */
export const schoolSources: readonly Source[] = [
  sqlSource({
    id: 'lessons',
    tables: ['calendar_event'],
    fields: protectedFields(['title', 'place']),
    select: `select c.id::text, jsonb_build_object('title', c.title, 'place', c.place, 'from', ${iso('c.start_at')}, 'to', ${iso('c.end_at')}), null
      from calendar_event c where c.municipality_id = $1 and c.teacher_id = $2`,
  }),
  sqlSource({
    id: 'attendance',
    tables: ['attendance'],
    fields: protectedFields(['lesson']),
    select: `select a.id::text, jsonb_build_object('lesson', c.title, 'from', ${iso('c.start_at')}, 'present', a.attendance_minutes,
        'absentWithReason', a.valid_absence_minutes, 'absentWithoutReason', a.invalid_absence_minutes, 'reason', a.absence_reason,
        'reportedAt', ${iso('a.reported_at')}), null
      from attendance a join calendar_event c on c.municipality_id = $1 and c.id = a.event_id
      where a.municipality_id = $1 and a.student_id = $2`,
  }),
  sqlSource({
    id: 'absences',
    tables: ['absence'],
    fields: protectedFields(['school']),
    select: `select a.id::text, jsonb_build_object('school', o.name, 'from', ${iso('a.start_at')}, 'to', ${iso('a.end_at')},
        'reason', a.reason, 'status', a.status, 'registeredByYou', a.registered_by = ${asker}, 'registeredAt', ${iso('a.registered_at')}), null
      from absence a join org o on o.municipality_id = $1 and o.id = a.school_id
      where a.municipality_id = $1 and a.student_id = $2`,
  }),
  sqlSource({
    id: 'results',
    tables: ['result'],
    select: `select r.id::text, jsonb_build_object('item', l.title, 'status', r.score_status, 'score', r.score, 'textScore', r.text_score,
        'date', r.score_date, 'comment', r.comment, 'late', r.late, 'missing', r.missing), null
      from result r join line_item l on l.municipality_id = $1 and l.id = r.line_item_id
      where r.municipality_id = $1 and r.person_id = $2`,
  }),
];

/** What the person and those around them decided and asked. */
export const decisionSources: readonly Source[] = [
  sqlSource({
    id: 'consents',
    tables: ['consent_state'],
    select: `select c.plugin || ' ' || c.purpose, jsonb_build_object('plugin', c.plugin, 'purpose', c.purpose, 'state', c.state, 'valid', c.valid,
        'elements', c.elements, 'expiresOn', c.expires_on, 'changedAt', ${iso('c.changed_at')}), null
      from consent_state c where c.municipality_id = $1 and c.person_id = $2`,
  }),
  sqlSource({
    id: 'processors',
    tables: ['processor_notice', 'processor_second_look'],
    select: `select n.id::text, jsonb_build_object('plugin', n.plugin, 'host', n.host, 'purpose', n.purpose, 'reason', n.reason,
        'elements', n.elements, 'askedAt', ${iso('n.asked_at')}, 'acknowledgedAt', ${iso('n.acknowledged_at')}), null
      from processor_notice n where n.municipality_id = $1 and n.person_id = $2`,
  }),
  sqlSource({
    id: 'consent-log',
    tables: ['consent_event', 'notice'],
    always: otherPersons,
    select: `select e.id::text, jsonb_build_object('plugin', e.plugin, 'purpose', e.purpose, 'act', e.act, 'state', e.state,
        'byYou', e.by_person_id = ${asker}, 'byRole', e.by_role, 'at', ${iso('e.at')}, 'elements', e.elements, 'language', e.language,
        'notice', n.body, 'noticeHash', e.notice_hash), null
      from consent_event e left join notice n on n.municipality_id = $1 and n.hash = e.notice_hash
      where e.municipality_id = $1 and e.person_id = $2`,
  }),
  sqlSource({
    id: 'consent-cases',
    tables: ['consent_case'],
    select: `select c.id::text, jsonb_build_object('plugin', c.plugin, 'purpose', c.purpose, 'openedAt', ${iso('c.opened_at')},
        'closedAt', ${iso('c.closed_at')}), null
      from consent_case c where c.municipality_id = $1 and c.person_id = $2`,
  }),
  sqlSource({
    id: 'consent-reviews',
    tables: ['consent_review'],
    select: `select r.reviewed_on::text, jsonb_build_object('date', r.reviewed_on), null
      from consent_review r where r.municipality_id = $1 and r.person_id = $2`,
  }),
  sqlSource({
    id: 'openings',
    tables: ['disclosure_opening'],
    always: safety,
    // Who asked and why may tell where a protected child is: told by the officer, never by a file.
    select: `select o.id::text, '{}'::jsonb, 'safety' from disclosure_opening o where o.municipality_id = $1 and o.person_id = $2`,
  }),
  sqlSource({
    id: 'questions',
    tables: ['family_case'],
    always: otherPersons,
    select: `select f.id::text, jsonb_build_object('question', f.question, 'askedAt', ${iso('f.asked_at')}, 'answer', f.answer,
        'answeredBy', f.answered_role, 'answeredAt', ${iso('f.answered_at')}), null
      from family_case f where f.municipality_id = $1 and f.person_id = $2 and f.asked_by = ${asker}`,
  }),
  sqlSource({
    id: 'requests',
    tables: ['rights_request', 'rights_erasure', 'rights_receipt', 'rights_recipient'],
    always: otherPersons,
    select: `select r.id::text, jsonb_build_object('kind', r.kind, 'askedAt', ${iso('r.asked_at')}, 'wish', r.wish, 'element', r.element,
        'value', r.value, 'dueOn', r.due_on, 'state', r.state, 'outcome', r.outcome, 'reasons', r.reasons, 'decidedAt', ${iso('r.decided_at')},
        'receipts', (select coalesce(jsonb_agg(x.receipt order by x.at), '[]') from rights_receipt x
          where x.municipality_id = $1 and x.request_id = r.id),
        'recipients', (select coalesce(jsonb_agg(jsonb_build_object('kind', y.kind, 'name', y.name, 'state', y.state)), '[]')
          from rights_recipient y where y.municipality_id = $1 and y.request_id = r.id)), null
      from rights_request r where r.municipality_id = $1 and r.person_id = $2 and r.asked_by = ${asker}`,
  }),
  sqlSource({
    id: 'exports',
    tables: ['subject_export', 'subject_export_page'],
    always: otherPersons,
    select: `select e.id::text, jsonb_build_object('askedAt', ${iso('e.asked_at')}, 'state', e.state, 'readyAt', ${iso('e.ready_at')}), null
      from subject_export e where e.municipality_id = $1 and e.person_id = $2 and e.asked_by = ${asker}`,
  }),
  sqlSource({
    id: 'incidents',
    tables: ['incident_person'],
    always: () => ['officer-only'],
    select: `select i.id::text, jsonb_build_object('title', i.title, 'plugin', i.plugin, 'from', ${iso('i.began_at')}, 'to', ${iso('i.ended_at')},
        'elements', p.elements, 'measures', i.measures), case when i.letters_at is null then 'officer-only' end
      from incident_person p join incident i on i.municipality_id = $1 and i.id = p.incident_id
      where p.municipality_id = $1 and p.person_id = $2`,
  }),
];

/** What plugins said to the person or about them, and how it was brought. */
export const messageSources: readonly Source[] = [
  sqlSource({
    id: 'notifications',
    tables: ['notification_setting'],
    always: otherPersons,
    select: `select n.person_id::text, jsonb_build_object('email', n.email, 'from', n.quiet_from, 'to', n.quiet_to, 'muted', n.muted,
        'changedAt', ${iso('n.changed_at')}), case when ${isGuardian} then 'other-person' end
      from notification_setting n where n.municipality_id = $1 and n.person_id = $2`,
  }),
  sqlSource({
    id: 'mails',
    tables: ['mail_outbox'],
    always: otherPersons,
    select: `select m.message_id || ' ' || m.recipient_id, jsonb_build_object('plugin', m.plugin, 'purpose', m.purpose, 'status', m.status,
        'sentAt', ${iso('m.done_at')}), null
      from mail_outbox m where m.municipality_id = $1 and (m.recipient_id = ${asker} and m.subject_id = $2
        or m.recipient_id = $2 and not ${isGuardian})`,
  }),
  sqlSource({
    id: 'messages',
    tables: ['inbox_message'],
    always: otherPersons,
    select: `select m.id || ' ' || m.recipient_id, jsonb_build_object('plugin', m.plugin, 'title', m.title, 'body', m.body, 'sentAt', ${iso('m.sent_at')},
      'readAt', ${iso('m.read_at')}), null
    from inbox_message m where m.municipality_id = $1 and (m.recipient_id = ${asker} and m.subject_id = $2
      or m.recipient_id = $2 and not ${isGuardian})`,
  }),
];
