export interface Lesson {
  id: string;
  title: string;
  place: string | null;
  startAt: string;
  endAt: string;
}

export interface LearnerMark {
  student: string;
  name: string;
  isReported: boolean;
  absentMinutes: number;
  absenceReason: string | null;
}

export interface MarkedLesson extends Lesson {
  minutes: number;
  reasons: string[];
  learners: LearnerMark[];
}

export type AbsenceState = 'registered' | 'granted' | 'refused' | 'withdrawn';

export interface RegisteredAbsence {
  id: string;
  startAt: string;
  endAt: string;
  reason: string | null;
  status: AbsenceState;
}

export interface ChildAbsences {
  mayRegister: boolean;
  lessons: {
    id: string;
    title: string | null;
    startAt: string;
    validAbsenceMinutes: number;
    invalidAbsenceMinutes: number;
    absenceReason: string | null;
  }[];
  registered: RegisteredAbsence[];
}
