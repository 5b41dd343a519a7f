import type { Id } from '../kernel/index.ts';
import { demoId } from './identifiers.ts';
import type { DemoSchool } from './municipalities.ts';

/** A class that is being filled: its homeroom, its subject groups and who teaches them. */
export interface TownClass {
  id: Id;
  title: string;
  grade: number;
  school: DemoSchool;
  homeroomTeacher: Id;
  groups: readonly SubjectGroup[];
}

export interface SubjectGroup {
  id: Id;
  subject: string;
  teacher: Id;
  /** Share of the class that takes part. */
  share: number;
}

export function classId(municipality: string, school: string, title: string): Id {
  return demoId(`${municipality}/class/${school}/${title}`);
}

export function groupId(municipality: string, school: string, title: string, subject: string): Id {
  return demoId(`${municipality}/class/${school}/${title}/${subject}`);
}

export function courseId(school: DemoSchool, subject: string): Id {
  return demoId(`course/${school.id}/${subject}`);
}
