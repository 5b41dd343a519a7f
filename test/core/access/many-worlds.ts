import fc from 'fast-check';
import pg from 'pg';
import {
  createAccess,
  createDecisionIndex,
  decide,
  type DecisionIndex,
  decideSubject,
  type Question,
  type World,
} from '../../../core/access/index.ts';
import { bitsOf } from '../../../core/audit/index.ts';
import type { Actor } from '../../../core/identity/index.ts';
import { Refusal } from '../../../core/kernel/index.ts';
import type { TestDatabase } from '../../support/database.ts';
import { consistent } from './consistent-world.ts';
import { rowsOfWorld } from './plant-world.ts';
import { anyQuestion, anyWorld, elements, persons, purposes, today } from './random-world.ts';

/**
 * Many random worlds at once, each a municipality of its own: planted in bulk, asked through the real door, and compared with
 * the reference decision by what the log says was handed out. The index in memory is compared on the same worlds.
 */
export interface ManyWorlds {
  worlds: number;
  seed: number;
  /** Worlds that are planted together. */
  batch: number;
  questionsPerWorld: number;
  onBatch?: (soFar: Agreement) => void;
}

export interface Agreement {
  worlds: number;
  /** Questions through the real door, and fields decided by the index. */
  questions: number;
  fields: number;
  /** Of the questions, those that showed somebody, and those that were refused as a whole: both kinds must be there. */
  shown: number;
  refused: number;
  disagreements: Disagreement[];
}

export interface Disagreement {
  seed: number;
  world: World;
  question: Question;
  expected: unknown;
  found: unknown;
}

const manifest = { scopes: purposes.map((purpose) => ({ purpose, elements })) } as never;
const firstInstant = Date.parse('2026-11-24T10:00:00Z');
/** No more than the pool has connections, so that none waits for one on a busy machine. */
const askedAtOnce = 5;
const mostKept = 5;

export async function worldsAgree(
  { database, url }: TestDatabase,
  { worlds, seed, batch, questionsPerWorld, onBatch }: ManyWorlds,
): Promise<Agreement> {
  const soFar: Agreement = { worlds: 0, questions: 0, fields: 0, shown: 0, refused: 0, disagreements: [] };
  const clock = { now: () => new Date(), today: () => today };
  const access = createAccess({ database, clock, secret: Buffer.alloc(32, 7) });
  const planter = new pg.Client({ connectionString: url, options: '-c search_path=core,public' });
  await planter.connect();
  try {
    // References between rows are not what is tested here; the tables' own checks stay.
    await planter.query('set session_replication_role = replica; set synchronous_commit = off');
    for (let first = 0; first < worlds && soFar.disagreements.length < mostKept; first += batch) {
      const drawn = drawWorlds({ seed: seed + first, count: Math.min(batch, worlds - first), questionsPerWorld });
      const planted = await plantAll(planter, drawn);
      await askAll(access, clock, drawn);
      await readAnswers(planter, drawn);
      compare(soFar, drawn, seed + first);
      await planter.query(`truncate ${[...planted, 'audit_event'].join()} cascade`);
      onBatch?.(soFar);
    }
  } finally {
    await planter.end();
  }
  return soFar;
}

interface Answer {
  verdict: string | null;
  masks: Record<string, number>;
  bound?: { noExport: string[]; duringRequest: string[] };
  rows?: Record<string, string>[];
}

interface DrawnWorld {
  municipality: string;
  world: World;
  asked: { question: Question; at: number; answer?: Answer }[];
}

function drawWorlds(of: { seed: number; count: number; questionsPerWorld: number }): DrawnWorld[] {
  const size = { minLength: of.questionsPerWorld, maxLength: of.questionsPerWorld };

  return fc
    .sample(fc.tuple(anyWorld, fc.array(anyQuestion, size)), { numRuns: of.count, seed: of.seed })
    .map(([world, questions], index) => ({
      municipality: `33333333-0000-4000-8000-${String(index).padStart(12, '0')}`,
      world: consistent(world),
      asked: questions.map((question, place) => ({
        question,
        at: firstInstant + index * of.questionsPerWorld + place,
      })),
    }));
}

/** Answers with the names of the tables. */
async function plantAll(planter: pg.Client, drawn: DrawnWorld[]): Promise<string[]> {
  const tables = new Map<string, Record<string, unknown>[]>();
  for (const { municipality, world } of drawn) {
    for (const [table, rows] of rowsOfWorld(municipality, world)) keepRows(tables, table, rows);
  }
  for (const [table, rows] of tables) {
    if (rows.length === 0) continue;
    const columns = Object.keys(rows[0]!).map((column) => `"${column}"`);
    await planter.query(
      `insert into ${table} (${columns.join()}) select ${columns.join()} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
    await planter.query(`analyze ${table}`);
  }
  return [...tables.keys()];
}

function keepRows(
  tables: Map<string, Record<string, unknown>[]>,
  table: string,
  rows: Record<string, unknown>[],
): void {
  const kept = tables.get(table) ?? [];
  kept.push(...rows);
  tables.set(table, kept);
}

/** Several at once; each at an instant of its own, by which the log's line is found again. */
async function askAll(
  access: ReturnType<typeof createAccess>,
  clock: { now(): Date },
  drawn: DrawnWorld[],
): Promise<void> {
  const queue = drawn.flatMap(({ municipality, asked }) => asked.map((one) => ({ municipality, one })));
  let next = 0;
  const lane = async () => {
    for (let place = next++; place < queue.length; place = next++) {
      const { municipality, one } = queue[place]!;
      clock.now = () => new Date(one.at);
      one.answer = await ask(access, municipality, one.question);
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, lane));
}

async function ask(access: ReturnType<typeof createAccess>, municipality: string, question: Question): Promise<Answer> {
  const { role, actor, school, plugin, purpose, lease } = question;
  const grant = plugin
    ? { municipality, plugin, version: '1.0.0', school, manifest }
    : ({ kind: 'portal', municipality, purpose: 'class-list' } as const);
  const ofClass = question.class && plugin ? access.pseudonym(municipality, plugin, question.class) : question.class;
  const asked = {
    grant,
    actor: { person: actor, role, municipality: { id: municipality } } as Actor,
    purpose,
    school,
    elements: question.elements,
    ...(lease && { lease }),
    ...(ofClass && { class: ofClass }),
  };
  try {
    const { rows, bound } = await access.students(asked);
    const named = rows.map((row) => ({
      ...(row as unknown as Record<string, string>),
      id: plugin ? access.person(municipality, plugin, row.id)! : row.id,
    }));
    return { verdict: null, masks: {}, bound, rows: named };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { verdict: error.code, masks: {} };
  }
}

/** What was handed out is what the log says. */
async function readAnswers(planter: pg.Client, drawn: DrawnWorld[]): Promise<void> {
  const { rows } = await planter.query<{ at: Date; reason: string | null; subjects: string[]; masks: number[] }>(
    'select at, reason, subjects, masks from audit_event',
  );
  const events = new Map(rows.map((row) => [row.at.getTime(), row]));
  for (const one of drawn.flatMap(({ asked }) => asked)) {
    const event = events.get(one.at);
    if (!event) continue;
    one.answer = {
      ...one.answer,
      verdict: event.reason,
      masks: Object.fromEntries(event.subjects.map((id, index) => [id, event.masks[index]!])),
    };
  }
}

function compare(soFar: Agreement, drawn: DrawnWorld[], seed: number): void {
  for (const { world, asked } of drawn) {
    soFar.worlds += 1;
    const index = createDecisionIndex(world, today);
    for (const { question, answer } of asked) {
      soFar.questions += 1;
      const expected = expectedAnswer(world, question);
      if (expected.verdict !== null) soFar.refused += 1;
      else if (Object.keys(expected.masks).length > 0) soFar.shown += 1;
      const found = answer && { ...answer, rows: coarseParts(answer.rows) };
      const wanted = expected.verdict === null ? expected : { verdict: expected.verdict, masks: {}, rows: undefined };
      if (!isEqual(found, wanted)) soFar.disagreements.push({ seed, world, question, expected: wanted, found });
      compareIndex(soFar, { world, index, question, seed });
    }
  }
}

function expectedAnswer(world: World, question: Question): Answer {
  const { verdict, subjects } = decide(world, question);
  const bits = bitsOf(question.elements);
  const shown = subjects.filter(({ visible }) => visible);
  const of = (is: (field: Extract<(typeof shown)[0]['fields'][string], { allow: true }>) => boolean) =>
    question.elements.filter((element) =>
      shown.some(({ fields }) => {
        const field = fields[element]!;
        return field.allow && is(field);
      }),
    );
  return {
    verdict: verdict ?? null,
    masks: Object.fromEntries(
      shown.map(({ person, fields }) => [
        person,
        question.elements.reduce((mask, element, i) => (fields[element]?.allow ? mask | bits[i]! : mask), 0),
      ]),
    ),
    bound: {
      noExport: of(({ obligations }) => obligations.noExport),
      duringRequest: of(({ obligations }) => question.plugin !== undefined && obligations.lease === 'during-request'),
    },
    rows: shown
      .map(({ person, fields }) => ({ person, fields, known: world.persons.find(({ id }) => id === person)! }))
      .map(({ person, fields, known }) => ({
        id: person,
        ...shownValue('familyName', fields['students.familyName'], { whole: `Family ${person.at(-1)}`, coarse: 'F.' }),
        ...shownValue('birthDate', fields['students.birthDate'], {
          whole: known.birthDate,
          coarse: known.birthDate && `${known.birthDate.slice(0, 4)}-01-01`,
        }),
        ...shownValue('email', fields['students.email'], { whole: 'learner@example.fi', coarse: undefined }),
        ...shownValue('address', fields['students.address'], { whole: 'Street 1, 02100 Espoo', coarse: '02100 Espoo' }),
      }))
      .sort((a, b) => a.id.localeCompare(b.id)),
  };
}

function shownValue(
  name: string,
  field: ReturnType<typeof decideSubject>['fields'][string] | undefined,
  { whole, coarse }: { whole: string | undefined; coarse: string | undefined },
): Record<string, string> {
  const value = field?.allow ? (field.obligations.coarse ? coarse : whole) : undefined;
  return value === undefined ? {} : { [name]: value };
}

/** Of the rows, what tells a coarse value from a whole one. */
function coarseParts(rows: Answer['rows']): Answer['rows'] {
  return rows
    ?.map(({ givenName: _, preferredName: _p, ...row }) => row as Record<string, string>)
    .sort((a, b) => a['id']!.localeCompare(b['id']!));
}

function compareIndex(
  soFar: Agreement,
  { world, index, question: drawn, seed }: { world: World; index: DecisionIndex; question: Question; seed: number },
): void {
  const { class: _, ...asked } = drawn;
  const plugin = drawn.plugin ?? 'demo-vendor/one';
  const question: Question = { ...asked, plugin, elements };
  const lens = index.lens({ ...question, plugin });
  for (const person of persons) {
    const { fields } = decideSubject(world, question, person);
    const isActive = world.persons.some(({ id, active }) => id === person && active);
    const mask = lens.allowed(person);
    for (const element of elements) {
      soFar.fields += 1;
      const expected = isActive && fields[element]!.allow;
      const found = (mask & lens.bit(element)) !== 0;
      if (expected !== found) soFar.disagreements.push({ seed, world, question, expected: { person, element }, found });
    }
  }
}

/** Equal but for the order of keys; absent and undefined are the same. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) =>
    isEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}
