/** The schools' time zone. */
export const schoolZone = 'Europe/Helsinki';

export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which clocks of the zone show this; undefined for a zone that nobody knows. */
export function instantOf(local: LocalTime, zone: string = schoolZone): Date | undefined {
  const { year, month, day, hour, minute, second } = local;
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
  const format = formatOf(zone);
  if (!format) return undefined;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wanted - offsetAt(format, wanted);
  return new Date(wanted - offsetAt(format, guess));
}

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
    const options = { timeZone: zone, hourCycle: 'h23', ...parts, minute: 'numeric', second: 'numeric' } as const;
    const format = new Intl.DateTimeFormat('en-GB', options);
    if (formats.size < 100) formats.set(zone, format);
    return format;
  } catch {
    return undefined; // no such zone
  }
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  ) as unknown as LocalTime;
  const { year, month, day, hour, minute, second } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** The first instant of a day, `YYYY-MM-DD`, in the schools' time zone. */
export function beginOfDay(day: string): Date {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return instantOf({ year, month, day: date, hour: 0, minute: 0, second: 0 })!;
}
