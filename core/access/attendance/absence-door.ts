import { appendEvent, elementBits } from '../../audit/index.ts';
import { familyTie, hasReached, type FamilyTie } from '../../consent/index.ts';
import type { Tx } from '../../db/index.ts';
import {
  absencesOf,
  absencesToDecide,
  attendanceOfStudents,
  decideAbsence,
  personNames,
  registerAbsence,
  schoolOnDay,
} from '../../education/index.ts';
import type { Actor } from '../../identity/index.ts';
import { type Id, refuse, schoolDate } from '../../kernel/index.ts';
import type { AttendanceDeps } from './lesson-door.ts';
import { schoolDay } from './school-day.ts';

const shown = ['attendance.presence', 'attendance.reason', 'attendance.illness'] as const;
const shownBits = shown.reduce((bits, element) => bits | elementBits[element], 0);
const names = ['students.givenName', 'students.familyName'];

/** Absences of the guardian's child, or of the learner themself: what lessons reported, and what was registered beforehand. */
export function absencesOfChild(
  deps: AttendanceDeps,
  actor: Actor,
  { child, from, to }: { child: string; from: string; to: string },
) {
  const { database, clock } = deps;
  const place = actor.municipality.id;
  const span = schoolDay(from, to);
  return database.inTenant(
    place,
    async (tx) => {
      const tie = await familyTie(tx, actor, { child, today: clock.today() });
      await logFamily(deps, tx, actor, { action: 'family.read', child: tie.child });
      const students = [tie.child];
      const lessons = await attendanceOfStudents(tx, place, { students, absencesOnly: true, ...span });
      const registered = await absencesOf(tx, place, { students, ...span });
      return {
        lessons: lessons.map((lesson) => ({ ...lesson, title: tie.withheld ? null : lesson.title })),
        registered,
        mayRegister: mayRegister(tie, clock.today()),
      };
    },
    { isolation: 'repeatable read' },
  );
}

const adultAge = 18;

/** Guardians register for their children, grown-up learners for themselves. */
function mayRegister(tie: FamilyTie, today: string): boolean {
  return tie.self ? hasReached(adultAge, tie.birthDate, today) : true;
}

export interface WantedAbsence {
  startAt: Date;
  endAt: Date;
  reason: string | null;
}

export async function registerForChild(
  deps: AttendanceDeps,
  actor: Actor,
  { child, ...wanted }: WantedAbsence & { child: string },
): Promise<Id> {
  const { database, clock } = deps;
  const place = actor.municipality.id;
  return database.inTenant(place, async (tx) => {
    const tie = await familyTie(tx, actor, { child, today: clock.today() });
    if (!mayRegister(tie, clock.today())) refuse('not-allowed', 'Your guardians register your absences.');
    const school = await schoolOnDay(tx, place, { student: tie.child, day: schoolDate(wanted.startAt) });
    if (!school) refuse('not-found', 'The learner attends no school then.');
    await logFamily(deps, tx, actor, { action: 'absence.register', child: tie.child });
    return registerAbsence(tx, place, {
      ...wanted,
      student: tie.child,
      school,
      registeredBy: actor.person,
      at: clock.now(),
    });
  });
}

/** What waits for the principal's word, of learners whom the principal may see. */
export function absencesForPrincipal(deps: AttendanceDeps, actor: Actor) {
  const place = actor.municipality.id;
  return deps.database.inTenant(
    place,
    async (tx) => {
      const waiting = await absencesToDecide(tx, place, ownSchool(actor));
      const seen = await seenByPrincipal(
        deps,
        tx,
        actor,
        waiting.map(({ student }) => student),
      );
      const known = new Map((await personNames(tx, place, [...seen])).map(({ id, name }) => [id, name]));
      return waiting.flatMap((absence) =>
        known.has(absence.student) ? [{ ...absence, name: known.get(absence.student)! }] : [],
      );
    },
    { isolation: 'repeatable read' },
  );
}

export async function decideForSchool(
  deps: AttendanceDeps,
  actor: Actor,
  { id, decision }: { id: Id; decision: 'granted' | 'refused' },
): Promise<void> {
  const place = actor.municipality.id;
  await deps.database.inTenant(place, async (tx) => {
    const absence = (await absencesToDecide(tx, place, ownSchool(actor))).find((one) => one.id === id);
    const seen = absence && (await seenByPrincipal(deps, tx, actor, [absence.student]));
    if (!seen?.size) refuse('not-found', 'This absence does not wait for a decision.');
    await decideAbsence(tx, place, { absence: id, decision, by: actor.person });
  });
}

async function seenByPrincipal(
  { access }: AttendanceDeps,
  tx: Tx,
  actor: Actor,
  students: readonly Id[],
): Promise<Set<Id>> {
  const grant = { kind: 'portal', municipality: actor.municipality.id, purpose: 'attendance' } as const;
  const subjects = [...new Set(students)];
  return access.visibleSubjects(tx, {
    grant,
    actor,
    purpose: 'attendance',
    action: 'attendance.read',
    elements: [...names, ...shown],
    subjects,
  });
}

const ownSchool = ({ school }: Actor): Id => school?.id ?? refuse('invalid', 'No school is chosen.');

function logFamily(
  { clock }: AttendanceDeps,
  tx: Tx,
  actor: Actor,
  { action, child }: { action: string; child: Id },
): Promise<void> {
  return appendEvent(
    tx,
    {
      ...{
        municipality: actor.municipality.id,
        action,
        purpose: 'own-pages',
        actor: actor.person,
        actorRole: actor.role,
      },
      ...{ elements: shown, subjects: [{ person: child, mask: shownBits }] },
    },
    clock,
  );
}
