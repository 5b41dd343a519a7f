import { codeOf, type Context, type View } from '@digione/sdk/backend';
import { dayFrom, wordsOf } from './words.ts';

const days = 31;

/** Each of the guardian's children in this school: the last month's absences, and a form to report one. */
export async function family(context: Context): Promise<View> {
  const say = await wordsOf(context);
  const { students } = await context.education.students();
  if (students.length === 0) return { kind: 'empty', title: say('noChildren') };
  const views: View[] = [];
  for (const { id, givenName = '–' } of students) {
    views.push(await absencesOf(context, { id, name: givenName }), form(say, context, { id, name: givenName }));
  }
  return { kind: 'stack', children: views };
}

async function absencesOf(context: Context, { id, name }: { id: string; name: string }): Promise<View> {
  const say = await wordsOf(context);
  const { today } = context;
  const from = dayFrom(today, -days);
  const { attendances } = await context.attendance.student({ student: id, from, to: dayFrom(today, 1) });
  const missed = attendances.filter((one) => one.validAbsenceMinutes + one.invalidAbsenceMinutes > 0);
  const caption = say('lastMonth', { name });
  if (missed.length === 0) return { kind: 'alert', tone: 'success', title: caption, text: say('noAbsences') };
  const rows = missed.map((one) => ({
    cells: {
      day: (one.reportedTimestamp ?? today).slice(0, 10),
      minutes: one.validAbsenceMinutes + one.invalidAbsenceMinutes,
      reason: one.absenceReason ?? say('notTold'),
    },
  }));
  return {
    kind: 'table',
    caption,
    columns: [
      { key: 'day', title: say('day'), type: 'date' },
      { key: 'minutes', title: say('minutes'), type: 'number' },
      { key: 'reason', title: say('reason'), type: 'text' },
    ],
    rows,
  };
}

function form(
  say: Awaited<ReturnType<typeof wordsOf>>,
  { today }: Context,
  { id, name }: { id: string; name: string },
): View {
  const day = (field: string, label: string) =>
    ({ field: 'date', name: field, label, required: true, value: today, min: dayFrom(today, -days) }) as const;
  return {
    kind: 'form',
    label: say('tell', { name }),
    fields: [day('from', say('from')), day('to', say('to'))],
    submit: say('send'),
    action: { call: 'registerAbsence', argument: { student: id } },
  };
}

interface Told {
  student: string;
  values: { from?: unknown; to?: unknown };
}

/** Whole days from the first to the last one, on the clocks of the school as near as a day needs it. */
export async function registerAbsence({ student, values }: Told, context: Context): Promise<View> {
  const say = await wordsOf(context);
  const [from, to] = [String(values.from ?? ''), String(values.to ?? '')];
  if (!(from <= to)) return { kind: 'alert', tone: 'error', text: say('wrongDays') };
  const times = { startTime: `${from}T00:00:00.000Z`, endTime: `${to}T21:00:00.000Z` };
  try {
    await context.attendance.registerAbsence({ student, ...times });
    return { kind: 'alert', tone: 'success', text: say('told') };
  } catch (error) {
    await context.log.warn('an absence could not be registered', { code: codeOf(error) ?? 'none' });
    return { kind: 'alert', tone: 'error', text: say('failed') };
  }
}
