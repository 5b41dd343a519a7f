import type { City } from './cities.ts';

/** Who belongs where in a city, by number alone: nothing is kept in memory, however large the city. */
export interface CityPlan {
  city: City;
  classes: number;
  gradeOf(classNumber: number): number;
  schoolOf(classNumber: number): number;
  classOf(learner: number): number;
  /** Learners with the same family have the same guardians. */
  familyOf(learner: number): number;
  /** One guardian or two. */
  guardiansOf(family: number): number;
}

const classSize = 22;

export function planCity(city: City): CityPlan {
  const classes = Math.ceil(city.learners / classSize);
  return {
    city,
    classes,
    gradeOf: (classNumber) => 1 + (classNumber % 9),
    schoolOf: (classNumber) => Math.floor((classNumber * city.schools) / classes),
    classOf: (learner) => Math.floor(learner / classSize),
    // Every sixth learner is the younger sibling of one six classes away.
    familyOf: (learner) => (learner % 6 === 5 && learner >= 133 ? learner - 133 : learner),
    guardiansOf: (family) => (family % 20 < 13 ? 2 : 1),
  };
}
