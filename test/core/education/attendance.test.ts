import anyTest from 'ava';
import {
  absenceOf,
  absenceTotals,
  classOfReason,
  decideAbsence,
  mapReason,
  registerAbsence,
  reportAttendance,
  type Attendance,
} from '../../../core/education/index.ts';
import type { Tx } from '../../../core/db/index.ts';
import { newId, type Id } from '../../../core/kernel/index.ts';
import { clock } from './bundle-fixture.ts';
import { smallSchool } from './small-school.ts';
import { confirmed, openTowns, type Towns } from './towns.ts';

const test = anyTest.serial;
let towns: Towns;

anyTest.before(async () => {
  towns = await openTowns();
});
anyTest.after.always(() => towns[Symbol.asyncDispose]());

/** A lesson of 45 minutes in 5A, as its teacher has it today. */
async function lesson() {
  const town = await towns.add();
  await town.load(smallSchool, confirmed);
  const idOf = async (table: string, source: string): Promise<Id> =>
    (await town.rows<{ id: Id }>(`select id from ${table} where source_id = $1`, [source]))[0]!.id;
  const [teacher, aada, eino, school] = [
    await idOf('person', 't1'),
    await idOf('person', 'l1'),
    await idOf('person', 'l2'),
    await idOf('org', 's'),
  ];
  const event = newId();
  await town.rows(
    `insert into calendar_event (municipality_id, id, class_id, school_id, title, start_at, end_at, teacher_id)
     values ($1, $2, $3, $4, 'MA', '2026-11-24T08:00:00+02', '2026-11-24T08:45:00+02', $5)`,
    [town.id, event, await idOf('class', 'c5'), school, teacher],
  );
  const of = (student: Id, more: Partial<Attendance> = {}): Attendance => ({
    ...{ event, student, attendanceMinutes: 45, validAbsenceMinutes: 0, invalidAbsenceMinutes: 0, absenceReason: null },
    ...more,
  });
  const inTown = <T>(work: (tx: Tx) => Promise<T>) => towns.database.inTenant(town.id, work);
  const report = (...attendances: Attendance[]) =>
    inTown((tx) => reportAttendance(tx, town.id, { reporter: teacher, at: clock.now(), attendances }));
  return { town, teacher, aada, eino, school, event, of, inTown, report };
}

const absent = { attendanceMinutes: 0, invalidAbsenceMinutes: 45, absenceReason: 'poissa' };

test('a teacher reports a lesson, and a second report corrects the first', async (t) => {
  const { town, aada, eino, of, report } = await lesson();
  await report(of(aada), of(eino, absent));
  await report(of(eino, { attendanceMinutes: 40, invalidAbsenceMinutes: 5, absenceReason: 'myöhässä' }));
  const rows = await town.rows(
    'select student_id, attendance_minutes, absence_reason from attendance order by attendance_minutes',
  );
  t.deepEqual(rows, [
    { student_id: eino, attendance_minutes: 40, absence_reason: 'myöhässä' },
    { student_id: aada, attendance_minutes: 45, absence_reason: null },
  ]);
});

test('absences are counted by national class; a word that is not mapped is unknown', async (t) => {
  const { town, eino, of, inTown, report } = await lesson();
  await report(of(eino, absent));
  const totals = () =>
    inTown((tx) => absenceTotals(tx, town.id, { student: eino, from: '2026-11-01', to: '2026-12-01' }));
  t.deepEqual(await totals(), [{ class: 'unknown', minutes: 45 }]);
  await inTown((tx) => mapReason(tx, town.id, { reason: 'poissa', class: 'illness' }));
  t.deepEqual(await totals(), [{ class: 'illness', minutes: 45 }]);
  const illness = await inTown((tx) => classOfReason(tx, town.id, 'poissa'));
  t.deepEqual(illness, { code: 'illness', authorised: true, sensitive: true });
  t.deepEqual(absenceOf(45, illness), { validAbsenceMinutes: 45, invalidAbsenceMinutes: 0 });
  t.deepEqual(absenceOf(45, undefined), { validAbsenceMinutes: 0, invalidAbsenceMinutes: 45 });
  await t.throwsAsync(
    inTown((tx) => mapReason(tx, town.id, { reason: 'x', class: 'invented' })),
    { code: 'invalid' },
  );
});

test('minutes that no lesson has are refused, and nothing of the report is kept', async (t) => {
  const { town, aada, eino, of, report } = await lesson();
  for (const wrong of [
    { attendanceMinutes: 46 },
    { attendanceMinutes: 40, validAbsenceMinutes: 3, invalidAbsenceMinutes: 3 },
    { attendanceMinutes: -1 },
    { attendanceMinutes: 1.5 },
    { absenceReason: 'poissa' },
  ])
    await t.throwsAsync(report(of(aada), of(eino, wrong)), { code: 'invalid' }, JSON.stringify(wrong));
  t.deepEqual(await town.rows('select id from attendance'), []);
});

test('only the lesson’s teacher reports, and only about those who attend it', async (t) => {
  const { town, aada, eino, teacher, of, inTown, report } = await lesson();
  const by = (reporter: Id) =>
    inTown((tx) => reportAttendance(tx, town.id, { reporter, at: clock.now(), attendances: [of(aada)] }));
  await t.throwsAsync(by(eino), { code: 'not-found' });
  await t.throwsAsync(report(of(teacher)), { code: 'not-found' });
  await t.throwsAsync(report(of(newId())), { code: 'not-found' });
  await t.throwsAsync(report(of(aada), of(aada)), { code: 'not-found' });
  await t.throwsAsync(report(), { code: 'invalid' });
  await t.throwsAsync(report(of(aada), { ...of(eino), event: newId() }), { code: 'invalid' });
});

test('an absence is registered by anyone who may, and authorised by the school once', async (t) => {
  const { town, aada, teacher, school, inTown } = await lesson();
  const day = { startAt: new Date('2026-11-25T06:00:00Z'), endAt: new Date('2026-11-25T13:00:00Z') };
  const wanted = { student: aada, school, ...day, reason: 'matka', registeredBy: teacher, at: clock.now() };
  const absence = await inTown((tx) => registerAbsence(tx, town.id, wanted));
  const decide = () => inTown((tx) => decideAbsence(tx, town.id, { absence, decision: 'granted', by: teacher }));
  await decide();
  t.like(await town.rows('select status, granted_by from absence'), [{ status: 'granted', granted_by: teacher }]);
  await t.throwsAsync(decide(), { code: 'not-found' });
  const backwards = { ...wanted, endAt: wanted.startAt };
  await t.throwsAsync(
    inTown((tx) => registerAbsence(tx, town.id, backwards)),
    { code: 'invalid' },
  );
  await t.throwsAsync(
    inTown((tx) => registerAbsence(tx, town.id, { ...wanted, student: teacher })),
    { code: 'not-found' },
  );
});
