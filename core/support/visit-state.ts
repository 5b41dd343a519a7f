import type { Visit } from './visit-store.ts';

export type VisitState = 'waiting' | 'lapsed' | 'refused' | 'open' | 'ended';

/** Where a request stands; time alone ends it. */
export function stateOf(
  { answer, lapsesAt, endsAt, closedAt }: Pick<Visit, 'answer' | 'lapsesAt' | 'endsAt' | 'closedAt'>,
  now: Date,
): VisitState {
  if (answer === 'refused') return 'refused';
  if (answer === 'opened') return endsAt! > now && closedAt === null ? 'open' : 'ended';
  return lapsesAt > now ? 'waiting' : 'lapsed';
}
