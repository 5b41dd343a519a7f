import { elementsIn } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { type Clock, type Id, Refusal, refuse } from '../kernel/index.ts';
import type { Budgets } from './budgets/budgets.ts';
import { type AccessQuestion, checkQuestion, parametersOf } from './access-question.ts';
import { decisionSql, type GrantKind } from './decision-sql.ts';
import { logRefused } from './refused-event.ts';
import { refuseVerdict } from './verdicts.ts';
import type { RelatedRole } from './relation-sql.ts';

export interface StudentsPage {
  class?: Id;
  limit: number;
  after?: Id;
  /** Only these persons. */
  only?: readonly Id[];
}

/** A learner as far as the decision lets through: what is denied and what is empty look the same. */
export interface StudentRow {
  id: Id;
  givenName?: string;
  familyName?: string;
  preferredName?: string;
  grade?: string;
  birthDate?: string;
  languages?: string[];
  email?: string;
  phone?: string;
  address?: string;
  photo?: string;
}

/** Elements among the shown ones that come with a duty. */
export interface BoundElements {
  /** May be used and sent nowhere. */
  noExport: string[];
  /** May not outlive the request. */
  duringRequest: string[];
}

export interface ShownStudents {
  rows: StudentRow[];
  bound: BoundElements;
}

interface Row {
  verdict: string | null;
  id: Id | null;
  mask: number;
  no_export: number;
  during: number;
  given_name: string | null;
  family_name: string | null;
  preferred_name: string | null;
  grade: string | null;
  birth_date: string | null;
  language: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  photo: string | null;
}

/** Most persons that one question about storage may name. */
const mostSubjects = 5000;

export interface StudentsDeps {
  database: Database;
  clock: Clock;
  budgets?: Pick<Budgets, 'take' | 'add'> | undefined;
}

export function createStudentsStore({ database, clock, budgets }: StudentsDeps) {
  const statements = compileAll();

  return {
    /** One statement decides, reads and logs; its rows are handed out after the commit. */
    async students(question: AccessQuestion, page: StudentsPage): Promise<ShownStudents> {
      const role = checkQuestion(question);
      budgets?.take(question.grant);
      const statement = statements.get(nameOf({ role, kind: kindOf(question), fields: true }))!;
      const values = parametersOf(question, { ...page, clock, action: 'students.read' });
      const rows = await database.askTenant<Row>(question.grant.municipality, { ...statement, values });
      refuseVerdict(rows[0]?.verdict, question);
      const shown = rows.filter((row) => row.id !== null);
      budgets?.add(question.grant, shown.length);
      return { rows: shown.map(studentOf), bound: boundOf(shown, question.elements) };
    },

    /** Which of the persons may be touched, decided and logged in the caller's transaction. */
    async visibleSubjects(tx: Tx, question: AccessQuestion, what: SubjectsAsked): Promise<Set<Id>> {
      return new Set((await subjectMasks(tx, question, what)).keys());
    },

    subjectMasks,
  };

  /** The bits of what is open of each person who may be touched; a refusal that undoes the caller's transaction is logged too. */
  async function subjectMasks(
    tx: Tx,
    question: AccessQuestion,
    { action, subjects }: SubjectsAsked,
  ): Promise<Map<Id, number>> {
    if (subjects.length > mostSubjects) refuse('too-large', `Name at most ${mostSubjects} learners.`);
    const role = checkQuestion(question);
    budgets?.take(question.grant);
    const statement = statements.get(nameOf({ role, kind: kindOf(question), fields: false }))!;
    const values = parametersOf(question, { action, clock, only: subjects, limit: mostSubjects });
    tx.ifUndone(async (after, error) => {
      if (error instanceof Refusal) await logRefused(after, question, { action, refusal: error, clock });
    });
    const rows = await tx.query<Row>({ ...statement, values });
    refuseVerdict(rows[0]?.verdict, question);
    budgets?.add(question.grant, rows.length);
    return new Map(rows.flatMap(({ id, mask }) => (id === null ? [] : [[id, mask] as const])));
  }
}

interface SubjectsAsked {
  action: string;
  subjects: readonly Id[];
}

interface Shape {
  role: RelatedRole;
  kind: GrantKind;
  fields: boolean;
}

function compileAll(): Map<string, { name: string; text: string }> {
  const statements = new Map<string, { name: string; text: string }>();
  for (const role of ['teacher', 'principal', 'guardian', 'student', 'platform', 'support'] as const)
    for (const kind of ['plugin', 'portal'] as const)
      for (const fields of [true, false]) {
        const name = nameOf({ role, kind, fields });
        statements.set(name, { name, text: decisionSql({ role, kind, fields }) });
      }
  return statements;
}

function nameOf({ role, kind, fields }: Shape): string {
  return `access-${role}-${kind}-${fields ? 'students' : 'subjects'}`;
}

function kindOf({ grant }: AccessQuestion): GrantKind {
  return grant.kind === 'portal' ? 'portal' : 'plugin';
}

function boundOf(rows: readonly Row[], elements: readonly string[]): BoundElements {
  const bits = (of: (row: Row) => number) => rows.reduce((mask, row) => mask | of(row), 0);
  return {
    noExport: elementsIn(
      bits((row) => row.no_export),
      elements,
    ),
    duringRequest: elementsIn(
      bits((row) => row.during),
      elements,
    ),
  };
}

function studentOf(row: Row): StudentRow {
  return {
    id: row.id!,
    ...(row.given_name !== null && { givenName: row.given_name }),
    ...(row.family_name !== null && { familyName: row.family_name }),
    ...(row.preferred_name !== null && { preferredName: row.preferred_name }),
    ...(row.grade !== null && { grade: row.grade }),
    ...(row.birth_date !== null && { birthDate: row.birth_date }),
    ...(row.language !== null && { languages: [row.language] }),
    ...(row.email !== null && { email: row.email }),
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.address !== null && { address: row.address }),
    ...(row.photo !== null && { photo: row.photo }),
  };
}
