import test from 'ava';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { instantOf, readICalendar, writeICalendar } from '../../../core/education/index.ts';

const event = (...lines: string[]) =>
  readICalendar(
    ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', 'SUMMARY:Event', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'),
  );
const times = (...lines: string[]) => {
  const [one] = event(...lines) as { startAt?: Date; endAt?: Date }[];
  return [one?.startAt?.toISOString(), one?.endAt?.toISOString()];
};

test('times of UTC, of a zone, of the school’s clocks and whole days are read', (t) => {
  t.deepEqual(times('DTSTART:20261124T080000Z', 'DTEND:20261124T090000Z'), [
    '2026-11-24T08:00:00.000Z',
    '2026-11-24T09:00:00.000Z',
  ]);
  t.deepEqual(times('DTSTART;TZID=Europe/Stockholm:20260624T080000', 'DURATION:PT1H30M'), [
    '2026-06-24T06:00:00.000Z',
    '2026-06-24T07:30:00.000Z',
  ]);
  t.deepEqual(times('DTSTART:20261124T080000', 'DTEND:20261124T090000'), [
    '2026-11-24T06:00:00.000Z',
    '2026-11-24T07:00:00.000Z',
  ]);
  t.deepEqual(times('DTSTART;VALUE=DATE:20261124'), ['2026-11-23T22:00:00.000Z', '2026-11-24T22:00:00.000Z']);
});

test('what can not be read is left aside with the reason, alone', (t) => {
  for (const [lines, why] of [
    [['DTSTART:yesterday', 'DTEND:20261124T090000Z'], /beginning or end/],
    [['DTSTART:20261124T090000Z', 'DTEND:20261124T080000Z'], /beginning or end/],
    [['DTSTART;TZID=Nowhere/Land:20261124T090000', 'DURATION:PT1H'], /beginning or end/],
    [['DTSTART:20261124T090000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'], /cancelled/],
  ] as const) {
    t.like(event(...lines), { 0: { uid: '1' } });
    t.regex((event(...lines) as { problem: string }[])[0]!.problem, why);
  }
  t.like(readICalendar('no calendar'), { problem: 'This is not an iCalendar text.' });
});

test('folded lines, escaped signs and alarms inside an event are read as RFC 5545 says', (t) => {
  const [one] = event(
    'DTSTART:20261124T080000Z',
    'DTEND:20261124T090000Z',
    'LOCATION:Hall\\, house',
    ' A',
    'BEGIN:VALARM',
    'SUMMARY:Alarm',
    'END:VALARM',
  ) as { place: string; title: string }[];
  t.like(one, { title: 'Event', place: 'Hall, houseA' });
});

test('what is written is read by another reader as it was, and by ours', (t) => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
    .map((one) => one.replaceAll(/\p{C}/gu, '').trim())
    .filter((one) => one !== '');
  fc.assert(
    fc.property(
      text,
      fc.option(text),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (title, place, start) => {
        const startAt = new Date(Math.floor(start.getTime() / 1000) * 1000);
        const endAt = new Date(startAt.getTime() + 45 * 60_000);
        const ics = writeICalendar([{ id: 'x', title, place, startAt, endAt }], { name: 'Mine', at: startAt });
        t.true(ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
        const [other] = new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents('vevent');
        t.is(other?.getFirstPropertyValue('summary'), title);
        t.deepEqual(readICalendar(ics), [{ uid: 'x@digione', title, place, startAt, endAt }]);
      },
    ),
    { numRuns: 60 },
  );
});

test('the clocks of the school change in March and October', (t) => {
  const at = (month: number, day: number) =>
    instantOf({ year: 2026, month, day, hour: 8, minute: 0, second: 0 })?.toISOString();
  t.deepEqual(
    [at(3, 28), at(3, 30), at(10, 24), at(10, 26)],
    ['2026-03-28T06:00:00.000Z', '2026-03-30T05:00:00.000Z', '2026-10-24T05:00:00.000Z', '2026-10-26T06:00:00.000Z'],
  );
});
