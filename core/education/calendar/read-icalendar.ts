import { instantOf, schoolZone } from './school-time.ts';

/** An event of an iCalendar text (RFC 5545), or why it is left aside. */
export type IcsEvent =
  | { uid: string; title: string; place: string | null; startAt: Date; endAt: Date }
  | { uid: string; problem: string };

interface Line {
  name: string;
  parameters: Record<string, string>;
  value: string;
}

const mostEvents = 200;
const longest = 200;

/** The single events of the text. What repeats is left aside: a plugin can send each time as an event of its own. */
export function readICalendar(text: string): IcsEvent[] | { problem: string } {
  const lines = unfold(text).map(readLine);
  if (!lines.some(({ name, value }) => name === 'BEGIN' && value.toUpperCase() === 'VCALENDAR'))
    return { problem: 'This is not an iCalendar text.' };
  const found: IcsEvent[] = [];
  let event: Line[] | undefined;
  let nested = 0;
  for (const line of lines) {
    const kind = line.value.toUpperCase();
    if (line.name === 'BEGIN' && kind === 'VEVENT') event = [];
    else if (line.name === 'END' && kind === 'VEVENT' && event) {
      found.push(readEvent(event));
      event = undefined;
    } else if (line.name === 'BEGIN') nested += 1;
    else if (line.name === 'END') nested -= 1;
    else if (nested <= 1) event?.push(line);
    if (found.length > mostEvents) return { problem: `The text has more than ${mostEvents} events.` };
  }
  return found;
}

/** §3.1: a line goes on where the next one begins with white space. */
function unfold(text: string): string[] {
  return text
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

function readLine(line: string): Line {
  const [, head = '', value = ''] = /^((?:[^":]|"[^"]*")*):(.*)$/s.exec(line) ?? [];
  const [name = '', ...parameters] = head.split(';');
  const pairs = parameters.map((one) => one.split('=') as [string, string?]);
  return {
    name: name.toUpperCase(),
    value,
    parameters: Object.fromEntries(pairs.map(([key, of = '']) => [key.toUpperCase(), of.replaceAll('"', '')])),
  };
}

function readEvent(lines: Line[]): IcsEvent {
  const first = (name: string) => lines.find((line) => line.name === name);
  const uid = (first('UID')?.value ?? '').slice(0, longest);
  const refused = (problem: string): IcsEvent => ({ uid, problem });
  if (uid === '') return refused('It has no UID.');
  if (first('RRULE') || first('RDATE')) return refused('It repeats.');
  if (first('STATUS')?.value.toUpperCase() === 'CANCELLED') return refused('It is cancelled.');
  const startAt = instant(first('DTSTART'));
  const endAt = startAt && endOf(lines, startAt);
  if (!startAt || !endAt || endAt <= startAt) return refused('Its beginning or end can not be read.');
  const title = plain(first('SUMMARY')?.value ?? '');
  if (title === '') return refused('It has no SUMMARY.');
  return { uid, title, place: plain(first('LOCATION')?.value ?? '') || null, startAt, endAt };
}

const dayMs = 86_400_000;

function endOf(lines: Line[], startAt: Date): Date | undefined {
  const end = lines.find(({ name }) => name === 'DTEND');
  if (end) return instant(end);
  const duration = lines.find(({ name }) => name === 'DURATION');
  if (duration) return after(startAt, duration.value);
  const start = lines.find(({ name }) => name === 'DTSTART');
  return start && /^\d{8}$/.test(start.value) ? new Date(startAt.getTime() + dayMs) : undefined;
}

/** §3.3.4–3.3.5: a date, a time of a zone, of the school's clocks, or of UTC. */
function instant(line: Line | undefined): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(line?.value ?? '');
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    ...[number, number, number, number, number, number],
  ];
  const zone = parts[7] === 'Z' ? 'UTC' : (line?.parameters['TZID'] ?? schoolZone);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  return instantOf({ year, month, day, hour, minute, second }, zone);
}

/** §3.3.6, without what goes backwards. */
function after(startAt: Date, duration: string): Date | undefined {
  const parts = /^\+?P(?:(\d{1,3})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?)$/.exec(
    duration,
  );
  if (!parts) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    ...[number, number, number, number, number],
  ];
  return new Date(startAt.getTime() + (weeks * 7 + days) * dayMs + ((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** §3.3.11, on one line. */
function plain(text: string): string {
  return text
    .replaceAll(/\\([nN,;\\])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? ' ' : sign))
    .replaceAll(/\p{C}/gu, ' ')
    .trim()
    .slice(0, longest);
}
