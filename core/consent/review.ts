import type { Tx } from '../db/index.ts';
import type { Id } from '../kernel/index.ts';
import { type Day, daysLater } from './ages.ts';

const yearDays = 365;

export interface Review {
  /** The last look at everything; null before the first. */
  reviewedOn: Day | null;
  /** A look is due a year after the last one, or after the oldest consent that stands. */
  due: boolean;
}

export async function reviewOf(
  tx: Tx,
  { municipality, person, today }: { municipality: Id; person: Id; today: Day },
  oldestGiven: Day | undefined,
): Promise<Review> {
  const [last] = await tx.query<{ on: Day | null }>({
    name: 'consent-reviewed',
    text: 'select max(reviewed_on) as on from consent_review where municipality_id = $1 and person_id = $2',
    values: [municipality, person],
  });
  const reviewedOn = last?.on ?? null;
  const due = oldestGiven !== undefined && daysLater(reviewedOn ?? oldestGiven, yearDays) <= today;
  return { reviewedOn, due };
}

export async function keepReview(tx: Tx, review: { municipality: Id; person: Id; today: Day }): Promise<void> {
  await tx.query({
    name: 'consent-review',
    text: 'insert into consent_review (municipality_id, person_id, reviewed_on) values ($1, $2, $3) on conflict do nothing',
    values: [review.municipality, review.person, review.today],
  });
}
