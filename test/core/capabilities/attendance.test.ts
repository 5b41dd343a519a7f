import type { Absence, Attendance } from '@digione/sdk/capabilities';
import test from 'ava';
import type { Id } from '../../../core/kernel/index.ts';
import { type Installed, nobody, type PluginWorld, pluginWorld } from '../plugins/plugin-world.ts';
import { pluginFor, schoolRecords, scopeOf, studentsScope } from './school-records.ts';

const all = ['attendance.presence', 'attendance.reason', 'attendance.illness', 'attendance.report'];
const days = { from: '2026-11-01', to: '2026-12-01' };

let world: PluginWorld;
let records: ReturnType<typeof schoolRecords>;
let plugin: Installed;
/** Without the reasons that tell of illness. */
let plain: Installed;
let reading: Installed;
test.before(async () => {
  world = await pluginWorld();
  records = schoolRecords(world);
  const events = scopeOf('calendar', ['calendar.events']);
  const withScope = (name: string, elements: string[]) =>
    world.install({ manifest: pluginFor(name, [studentsScope, events, scopeOf('attendance', elements)]) });
  plugin = await withScope('attendance', all);
  plain = await withScope('plain', ['attendance.presence', 'attendance.reason', 'attendance.report']);
  reading = await withScope('reading', ['attendance.presence']);
  await records.mapReason('Flu', 'illness');
  await records.mapReason('Trip', 'granted-leave');
});
test.after.always(async () => {
  await world[Symbol.asyncDispose]();
});

/** The plugin's words for the two learners and for the lesson of that day. */
async function named(of: Installed, day = '2026-11-24'): Promise<{ aino: string; onni: string; lesson: string }> {
  const { students } = (await of.ask('education.students', {})).value as {
    students: { id: string; givenName: string }[];
  };
  const id = (name: string) => students.find(({ givenName }) => givenName === name)!.id;
  const { events } = (await of.ask('calendar.events', days)).value as { events: { id: string; startTime: string }[] };
  return {
    aino: id('Aino'),
    onni: id('Onni'),
    lesson: events.find(({ startTime }) => startTime.startsWith(day))?.id ?? '',
  };
}

test.serial('a teacher reports a lesson, corrects it, and reads it back with the reasons', async (t) => {
  await records.lesson();
  const { aino, onni, lesson } = await named(plugin);
  const present = { student: onni, attendanceMinutes: 45 };
  const ill = { student: aino, attendanceMinutes: 0, validAbsenceMinutes: 45, absenceReason: 'Flu' };
  t.deepEqual((await plugin.ask('attendance.report', { calendarEvent: lesson, attendances: [present, ill] })).value, {
    reported: 2,
  });
  const late = { student: onni, attendanceMinutes: 40, invalidAbsenceMinutes: 5, absenceReason: 'Trip' };
  t.deepEqual(
    (await plugin.ask('attendance.report', { calendarEvent: lesson, attendances: [late], purpose: 'class-list' }))
      .value,
    { reported: 1 },
  );
  const { value } = await plugin.ask('attendance.lesson', { calendarEvent: lesson, purpose: 'class-list' });
  const { attendances } = value as { attendances: Attendance[] };
  t.like(
    attendances.find(({ student }) => student === aino),
    { validAbsenceMinutes: 45, absenceReason: 'Flu', isReported: true, calendarEvent: lesson },
  );
  t.like(
    attendances.find(({ student }) => student === onni),
    { attendanceMinutes: 40, invalidAbsenceMinutes: 5, absenceReason: 'Trip' },
  );
  t.deepEqual([...(await records.audited('attendance.report'))[1]!.subjects].sort(), [...world.town.learners].sort());
});

test.serial('what tells of illness is neither read nor written without its own element', async (t) => {
  const { aino, onni, lesson } = await named(plain);
  const { attendances } = (await plain.ask('attendance.lesson', { calendarEvent: lesson })).value as {
    attendances: Attendance[];
  };
  t.is(attendances.find(({ student }) => student === aino)?.absenceReason, undefined);
  t.is(attendances.find(({ student }) => student === onni)?.absenceReason, 'Trip');
  const absent = { student: aino, attendanceMinutes: 0, validAbsenceMinutes: 45 };
  const write = (absenceReason: string) =>
    plain.ask('attendance.report', { calendarEvent: lesson, attendances: [{ ...absent, absenceReason }] });
  t.is((await write('Flu')).code, 'scope-missing');
  t.is((await write('Something that nobody mapped')).code, 'scope-missing');
  t.is((await write('Trip')).code, undefined);
  t.deepEqual((await plain.ask('attendance.reasons', {})).value, {
    reasons: [{ reason: 'Trip', class: 'granted-leave', authorised: true, sensitive: false }],
  });
  t.is(
    ((await plugin.ask('attendance.reasons', { purpose: 'class-list' })).value as { reasons: object[] }).reasons.length,
    2,
  );
});

test.serial("a guardian reads the own child's attendance between two days, and no other child's", async (t) => {
  const [child] = world.town.learners as [Id, Id];
  const parent = records.as(await records.guardian(child), 'guardian');
  const { aino, onni } = await named(plugin);
  const { value } = await plugin.ask('attendance.student', { student: aino, ...days, purpose: 'class-list' }, parent);
  t.like(value, { attendances: { 0: { student: aino } }, totals: [{ class: 'granted-leave', minutes: 45 }] });
  t.is((await plugin.ask('attendance.student', { student: onni, ...days }, parent)).code, 'not-allowed');
  t.deepEqual(
    (await plugin.ask('attendance.student', { student: aino, from: '2026-10-01', to: '2026-11-01' }, parent)).value,
    { attendances: [], totals: [] },
  );
  t.like(
    (await plain.ask('attendance.student', { student: (await named(plain)).aino, ...days })).value,
    { totals: [] },
    'totals would tell of illness',
  );
});

test.serial('a guardian registers an absence, the school decides about it once', async (t) => {
  const [child] = world.town.learners as [Id, Id];
  const parent = records.as(await records.guardian(child), 'guardian');
  const { aino, onni } = await named(plugin);
  const times = { startTime: '2026-11-26T06:00:00.000Z', endTime: '2026-11-27T14:00:00.000Z' };
  const registered = await plugin.ask(
    'attendance.registerAbsence',
    { student: aino, ...times, absenceReason: 'Trip', purpose: 'class-list' },
    parent,
  );
  const { id } = registered.value as { id: string };
  t.is((await plugin.ask('attendance.registerAbsence', { student: onni, ...times }, parent)).code, 'not-allowed');
  t.is(
    (await plugin.ask('attendance.registerAbsence', { student: aino, ...times }, records.as(child, 'student'))).code,
    'not-allowed',
  );
  t.is(
    (
      await plugin.ask('attendance.registerAbsence', {
        student: aino,
        startTime: times.endTime,
        endTime: times.startTime,
      })
    ).code,
    'invalid-argument',
  );
  t.is(
    (
      await plain.ask('attendance.registerAbsence', {
        student: (await named(plain)).aino,
        ...times,
        absenceReason: 'Flu',
      })
    ).code,
    'scope-missing',
  );
  const list = async () =>
    (
      (await plugin.ask('attendance.absences', { student: aino, ...days, purpose: 'class-list' }, parent)).value as {
        absences: Absence[];
      }
    ).absences;
  t.like((await list())[0], { id, ...times, absenceReason: 'Trip', status: 'registered' });
  t.is(
    (await plugin.ask('attendance.decideAbsence', { absence: id, decision: 'granted' }, parent)).code,
    'not-allowed',
  );
  t.deepEqual(
    (await plugin.ask('attendance.decideAbsence', { absence: id, decision: 'granted', purpose: 'class-list' })).value,
    { decided: true },
  );
  t.is((await plugin.ask('attendance.decideAbsence', { absence: id, decision: 'refused' })).code, 'not-found');
  t.is((await list())[0]?.status, 'granted');
});

test.serial('only the teacher of the lesson reports it, for learners who attend, and never half of it', async (t) => {
  await records.lesson(world.town.class, '2026-11-25');
  const { aino, onni, lesson } = await named(plugin, '2026-11-25');
  const one = (student: string, more: object = {}) => ({ student, attendanceMinutes: 45, ...more });
  const report = (attendances: object[], who = world.town.teacher, event = lesson) =>
    plugin.ask('attendance.report', { calendarEvent: event, attendances }, who);
  t.is((await report([one(aino)], world.town.principal)).code, 'not-allowed');
  t.is((await report([one(aino)], world.town.teacher, nobody())).code, 'not-found');
  t.is((await report([one(onni), one(nobody())])).code, 'not-allowed');
  t.is((await report([one(onni), one(onni)])).code, 'not-found');
  t.is((await report([one(onni), one(aino, { attendanceMinutes: 46 })])).code, 'invalid-argument');
  t.deepEqual((await plugin.ask('attendance.lesson', { calendarEvent: lesson })).value, { attendances: [] });
  t.true((await records.audited('attendance.report')).some(({ decision }) => decision === 'deny'));
});

test.serial('a lesson tells nothing of learners of whom a rule keeps the user away', async (t) => {
  const foreign = await records.lesson(world.town.otherClass);
  await records.query(
    `insert into attendance (municipality_id, id, event_id, student_id, is_reported, attendance_minutes, valid_absence_minutes, invalid_absence_minutes)
     values ($1, $2, $3, $4, false, 45, 0, 0)`,
    [world.town.municipality, nobody(), foreign, world.town.stranger],
  );
  const principal = (await plugin.ask('calendar.events', days, world.town.principal)).value as {
    events: { id: string; class: string; startTime: string }[];
  };
  const mine = (await plugin.ask('calendar.events', days)).value as { events: { id: string }[] };
  const lesson = principal.events.find(({ id }) => !mine.events.some((own) => own.id === id))!.id;
  t.is(
    (
      (await plugin.ask('attendance.lesson', { calendarEvent: lesson }, world.town.principal)).value as {
        attendances: object[];
      }
    ).attendances.length,
    1,
  );
  t.deepEqual((await plugin.ask('attendance.lesson', { calendarEvent: lesson })).value, { attendances: [] });
});

test.serial('without the scope, without the element and in another shape nothing is read or written', async (t) => {
  const none = await world.install({ manifest: pluginFor('none', [studentsScope]) });
  const { aino, lesson } = await named(plugin);
  const good: Record<string, object> = {
    'attendance.lesson': { calendarEvent: lesson },
    'attendance.student': { student: aino, ...days },
    'attendance.report': { calendarEvent: lesson, attendances: [{ student: aino, attendanceMinutes: 45 }] },
    'attendance.reasons': {},
    'attendance.absences': { student: aino, ...days },
    'attendance.registerAbsence': {
      student: aino,
      startTime: '2026-11-26T06:00:00.000Z',
      endTime: '2026-11-27T06:00:00.000Z',
    },
    'attendance.decideAbsence': { absence: nobody(), decision: 'granted' },
  };
  for (const [door, argument] of Object.entries(good)) {
    t.is((await none.ask(door, argument)).code, 'scope-missing', door);
    t.is((await plugin.ask(door, { ...argument, more: 1 })).code, 'invalid-argument', door);
    t.is((await plugin.ask(door, { ...argument, purpose: 'other' })).code, 'scope-missing', door);
  }
  for (const door of [
    'attendance.report',
    'attendance.reasons',
    'attendance.registerAbsence',
    'attendance.decideAbsence',
  ])
    t.is((await reading.ask(door, good[door])).code, 'scope-missing', `${door} needs an element of its own`);
  const wrong: [string, object][] = [
    ['attendance.lesson', {}],
    ['attendance.student', { from: 'yesterday' }],
    ['attendance.student', { from: days.to, to: days.from }],
    ['attendance.student', { from: '2020-01-01' }],
    ['attendance.absences', { to: days.from }],
    ['attendance.report', { attendances: [] }],
    ['attendance.report', { attendances: [{ student: aino, attendanceMinutes: -1 }] }],
    ['attendance.report', { attendances: [{ student: aino, attendanceMinutes: 40, absenceReason: 'a\nb' }] }],
    ['attendance.registerAbsence', { startTime: 'now' }],
    ['attendance.registerAbsence', { startTime: '2026-99-99T99:99:99.000Z' }],
    ['attendance.decideAbsence', { decision: 'perhaps' }],
  ];
  for (const [door, change] of wrong)
    t.is(
      (await plugin.ask(door, { ...(Object.keys(change).length > 0 ? good[door] : {}), ...change })).code,
      'invalid-argument',
      `${door} ${JSON.stringify(change)}`,
    );
});
