/** `YYYY-MM-DD` */
export type Day = string;

export const adultAge = 18;
/** How long what guardians gave outlives their say, so that the young adult can decide. */
export const bridgeDays = 60;

/** The day on which somebody reaches an age; 29 February becomes the 28th where the year has none. */
export function dayOfAge(birthDate: Day, age: number): Day {
  const year = Number(birthDate.slice(0, 4)) + age;
  const monthAndDay = birthDate.slice(4);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${year}${monthAndDay === '-02-29' && !isLeap ? '-02-28' : monthAndDay}`;
}

/** Whether the learner decides alone. Without a birth date: no (the narrower reading). */
export function hasReached(age: number, birthDate: Day | undefined, today: Day): boolean {
  return birthDate !== undefined && dayOfAge(birthDate, age) <= today;
}

/** Whether guardians still have a say. Without a birth date: no (the narrower reading). */
export function isMinor(birthDate: Day | undefined, today: Day): boolean {
  return birthDate !== undefined && today < dayOfAge(birthDate, adultAge);
}

export function daysLater(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** First day on which a consent no longer holds: 1 August after it was given; what a guardian gave ends earlier for a young adult. */
export function endOfConsent(givenOn: Day, giver: { role: 'guardian' | 'learner'; birthDate: Day | undefined }): Day {
  const year = Number(givenOn.slice(0, 4));
  const nextAugust = `${givenOn.slice(5) < '08-01' ? year : year + 1}-08-01`;
  if (giver.role === 'learner' || giver.birthDate === undefined) return nextAugust;
  const bridge = daysLater(dayOfAge(giver.birthDate, adultAge), bridgeDays);
  return bridge < nextAugust ? bridge : nextAugust;
}
