/** The minutes, hours, days of the month, months and days of the week (0 = Sunday) at which a schedule comes. */
export interface CronTimes {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** As in cron: when both kinds of days are narrowed, either one is enough. */
  readonly eitherDay: boolean;
}

/** The times of a cron line, `minute hour day month weekday`; `undefined` when it is none. */
export function parseCron(line: string): CronTimes | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = line.split(' ');
  const minutes = valuesOf(minute, 0, 59);
  const hours = valuesOf(hour, 0, 23);
  const days = valuesOf(day, 1, 31);
  const months = valuesOf(month, 1, 12);
  const weekdays = valuesOf(weekday, 0, 7)?.map((value) => value % 7);
  if (!minutes || !hours || !days || !months || !weekdays || more.length > 0) return undefined;
  return { minutes, hours, days, months, weekdays, eitherDay: !day.startsWith('*') && !weekday.startsWith('*') };
}

function valuesOf(field: string, first: number, last: number): number[] | undefined {
  const values = field.split(',').map((part) => rangeOf(part, first, last));
  if (values.some((some) => some === undefined)) return undefined;
  return [...new Set(values.flatMap((some) => some ?? []))].sort((one, other) => one - other);
}

/** `*`, `5`, `1-5`, each with `/step` behind it. */
function rangeOf(part: string, first: number, last: number): number[] | undefined {
  const parsed = /^(?:\*|([0-9]{1,2})(?:-([0-9]{1,2}))?)(?:\/([0-9]{1,2}))?$/.exec(part);
  if (!parsed) return undefined;
  const [, from, to, step = '1'] = parsed;
  const start = from === undefined ? first : Number(from);
  const end = from === undefined ? last : Number(to ?? (parsed[3] ? last : from));
  if (start < first || end > last || start > end || Number(step) < 1) return undefined;
  return Array.from(
    { length: Math.floor((end - start) / Number(step)) + 1 },
    (_, index) => start + index * Number(step),
  );
}
