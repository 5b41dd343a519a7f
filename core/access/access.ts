import type { Database, Tx } from '../db/index.ts';
import { type Clock, type Id, refuse } from '../kernel/index.ts';
import type { AccessQuestion } from './access-question.ts';
import { platformActor } from './platform-actor.ts';
import { type ClassRow, createClassesStore } from './classes-store.ts';
import { elementsIn } from '../audit/index.ts';
import type { Actor } from '../identity/index.ts';
import { explain, type Explanation, type ExplainQuestion } from './explain.ts';
import { type ExplainedPerson, findPeople } from './explained-people.ts';
import type { Budgets } from './budgets/budgets.ts';
import { createFamilyPages, type FamilyPages } from './family-store.ts';
import type { Grant, PortalGrant } from './grant.ts';
import { createViewerPages, type ViewerPages } from './viewers.ts';
import { createPairwiseIds, type PairwiseIds } from './pairwise-ids.ts';
import { type BoundElements, createStudentsStore, type StudentRow } from './students-store.ts';

export interface Page {
  /** 1–500, default 500. */
  limit?: number;
  /** As the last answer gave it. */
  cursor?: string;
}

/** The only way to personal data. Plugins give and get pairwise ids; the portal's own door real ones. */
export interface Access {
  students(
    question: AccessQuestion & Page & { class?: Id },
  ): Promise<{ rows: StudentRow[]; next?: string; bound: BoundElements }>;
  /** One learner by real id, through the portal's own door; refuses with the same words whether or not there is one. */
  student(question: AccessQuestion & { grant: PortalGrant; person: Id }): Promise<StudentRow>;
  classes(question: AccessQuestion & Page): Promise<{ rows: ClassRow[]; next?: string }>;
  /**
   * Of the persons (real ids), those whom the actor and the plugin may touch for this purpose now. Decided and logged in the
   * caller's transaction, so that it is read or written together with what it guards.
   */
  visibleSubjects(tx: Tx, question: SubjectQuestion & { subjects: readonly Id[] }): Promise<Set<Id>>;
  /** The same decision, with which of the elements may be read or written of each person who is there at all. */
  visibleElements(
    tx: Tx,
    question: SubjectQuestion & { subjects: readonly Id[] },
  ): Promise<Map<Id, ReadonlySet<string>>>;
  /** Refuses with `not-allowed` unless the one person (real id) may be touched; the same words whether or not there is one. */
  mayTouchSubject(tx: Tx, question: SubjectQuestion & { subject: Id }): Promise<void>;
  /** Why somebody sees or does not see what, for administrators and the data protection officer. */
  explain(actor: Actor, question: ExplainQuestion): Promise<Explanation>;
  /** People of a school whom such a question can name. */
  findPeople(actor: Actor, question: { school: Id; name: string }): Promise<ExplainedPerson[]>;
  /** Who can see what of a learner, today or on a day in the past. */
  readonly viewers: ViewerPages;
  /** Pages of guardians and learners about themselves. */
  readonly family: FamilyPages;
  readonly pairwise: PairwiseIds;
  /** What a plugin calls this person, class or school. */
  pseudonym(municipality: Id, plugin: string, id: Id): Id;
  /** Whom a plugin means; undefined for what is no id. An invented id names nobody. */
  person(municipality: Id, plugin: string, pseudonym: string): Id | undefined;
}

export interface SubjectQuestion extends AccessQuestion {
  action:
    | 'break-glass.ask'
    | 'storage.read'
    | 'storage.write'
    | 'storage.remove'
    | 'storage.allowed'
    | 'attendance.read'
    | 'attendance.report'
    | 'guardians.read'
    | 'notify.send'
    | 'events.publish'
    | 'events.deliver'
    | 'messages.send'
    | 'gradebook.read'
    | 'gradebook.write'
    | 'consent.request';
}

export interface AccessOptions {
  database: Database;
  clock: Clock;
  /** ≥ 32 bytes; the pairwise ids of all plugins derive from it. */
  secret: Uint8Array;
  /** How much plugins may read in a minute; without it there is no limit. */
  budgets?: Pick<Budgets, 'take' | 'add'>;
}

const mostRows = 500;

export function createAccess({ database, clock, secret, budgets }: AccessOptions): Access {
  const pairwise = createPairwiseIds(secret);
  const students = createStudentsStore({ database, clock, budgets });
  const classes = createClassesStore({ database, clock });

  return {
    async students({ limit, cursor, class: ofClass, ...question }) {
      const ids = idsOf(pairwise, question.grant);
      const after = ids.readCursor(cursor);
      const size = sizeOf(limit);
      const { rows: found, bound } = await students.students(question, {
        limit: size,
        ...(after && { after }),
        ...(ofClass && { class: ids.read(ofClass) }),
      });
      return { ...ids.page(found, size), bound };
    },

    async student({ person, ...question }) {
      const { rows } = await students.students(question, { limit: 1, only: [person] });
      return rows[0] ?? refuse('not-allowed', 'Nothing of this learner is yours to see here now.');
    },

    async classes({ limit, cursor, ...question }) {
      const ids = idsOf(pairwise, question.grant);
      const after = ids.readCursor(cursor);
      const size = sizeOf(limit);
      const found = await classes.classes(question, { limit: size, ...(after && { after }) });
      return ids.page(found, size);
    },

    visibleSubjects: (tx, { action, subjects, ...question }) =>
      students.visibleSubjects(tx, question, { action, subjects }),

    async visibleElements(tx, { action, subjects, ...question }) {
      const masks = await students.subjectMasks(tx, question, { action, subjects });
      return new Map([...masks].map(([person, mask]) => [person, new Set(elementsIn(mask, question.elements))]));
    },

    async mayTouchSubject(tx, { action, subject, ...question }) {
      const visible = await students.visibleSubjects(tx, question, { action, subjects: [subject] });
      if (!visible.has(subject)) refuse('not-allowed', 'Nothing may be kept or read about this learner here now.');
    },

    explain: (actor, question) => explain({ database, clock }, actor, question),
    findPeople: (actor, question) => findPeople({ database, clock }, actor, question),
    viewers: createViewerPages({ database, clock }),
    family: createFamilyPages({ database, clock }),
    pairwise,
    pseudonym: (municipality, plugin, id) => pairwise.pseudonym({ municipality, plugin }, id),
    person: (municipality, plugin, pseudonym) => pairwise.original({ municipality, plugin }, pseudonym),
  };
}

/** Ids as the grant's side writes them. */
function idsOf(pairwise: PairwiseIds, grant: Grant) {
  const realm = grant.kind === 'portal' ? undefined : { municipality: grant.municipality, plugin: grant.plugin };
  const read = (id: string): Id => (realm ? (pairwise.original(realm, id) ?? platformActor) : id);
  return {
    read,
    readCursor: (cursor: string | undefined) => (cursor === undefined ? undefined : read(cursor)),
    page<R extends { id: Id }>(found: R[], size: number): { rows: R[]; next?: string } {
      const names =
        realm && found.length > 0
          ? pairwise.pseudonyms(
              realm,
              found.map(({ id }) => id),
            )
          : found.map(({ id }) => id);
      const rows = found.map((row, index) => ({ ...row, id: names[index]! }));
      return rows.length < size ? { rows } : { rows, next: names.at(-1)! };
    },
  };
}

function sizeOf(limit = mostRows): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostRows)
    refuse('invalid-argument', `A page has 1–${mostRows} rows.`);
  return limit;
}
