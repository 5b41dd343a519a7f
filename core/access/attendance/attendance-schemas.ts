import { Type } from 'typebox';

const id = Type.String({ pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const instant = Type.String({ format: 'date-time' });
const reason = Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()]);
const closed = { additionalProperties: false };

export const Day = Type.Object({ day: Type.Optional(day) });
export const Days = Type.Object({ from: Type.Optional(day), to: Type.Optional(day) });
export const OneId = Type.Object({ id });
export const OfChild = Type.Object({ child: Type.Union([Type.Literal('me'), id]) });
export const Created = Type.Object({ id });

const lesson = {
  id,
  title: Type.String(),
  place: Type.Union([Type.String(), Type.Null()]),
  startAt: Type.String(),
  endAt: Type.String(),
};
export const Lessons = Type.Object({ day, items: Type.Array(Type.Object(lesson)) });
export const LessonShown = Type.Object({
  ...lesson,
  minutes: Type.Integer(),
  reasons: Type.Array(Type.String()),
  learners: Type.Array(
    Type.Object({
      student: id,
      name: Type.String(),
      isReported: Type.Boolean(),
      absentMinutes: Type.Integer(),
      absenceReason: reason,
    }),
  ),
});
export const Marks = Type.Object(
  {
    attendances: Type.Array(
      Type.Object(
        { student: id, absentMinutes: Type.Integer({ minimum: 0, maximum: 1440 }), absenceReason: reason },
        closed,
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  closed,
);

const registered = {
  id,
  startAt: Type.String(),
  endAt: Type.String(),
  reason,
  status: Type.Enum(['registered', 'granted', 'refused', 'withdrawn']),
};
export const ChildAbsences = Type.Object({
  from: day,
  to: day,
  mayRegister: Type.Boolean(),
  lessons: Type.Array(
    Type.Object({
      id,
      /** Null while a non-disclosure order withholds it. */
      title: Type.Union([Type.String(), Type.Null()]),
      startAt: Type.String(),
      validAbsenceMinutes: Type.Integer(),
      invalidAbsenceMinutes: Type.Integer(),
      absenceReason: reason,
    }),
  ),
  registered: Type.Array(Type.Object(registered)),
});
/** From one moment to another, or whole school days of the schools' time zone, both ends included. */
export const NewAbsenceBody = Type.Union([
  Type.Object({ startAt: instant, endAt: instant, reason }, closed),
  Type.Object({ firstDay: day, lastDay: day, reason }, closed),
]);
export const WaitingAbsences = Type.Object({
  items: Type.Array(Type.Object({ ...registered, student: id, name: Type.String() })),
});
export const AbsenceDecision = Type.Object({ decision: Type.Enum(['granted', 'refused']) }, closed);
