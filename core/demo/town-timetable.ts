import { demoId } from './identifiers.ts';
import type { DemoSchool } from './municipalities.ts';
import type { TownClass } from './town-class.ts';
import type { Town } from './town-frame.ts';

// The week of the demonstration date and the next.
const schoolDays = [
  ...['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'],
  ...['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'],
] as const;

// Finnish winter time.
const lessonTimes = [
  ['08:15:00+02', '09:00:00+02'],
  ['09:15:00+02', '10:00:00+02'],
  ['10:15:00+02', '11:00:00+02'],
  ['12:00:00+02', '12:45:00+02'],
  ['13:00:00+02', '13:45:00+02'],
] as const;

interface Lesson {
  subject: string;
  fi: string;
  sv: string;
}

const lesson = (subject: string, fi: string, sv: string): Lesson => ({ subject, fi, sv });

// More subjects than grades, so that a teacher who meets every grade is never in two places.
const lessons: Record<DemoSchool['type'], readonly Lesson[]> = {
  '11': [
    lesson('AI', 'Äidinkieli', 'Modersmål'),
    lesson('MA', 'Matematiikka', 'Matematik'),
    lesson('A1', 'Englanti', 'Engelska'),
    lesson('YL', 'Ympäristöoppi', 'Omgivningslära'),
    lesson('LI', 'Liikunta', 'Gymnastik'),
    lesson('HI', 'Historia', 'Historia'),
    lesson('ET', 'Elämänkatsomustieto', 'Livsåskådningskunskap'),
    lesson('MU', 'Musiikki', 'Musik'),
    lesson('KU', 'Kuvataide', 'Bildkonst'),
    lesson('KS', 'Käsityö', 'Slöjd'),
    lesson('YH', 'Yhteiskuntaoppi', 'Samhällslära'),
  ],
  '15': [
    lesson('MA', 'Matematiikka', 'Matematik'),
    lesson('AI', 'Äidinkieli', 'Modersmål'),
    lesson('ENA', 'Englanti', 'Engelska'),
    lesson('FY', 'Fysiikka', 'Fysik'),
    lesson('HI', 'Historia', 'Historia'),
  ],
};

/** Two weeks of lessons: a subject group's own where there is one, else the homeroom's. */
export function addTimetable({ rows }: Town, townClass: TownClass): void {
  const { school, grade } = townClass;
  const plan = lessons[school.type];
  schoolDays.forEach((day, dayIndex) => {
    lessonTimes.forEach(([start, end], slot) => {
      const { subject, ...titles } = plan[((dayIndex % 5) * lessonTimes.length + slot + grade) % plan.length]!;
      const group = townClass.groups.find((candidate) => candidate.subject === subject);
      rows.calendar_event.push({
        id: demoId(`lesson/${townClass.id}/${day}/${slot}`),
        class_id: group?.id ?? townClass.id,
        school_id: school.id,
        title: titles[school.language],
        place: `${townClass.title} ${school.language === 'fi' ? 'luokkahuone' : 'klassrum'}`,
        start_at: `${day}T${start}`,
        end_at: `${day}T${end}`,
        teacher_id: group?.teacher ?? townClass.homeroomTeacher,
      });
    });
  });
}
