import type { Static } from 'typebox';
import { defineRoute, type Route } from '../../http/index.ts';
import type { Actor } from '../../identity/index.ts';
import type { CalendarEvent } from '../../education/index.ts';
import { absencesForPrincipal, absencesOfChild, decideForSchool, registerForChild } from './absence-door.ts';
import * as schemas from './attendance-schemas.ts';
import { lessonOf, lessonsOf, markLesson, type AttendanceDeps } from './lesson-door.ts';
import { schoolDay } from './school-day.ts';

const route = defineRoute<Actor>();
const isTeacher = ({ role }: Actor): boolean => role === 'teacher';
const isPrincipal = ({ role }: Actor): boolean => role === 'principal';
const isFamily = ({ role }: Actor): boolean => role === 'guardian' || role === 'student';

/** Lessons and attendance (SS12000:2020 names): the teacher's, the family's, the principal's. Each read is decided and logged. */
export function attendanceRoutes(deps: AttendanceDeps): Route<Actor>[] {
  return [...lessonRoutes(deps), ...absenceRoutes(deps)];
}

function lessonRoutes(deps: AttendanceDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/calendarEvents',
      summary: 'Lessons that the teacher gives on a day in the school',
      access: isTeacher,
      query: schemas.Day,
      responses: { 200: schemas.Lessons },
      handle: async ({ actor, query: { day = deps.clock.today() } }) => {
        const lessons = await lessonsOf(deps, actor, day);
        return { body: { day, items: lessons.map(lessonAnswer) } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/calendarEvents/:id/attendances',
      summary: 'Learners of one of the teacher’s lessons, with what has been reported',
      access: isTeacher,
      params: schemas.OneId,
      responses: { 200: schemas.LessonShown },
      errors: ['not-found'],
      handle: async ({ actor, params: { id } }) => {
        const { event, rows, reasons } = await lessonOf(deps, actor, id);
        const minutes = Math.floor((event.endAt.getTime() - event.startAt.getTime()) / 60_000);
        return { body: { ...lessonAnswer(event), minutes, reasons, learners: rows } };
      },
    }),
    route({
      method: 'PUT',
      path: '/api/calendarEvents/:id/attendances',
      summary: 'Report who was away from the lesson; a second report corrects the first',
      access: isTeacher,
      params: schemas.OneId,
      body: schemas.Marks,
      responses: {},
      errors: ['not-found', 'invalid'],
      handle: async ({ actor, params: { id }, body: { attendances } }) => {
        await markLesson(deps, actor, { id, marks: attendances });
        return {};
      },
    }),
  ];
}

function lessonAnswer({ id, title, place, startAt, endAt }: CalendarEvent) {
  return { id, title, place, startAt: startAt.toISOString(), endAt: endAt.toISOString() };
}

function absenceRoutes(deps: AttendanceDeps): Route<Actor>[] {
  return [
    route({
      method: 'GET',
      path: '/api/family/children/:child/absences',
      summary: 'Absences of the child, or of the learner themself; default: the last 90 days and the next 90',
      access: isFamily,
      params: schemas.OfChild,
      query: schemas.Days,
      responses: { 200: schemas.ChildAbsences },
      errors: ['not-found', 'invalid'],
      handle: async ({ actor, params: { child }, query }) => {
        const { from = daysFrom(deps, -90), to = daysFrom(deps, 90) } = query;
        const { lessons, registered, mayRegister } = await absencesOfChild(deps, actor, { child, from, to });
        return {
          body: {
            ...{ from, to, mayRegister, registered: registered.map(absenceAnswer) },
            lessons: lessons.map(
              ({ id, title, startAt, validAbsenceMinutes, invalidAbsenceMinutes, absenceReason }) => ({
                ...{
                  id,
                  title,
                  startAt: startAt.toISOString(),
                  validAbsenceMinutes,
                  invalidAbsenceMinutes,
                  absenceReason,
                },
              }),
            ),
          },
        };
      },
    }),
    route({
      method: 'POST',
      path: '/api/family/children/:child/absences',
      summary:
        'Tell the school beforehand that the child will be away; whether it is authorised is for the school to say',
      access: isFamily,
      params: schemas.OfChild,
      body: schemas.NewAbsenceBody,
      responses: { 201: schemas.Created },
      errors: ['not-found', 'invalid', 'not-allowed'],
      handle: async ({ actor, params: { child }, body }) => {
        const wanted = { ...timeOf(body), reason: body.reason };
        return { status: 201, body: { id: await registerForChild(deps, actor, { child, ...wanted }) } };
      },
    }),
    route({
      method: 'GET',
      path: '/api/school/absences',
      summary: 'Absences that wait for the principal’s decision',
      access: isPrincipal,
      responses: { 200: schemas.WaitingAbsences },
      handle: async ({ actor }) => {
        const waiting = await absencesForPrincipal(deps, actor);
        return {
          body: { items: waiting.map((one) => ({ ...absenceAnswer(one), student: one.student, name: one.name })) },
        };
      },
    }),
    route({
      method: 'POST',
      path: '/api/school/absences/:id',
      summary: 'Authorise a registered absence, or not',
      access: isPrincipal,
      params: schemas.OneId,
      body: schemas.AbsenceDecision,
      responses: {},
      errors: ['not-found'],
      handle: async ({ actor, params: { id }, body: { decision } }) => {
        await decideForSchool(deps, actor, { id, decision });
        return {};
      },
    }),
  ];
}

interface Registered {
  id: string;
  startAt: Date;
  endAt: Date;
  reason: string | null;
  status: 'registered' | 'granted' | 'refused' | 'withdrawn';
}

function absenceAnswer({ id, startAt, endAt, reason, status }: Registered) {
  return { id, startAt: startAt.toISOString(), endAt: endAt.toISOString(), reason, status };
}

function daysFrom({ clock }: AttendanceDeps, days: number): string {
  const noon = new Date(`${clock.today()}T12:00:00Z`);
  return new Date(noon.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

function timeOf(body: Static<typeof schemas.NewAbsenceBody>): { startAt: Date; endAt: Date } {
  if ('startAt' in body) return { startAt: new Date(body.startAt), endAt: new Date(body.endAt) };
  const { from, to } = schoolDay(body.firstDay, body.lastDay);
  return { startAt: from, endAt: to };
}
