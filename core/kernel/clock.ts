/** Time as the platform sees it: the instant, and the calendar date of Finnish schools. */
export interface Clock {
  now(): Date;
  /** `YYYY-MM-DD` in Europe/Helsinki. The demonstration pins it to a day of its school year. */
  today(): string;
}

const helsinkiDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki', dateStyle: 'short' });

/** The calendar date in Europe/Helsinki of an instant, `YYYY-MM-DD`. */
export function schoolDate(instant: Date): string {
  return helsinkiDate.format(instant);
}

/** The real clock; `today` pins the school date (demonstration only). */
export function systemClock(today?: string): Clock {
  return { now: () => new Date(), today: () => today ?? schoolDate(new Date()) };
}

export interface TestClock extends Clock {
  set(instant: string, today?: string): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until told otherwise. */
export function fixedClock(instant: string, today?: string): TestClock {
  let current = new Date(instant);
  let date = today;
  return {
    now: () => new Date(current),
    today: () => date ?? schoolDate(current),
    set(next, nextDate) {
      current = new Date(next);
      date = nextDate;
    },
    advance(milliseconds) {
      current = new Date(current.getTime() + milliseconds);
    },
  };
}
