/** Every table that the seed fills, in the order of its foreign keys, with its columns (municipality_id apart). */
export const seededTables = {
  org: { id: 'uuid', type: 'text', oid: 'text', name: 'text', school_type: 'text', parent_id: 'uuid' },
  academic_session: {
    id: 'uuid',
    title: 'text',
    type: 'text',
    start_date: 'date',
    end_date: 'date',
    parent_id: 'uuid',
    school_year: 'smallint',
  },
  course: { id: 'uuid', title: 'text', course_code: 'text', subject: 'text', school_id: 'uuid' },
  class: {
    id: 'uuid',
    title: 'text',
    class_type: 'text',
    grade: 'text',
    language: 'text',
    course_id: 'uuid',
    school_id: 'uuid',
    session_id: 'uuid',
  },
  person: {
    id: 'uuid',
    oid: 'text',
    given_name: 'text',
    family_name: 'text',
    preferred_name: 'text',
    birth_date: 'date',
    language: 'text',
    email: 'text',
    phone: 'text',
    address: 'text',
  },
  person_identifier: { scheme: 'text', value: 'text', person_id: 'uuid' },
  role: { id: 'uuid', person_id: 'uuid', role: 'text', org_id: 'uuid', valid_from: 'date', valid_to: 'date' },
  enrollment: {
    id: 'uuid',
    class_id: 'uuid',
    school_id: 'uuid',
    person_id: 'uuid',
    role: 'text',
    primary: 'boolean',
    valid_from: 'date',
    valid_to: 'date',
  },
  guardianship: {
    id: 'uuid',
    guardian_id: 'uuid',
    child_id: 'uuid',
    legal: 'boolean',
    can_see: 'boolean',
    can_decide: 'boolean',
    notify: 'boolean',
    source: 'text',
    valid_from: 'date',
    valid_to: 'date',
  },
  protection: {
    id: 'uuid',
    person_id: 'uuid',
    kind: 'text',
    against_person_id: 'uuid',
    source: 'text',
    valid_from: 'date',
  },
  calendar_event: {
    id: 'uuid',
    class_id: 'uuid',
    school_id: 'uuid',
    title: 'text',
    place: 'text',
    start_at: 'timestamptz',
    end_at: 'timestamptz',
    teacher_id: 'uuid',
  },
} as const;

export type SeededTable = keyof typeof seededTables;

interface ValueOf {
  uuid: string | null;
  text: string | null;
  date: string | null;
  timestamptz: string;
  boolean: boolean;
  smallint: number;
}

type RowOf<Columns> = { -readonly [Name in keyof Columns]: ValueOf[Columns[Name] & keyof ValueOf] };

/** All rows of one municipality, by table. */
export type TownRows = { [Table in SeededTable]: RowOf<(typeof seededTables)[Table]>[] };

export function emptyRows(): TownRows {
  const tables = Object.keys(seededTables) as SeededTable[];
  return Object.fromEntries(tables.map((table) => [table, []])) as unknown as TownRows;
}
