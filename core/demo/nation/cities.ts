/** One municipality of the synthetic nation. */
export interface City {
  /** Three digits; 100–399 are left for the nation, whatever they mean elsewhere. */
  code: string;
  learners: number;
  schools: number;
}

const cityCount = 300;
const allLearners = 600_000;
const allSchools = 2_500;
const largest = 50_000;

/**
 * 300 municipalities with 600 000 learners and 2 500 schools: one of 50 000, the others falling off like real ones do.
 */
export function nationCities(): City[] {
  const weights = Array.from({ length: cityCount - 1 }, (_, rank) => 1 / (rank + 6));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sizes = [largest, ...weights.map((weight) => Math.round(((allLearners - largest) * weight) / total))];
  sizes[1]! += allLearners - sizes.reduce((sum, size) => sum + size, 0);
  const schools = sizes.map((size) => Math.max(1, Math.round((size / allLearners) * allSchools)));
  schools[0]! += allSchools - schools.reduce((sum, count) => sum + count, 0);
  return sizes.map((learners, index) => ({ code: String(100 + index), learners, schools: schools[index]! }));
}
