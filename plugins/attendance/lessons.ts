import { codeOf, type Context, type View } from '@digione/sdk/backend';
import { dayFrom, wordsOf } from './words.ts';

type Lesson = Awaited<ReturnType<Context['calendar']['events']>>['events'][number];
type Mark = 'present' | 'late' | 'absent';

const mostFields = 30;
const lateMinutes = 10;

/** Lessons of the teacher's classes today. */
export async function lessons(context: Context): Promise<View> {
  const say = await wordsOf(context);
  const today = await lessonsOfToday(context);
  if (today.length === 0) return { kind: 'empty', title: say('noLessons'), text: say('noLessonsText') };
  const items = today.map((one) => ({
    text: `${clock(one.startTime)} ${one.title}`,
    action: { call: 'lesson', argument: { lesson: one.id } },
  }));
  return { kind: 'list', label: say('today'), items };
}

async function lessonsOfToday({ calendar, today }: Context): Promise<Lesson[]> {
  const { events } = await calendar.events({ from: today, to: dayFrom(today, 1) });
  return events.filter((event) => event.class !== undefined && !event.own);
}

function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString('fi-FI', {
    timeZone: 'Europe/Helsinki',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** A choice for each learner of the lesson, as it was marked last. */
export async function lesson({ lesson: id }: { lesson: string }, context: Context): Promise<View> {
  const say = await wordsOf(context);
  const { chosen, students, marks } = await open(context, id);
  if (!chosen || students.length === 0) return { kind: 'alert', tone: 'info', text: say('nobody') };
  const options = (['present', 'late', 'absent'] as const).map((value) => ({ value, text: say(value) }));
  const parts = Array.from({ length: Math.ceil(students.length / mostFields) }, (_, part) =>
    students.slice(part * mostFields, (part + 1) * mostFields),
  );
  const forms = parts.map(
    (some, part): View => ({
      kind: 'form',
      label: `${say('mark')}: ${chosen.title}${parts.length > 1 ? ` ${part + 1}/${parts.length}` : ''}`,
      fields: some.map(({ id: student, name }, index) => ({
        field: 'radio',
        name: `m${index}`,
        label: name,
        options,
        value: marks.get(student) ?? 'present',
      })),
      submit: say('save'),
      action: { call: 'mark', argument: { lesson: id, part } },
    }),
  );
  return {
    kind: 'stack',
    children: [...forms, { kind: 'button', text: say('back'), action: { call: 'lessons' }, tone: 'secondary' }],
  };
}

async function open(context: Context, id: string) {
  const chosen = (await lessonsOfToday(context)).find((one) => one.id === id);
  if (!chosen?.class) return { chosen: undefined, students: [], marks: new Map<string, Mark>() };
  const { students } = await context.education.students({ class: chosen.class, limit: 500 });
  const { attendances } = await context.attendance.lesson({ calendarEvent: id });
  const marks = new Map(attendances.map((one) => [one.student, markOf(one)]));
  const named = students.map((one) => ({
    id: one.id,
    name: `${one.familyName ?? ''} ${one.givenName ?? ''}`.trim() || '–',
  }));
  return { chosen, students: named, marks };
}

function markOf(one: { attendanceMinutes: number; validAbsenceMinutes: number; invalidAbsenceMinutes: number }): Mark {
  if (one.validAbsenceMinutes + one.invalidAbsenceMinutes === 0) return 'present';
  return one.attendanceMinutes > 0 ? 'late' : 'absent';
}

interface Marked {
  lesson: string;
  part: number;
  values: Record<string, unknown>;
}

/** Reports what the teacher chose, and tells the guardians of those who are newly absent. */
export async function mark({ lesson: id, part, values }: Marked, context: Context): Promise<View> {
  const say = await wordsOf(context);
  const { chosen, students, marks } = await open(context, id);
  if (!chosen) return { kind: 'alert', tone: 'info', text: say('nobody') };
  const some = students.slice(part * mostFields, (part + 1) * mostFields);
  const chosenMarks = some.map(({ id: student }, index) => ({ student, mark: readMark(values[`m${index}`]) }));
  const minutes = Math.round((Date.parse(chosen.endTime) - Date.parse(chosen.startTime)) / 60_000);
  try {
    const attendances = chosenMarks.map((one) => ({ student: one.student, ...minutesOf(one.mark, minutes) }));
    await context.attendance.report({ calendarEvent: id, attendances });
  } catch (error) {
    await context.log.warn('a lesson could not be reported', { code: codeOf(error) ?? 'none' });
    return { kind: 'alert', tone: 'error', text: say('failed') };
  }
  const absent = chosenMarks.filter((one) => one.mark === 'absent' && marks.get(one.student) !== 'absent');
  for (const { student } of absent) await tell(context, { student, title: chosen.title });
  return {
    kind: 'stack',
    children: [
      { kind: 'alert', tone: 'success', text: say('saved', { n: absent.length }) },
      { kind: 'button', text: say('back'), action: { call: 'lessons' }, tone: 'secondary' },
    ],
  };
}

function readMark(value: unknown): Mark {
  return value === 'late' || value === 'absent' ? value : 'present';
}

/** Nobody has given a reason yet, so what is missed is not authorised; a guardian's word or the school's changes it. */
function minutesOf(chosen: Mark, minutes: number) {
  const missed = chosen === 'present' ? 0 : chosen === 'late' ? Math.min(lateMinutes, minutes) : minutes;
  return { attendanceMinutes: minutes - missed, invalidAbsenceMinutes: missed };
}

/** In all three languages of the school: whose guardian reads which is not ours to know. */
async function tell(context: Context, { student, title }: { student: string; title: string }): Promise<void> {
  const say = await wordsOf(context);
  await context.notify.send({
    subject: student,
    to: 'guardians',
    title: say('alarmTitle'),
    text: say('alarmText', { lesson: title }),
  });
}
