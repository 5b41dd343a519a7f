import type { Opening } from './opening-store.ts';

export type OpeningState = 'waiting' | 'lapsed' | 'refused' | 'open' | 'ended';

/** Where a request stands; time alone ends it. */
export function stateOf(
  { answer, lapsesAt, endsAt, closedAt }: Pick<Opening, 'answer' | 'lapsesAt' | 'endsAt' | 'closedAt'>,
  now: Date,
): OpeningState {
  if (answer === 'refused') return 'refused';
  if (answer === 'opened') return endsAt! > now && closedAt === null ? 'open' : 'ended';
  return lapsesAt > now ? 'waiting' : 'lapsed';
}
