import type { EducationElement, ElementId } from '@digione/sdk/manifest';

/**
 * The bit that stands for each data element in masks, in events and in SQL. Events are kept for years: a number once given
 * is never given to another element.
 */
export const elementBits = {
  'students.givenName': 1 << 0,
  'students.familyName': 1 << 1,
  'students.preferredName': 1 << 2,
  'students.grade': 1 << 3,
  'students.birthDate': 1 << 4,
  'students.languages': 1 << 5,
  'students.email': 1 << 6,
  'students.phone': 1 << 7,
  'students.address': 1 << 8,
  'students.photo': 1 << 9,
  'guardians.name': 1 << 10,
  'guardians.phone': 1 << 11,
  'guardians.email': 1 << 12,
  'classes.title': 1 << 13,
  'attendance.presence': 1 << 14,
  'attendance.reason': 1 << 15,
  'attendance.illness': 1 << 16,
  'attendance.report': 1 << 17,
  'gradebook.results': 1 << 18,
  'gradebook.grading': 1 << 19,
  // 20–29 are the collections of storage, see bitsOf.
  'calendar.events': 1 << 30,
} as const satisfies Record<EducationElement, number>;

const firstCollectionBit = 20;
const mostCollections = 10;

/** Bits of the elements of one request, in order. Collections of storage have no fixed bit: they take 20, 21 … by their order. */
export function bitsOf(elements: readonly string[]): number[] {
  let collections = 0;
  return elements.map((element) => {
    if (!element.startsWith('storage.')) return elementBits[element as EducationElement] ?? 0;
    return collections < mostCollections ? 1 << (firstCollectionBit + collections++) : 0;
  });
}

/** Which of a request's elements a mask stands for. */
export function elementsIn(mask: number, elements: readonly string[]): ElementId[] {
  const bits = bitsOf(elements);
  return elements.filter((_, index) => (mask & bits[index]!) !== 0) as ElementId[];
}
