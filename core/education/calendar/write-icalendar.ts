import type { CalendarEvent } from './calendar-store.ts';

/** The events as an iCalendar text (RFC 5545). */
export function writeICalendar(
  events: readonly Pick<CalendarEvent, 'id' | 'title' | 'place' | 'startAt' | 'endAt'>[],
  { name, at }: { name: string; at: Date },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//DigiOne//calendar//EN',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap(({ id, title, place, startAt, endAt }) => [
      'BEGIN:VEVENT',
      `UID:${id}@digione`,
      `DTSTAMP:${utc(at)}`,
      `DTSTART:${utc(startAt)}`,
      `DTEND:${utc(endAt)}`,
      `SUMMARY:${escaped(title)}`,
      ...(place === null ? [] : [`LOCATION:${escaped(place)}`]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function utc(instant: Date): string {
  return instant.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n');
}

const longestLine = 75;

/** §3.1: 75 octets at most, never through the middle of a character. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
