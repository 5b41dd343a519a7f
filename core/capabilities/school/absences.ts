import type { ArgumentOf, Capabilities, ResultOf } from '@digione/sdk/capabilities';
import {
  type Absence,
  absencesOf,
  decideAbsence as decide,
  findAbsence,
  registerAbsence as register,
} from '../../education/index.ts';
import { refuse } from '../../kernel/index.ts';
import type { Caller } from '../caller.ts';
import { tellOfLearners } from '../events/core-events.ts';
import { checkWords, plainWords, readElements, toldReason } from './attendance.ts';
import {
  learnerOf,
  needElement,
  needLearner,
  openScope,
  type SchoolDeps,
  type SchoolRequest,
  spanOf,
} from './school-deps.ts';

type List = Capabilities['attendance.absences'];
type Register = Capabilities['attendance.registerAbsence'];
type Decide = Capabilities['attendance.decideAbsence'];

const scope = 'attendance';
const mostDays = 366;

/** `attendance.absences`: what was registered of a learner beforehand. */
export async function absences(deps: SchoolDeps, caller: Caller, argument: ArgumentOf<List>): Promise<ResultOf<List>> {
  const span = spanOf(argument, mostDays);
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  const asked = { action: 'attendance.read' as const, elements: readElements(caller, request) };
  const { municipality, school } = caller.grant;
  return deps.database.inTenant(municipality, async (tx) => {
    const student = await learnerOf(tx, caller, request, argument.student);
    const open = await needLearner(deps, tx, caller, { request, asked, student, element: 'attendance.presence' });
    const rows = await absencesOf(tx, municipality, { students: [student], ...span });
    const plain = await plainWords(tx, caller);
    const here = rows.filter((row) => row.school === school);
    return { absences: here.flatMap((row) => shown(request, row, { open, plain })) };
  });
}

function shown(
  { pairwise }: SchoolRequest,
  { id, student, startAt, endAt, reason, status }: Absence,
  told: { open: ReadonlySet<string>; plain: ReadonlySet<string> },
) {
  if (status === 'withdrawn') return [];
  const times = { startTime: startAt.toISOString(), endTime: endAt.toISOString() };
  return [{ id: pairwise(id), student: pairwise(student), ...times, ...toldReason(reason, told), status }];
}

/** `attendance.registerAbsence`: a guardian or the school; a learner does not excuse itself. */
export async function registerAbsence(
  deps: SchoolDeps,
  caller: Caller,
  argument: ArgumentOf<Register>,
): Promise<ResultOf<Register>> {
  const request = openScope(deps, caller, { scope, purpose: argument.purpose });
  needElement(caller, request, 'attendance.report');
  const { actor, grant } = caller;
  if (actor.role === 'student') refuse('not-allowed', 'Absences are registered by a guardian or the school.');
  const reason = argument.absenceReason ?? null;
  const times = { startAt: new Date(argument.startTime), endAt: new Date(argument.endTime) };
  if (Object.values(times).some((time) => Number.isNaN(time.getTime())))
    refuse('invalid-argument', 'A time of the absence is none.');
  const asked = { action: 'attendance.report' as const, elements: ['attendance.report'] };
  return deps.database.inTenant(grant.municipality, async (tx) => {
    await checkWords(tx, caller, request, reason === null ? [] : [reason]);
    const student = await learnerOf(tx, caller, request, argument.student);
    await needLearner(deps, tx, caller, { request, asked, student, element: 'attendance.report' });
    const at = deps.clock.now();
    const absence = { student, school: grant.school, ...times, reason, registeredBy: actor.person, at };
    const id = await register(tx, grant.municipality, absence);
    await tellOfLearners(tx, caller, { name: 'absence.registered', at, learners: [student] });
    return { id: request.pairwise(id) };
  });
}

/** `attendance.decideAbsence`: the school's word, by staff who are related to the learner. */
export async function decideAbsence(
  deps: SchoolDeps,
  caller: Caller,
  { absence, decision, purpose }: ArgumentOf<Decide>,
): Promise<ResultOf<Decide>> {
  const request = openScope(deps, caller, { scope, purpose });
  needElement(caller, request, 'attendance.report');
  const { actor, grant } = caller;
  if (actor.role !== 'teacher' && actor.role !== 'principal')
    refuse('not-allowed', 'The school decides about absences.');
  const { municipality, school } = grant;
  const asked = { action: 'attendance.report' as const, elements: ['attendance.report'] };
  return deps.database.inTenant(municipality, async (tx) => {
    const found = await findAbsence(tx, municipality, request.real(absence));
    if (found?.school !== school) refuse('not-found', 'This absence does not wait for a decision.');
    await needLearner(deps, tx, caller, { request, asked, student: found.student, element: 'attendance.report' });
    await decide(tx, municipality, { absence: found.id, decision, by: actor.person });
    const at = deps.clock.now();
    await tellOfLearners(tx, caller, { name: 'absence.decided', at, learners: [found.student] });
    return { decided: true as const };
  });
}
