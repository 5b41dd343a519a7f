import { codeOf, type Context, type View } from '@digione/sdk/backend';
import { dayFrom, wordsOf } from './words.ts';

interface Day {
  day: string;
  total: string;
  groups: { label: string; shown: string; percent?: string }[];
}

/** Counts yesterday's absent learners by class; only what may be shown is kept. */
export async function countDay(context: Context): Promise<void> {
  const day = dayFrom(context.today, -1);
  const groups = await absentByClass(context, day);
  if (groups.length === 0) return;
  try {
    const shown = await context.aggregates.publish({ name: 'absent', period: day, groups });
    await context.storage.collection<Day>('days').put({ id: day, value: { day, ...shown } });
  } catch (error) {
    // Counted again after a correction: the first figures stand, since two of them would tell of the difference.
    if (codeOf(error) !== 'not-allowed') throw error;
  }
}

async function absentByClass(context: Context, day: string) {
  const { classes } = await context.education.classes();
  const { events } = await context.calendar.events({ from: day, to: dayFrom(day, 1) });
  const groups: { label: string; count: number; of: number }[] = [];
  for (const { id, title = '–' } of classes) {
    const present = new Map<string, boolean>();
    for (const { id: calendarEvent } of events.filter((event) => event.class === id)) {
      const { attendances } = await context.attendance.lesson({ calendarEvent });
      for (const one of attendances)
        present.set(one.student, present.get(one.student) === true || one.attendanceMinutes > 0);
    }
    const count = [...present.values()].filter((isPresent) => !isPresent).length;
    if (present.size > 0) groups.push({ label: title.slice(0, 80), count, of: present.size });
  }
  return groups.filter((group, index) => groups.findIndex(({ label }) => label === group.label) === index);
}

/** The newest day's figures for the principal. */
export async function school(context: Context): Promise<View> {
  const say = await wordsOf(context);
  const { records } = await context.storage.collection<Day>('days').list({ limit: 1 });
  const newest = records[0]?.value;
  if (!newest) return { kind: 'empty', title: say('noFigures'), text: say('noFiguresText') };
  return {
    kind: 'stack',
    children: [
      {
        kind: 'table',
        caption: say('figures', { day: newest.day }),
        columns: [
          { key: 'class', title: say('class'), type: 'text', sortable: true },
          { key: 'count', title: say('count'), type: 'text' },
          { key: 'share', title: say('share'), type: 'text' },
        ],
        rows: newest.groups.map(({ label, shown, percent = '' }) => ({
          cells: { class: label, count: shown || '0', share: percent },
        })),
      },
      { kind: 'text', tone: 'quiet', text: say('small') },
    ],
  };
}
