import { type CronTimes, parseCron } from '@digione/sdk/manifest';

const zone = 'Europe/Helsinki';
const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A day that comes only in leap years is at most eight years away. */
const daysLooked = 8 * 366 + 1;

/**
 * When a cron line comes next after an instant, on the clock on the school's wall. An hour that the summer leaves out comes an
 * hour later, one that the winter repeats comes once. Null when it never comes.
 */
export function nextTime(cron: string, after: Date): Date | null {
  const times = parseCron(cron);
  if (!times) return null;
  const today = Date.parse(`${wall.format(after).slice(0, 10)}T00:00:00Z`);
  for (let ahead = 0; ahead < daysLooked; ahead += 1) {
    const day = new Date(today + ahead * dayMs);
    const found = isDay(times, day) ? firstOn(times, day, after) : undefined;
    if (found) return found;
  }
  return null;
}

function isDay({ days, months, weekdays, eitherDay }: CronTimes, day: Date): boolean {
  if (!months.includes(day.getUTCMonth() + 1)) return false;
  const [ofMonth, ofWeek] = [days.includes(day.getUTCDate()), weekdays.includes(day.getUTCDay())];
  return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}

function firstOn({ hours, minutes }: CronTimes, day: Date, after: Date): Date | undefined {
  for (const hour of hours) {
    for (const minute of minutes) {
      const instant = onTheWall(day.getTime() + (hour * 60 + minute) * minuteMs);
      if (instant > after) return instant;
    }
  }
  return undefined;
}

/** The first instant at which the wall shows this time (given as if it were UTC); in the left-out hour, an hour later. */
function onTheWall(time: number): Date {
  const offsets = [offsetAt(time - dayMs), offsetAt(time + dayMs)];
  const shown = offsets.map((offset) => time - offset).filter((instant) => shownAt(instant) === time);
  return new Date(shown.length > 0 ? Math.min(...shown) : time - Math.min(...offsets));
}

function shownAt(instant: number): number {
  return Date.parse(`${wall.format(new Date(instant)).replace(' ', 'T')}Z`);
}

function offsetAt(instant: number): number {
  return shownAt(instant) - Math.floor(instant / 1000) * 1000;
}
