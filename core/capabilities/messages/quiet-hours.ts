import { instantOf, schoolZone } from '../../education/index.ts';

/** From and to on the clocks of the school, `HH:MM`; from later than to goes over midnight. */
export interface QuietHours {
  from: string;
  to: string;
}

const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: schoolZone, dateStyle: 'short', timeStyle: 'short' });
const dayMs = 86_400_000;

/** The first instant, from now on, at which none of the quiet hours holds. Hours that leave no gap end where the first of them ends. */
export function endOfQuiet(now: Date, hours: readonly QuietHours[]): Date {
  let at = now;
  for (let round = 0; round <= hours.length; round += 1) {
    const holding = hours.find((one) => isQuiet(at, one));
    if (!holding) return at;
    at = nextTime(at, holding.to);
  }
  return at;
}

function isQuiet(at: Date, { from, to }: QuietHours): boolean {
  const time = wall.format(at).slice(11, 16);
  return from < to ? from <= time && time < to : time >= from || time < to;
}

/** The next instant at which the clocks show the time. */
function nextTime(after: Date, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  for (const ahead of [0, 1, 2]) {
    const [year = 0, month = 0, day = 0] = wall
      .format(new Date(after.getTime() + ahead * dayMs))
      .slice(0, 10)
      .split('-')
      .map(Number);
    const found = instantOf({ year, month, day, hour, minute, second: 0 });
    if (found && found > after) return found;
  }
  return after;
}
