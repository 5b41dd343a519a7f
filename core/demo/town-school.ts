import type { Id } from '../kernel/index.ts';
import type { CastLearner } from './cast.ts';
import { castLearners } from './cast-learners.ts';
import { castStaff } from './cast-staff.ts';
import { demoId } from './identifiers.ts';
import type { DemoSchool } from './municipalities.ts';
import { addCastLearner, addGeneratedLearner, enrolLearner } from './town-learners.ts';
import { classId, courseId, groupId, type TownClass } from './town-class.ts';
import { addGeneratedStaff } from './town-staff.ts';
import { addTimetable } from './town-timetable.ts';
import type { Town } from './town-frame.ts';

interface SubjectPlan {
  subject: string;
  title: { fi: string; sv: string };
  share: number;
}

const subjects: Record<DemoSchool['type'], readonly SubjectPlan[]> = {
  '11': [
    { subject: 'A1', title: { fi: 'Englanti', sv: 'Engelska' }, share: 1 },
    { subject: 'ET', title: { fi: 'Elämänkatsomustieto', sv: 'Livsåskådningskunskap' }, share: 0.3 },
  ],
  '15': [
    { subject: 'MA', title: { fi: 'Matematiikka', sv: 'Matematik' }, share: 0.7 },
    { subject: 'ENA', title: { fi: 'Englanti', sv: 'Engelska' }, share: 1 },
    { subject: 'FY', title: { fi: 'Fysiikka', sv: 'Fysik' }, share: 0.6 },
  ],
};

export function addSchool(town: Town, school: DemoSchool): void {
  const { rows, place } = town;
  rows.org.push({
    id: school.id,
    type: 'school',
    oid: school.oid,
    name: school.name,
    school_type: school.type,
    parent_id: place.districtId,
  });
  if (!hasCastPrincipal(town, school)) addGeneratedStaff(town, 'principal', school);
  const teachers = new Map(
    subjects[school.type].map(({ subject }) => [subject, addGeneratedStaff(town, 'teacher', school)]),
  );
  for (const plan of subjects[school.type]) addCourse(town, school, plan);
  for (let grade = 1; grade <= school.grades; grade += 1) addClass(town, { school, grade, teachers });
}

function hasCastPrincipal({ place }: Town, school: DemoSchool): boolean {
  return castStaff.some(({ posts }) =>
    posts.some((post) => post.municipality === place.code && post.school === school.key && post.role === 'principal'),
  );
}

function addCourse({ rows }: Town, school: DemoSchool, { subject, title }: SubjectPlan): void {
  const course = { id: courseId(school, subject), title: title[school.language], course_code: subject };
  rows.course.push({ ...course, subject, school_id: school.id });
}

function addClass(town: Town, options: { school: DemoSchool; grade: number; teachers: Map<string, Id> }): void {
  const { school, grade, teachers } = options;
  const title = `${grade}A`;
  const homeroomTeacher = castHomeroomTeacher(town, school, title) ?? addGeneratedStaff(town, 'teacher', school);
  const townClass: TownClass = {
    id: classId(town.place.code, school.key, title),
    title,
    grade,
    school,
    homeroomTeacher,
    groups: subjects[school.type].map(({ subject, share }) => ({
      id: groupId(town.place.code, school.key, title, subject),
      subject,
      teacher: teachers.get(subject)!,
      share,
    })),
  };
  addClassRows(town, townClass);
  fillClass(town, townClass);
  addTimetable(town, townClass);
}

function castHomeroomTeacher({ place, id }: Town, school: DemoSchool, title: string): Id | undefined {
  const found = castStaff.find(({ posts }) =>
    posts.some((post) => post.municipality === place.code && post.school === school.key && post.homeroom === title),
  );
  return found && id(`person/${found.key}`);
}

function addClassRows({ rows, id }: Town, { school, grade, title, ...townClass }: TownClass): void {
  const common = { grade: String(grade), language: school.language, school_id: school.id };
  const year = { session_id: id('session/year') };
  rows.class.push({ id: townClass.id, title, class_type: 'homeroom', course_id: null, ...common, ...year });
  enrolTeacher(townClass.id, townClass.homeroomTeacher, true);
  for (const { id: group, subject, teacher } of townClass.groups) {
    const course = { title: `${subject} ${title}`, class_type: 'scheduled', course_id: courseId(school, subject) };
    rows.class.push({ id: group, ...course, ...common, ...year });
    enrolTeacher(group, teacher, true);
  }
  function enrolTeacher(classOfTeacher: Id, teacher: Id, primary: boolean): void {
    const period = { valid_from: '2026-08-01', valid_to: '2027-08-01' };
    const enrollment = {
      id: demoId(`teaching/${classOfTeacher}/${teacher}`),
      class_id: classOfTeacher,
      school_id: school.id,
    };
    rows.enrollment.push({ ...enrollment, person_id: teacher, role: 'teacher', primary, ...period });
  }
}

function fillClass(town: Town, townClass: TownClass): void {
  const members = castLearners.filter((learner) => belongsTo(town, townClass, learner));
  for (const learner of members) addCastLearner(town, townClass, learner);
  for (let count = members.length; count < townClass.school.learnersPerClass; count += 1) {
    addGeneratedLearner(town, townClass);
  }
  for (const guest of castLearners.filter((learner) => visits(town, townClass, learner))) {
    const group = townClass.groups[1]!;
    enrolLearner(town, {
      learner: town.id(`person/${guest.key}`),
      classId: group.id,
      school: townClass.school,
      primary: false,
    });
  }
}

function belongsTo({ place }: Town, { school, title }: TownClass, learner: CastLearner): boolean {
  return learner.municipality === place.code && learner.school === school.key && learner.className === title;
}

/** A learner of another school takes the English of the first study year here. */
function visits({ place }: Town, { school, grade }: TownClass, learner: CastLearner): boolean {
  return learner.municipality === place.code && learner.secondSchool === school.key && grade === 1;
}
