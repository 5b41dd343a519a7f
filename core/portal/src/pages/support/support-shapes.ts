export type VisitState = 'waiting' | 'lapsed' | 'refused' | 'open' | 'ended';

/** A visit of support staff, asked for or under way. */
export interface Visit {
  id: string;
  municipality: string;
  asker: string;
  isMine: boolean;
  reason: string;
  minutes: number;
  state: VisitState;
  askedAt: string;
  answeredBy: string | null;
  answeredAt: string | null;
  school: { id: string; name: string } | null;
  endsAt: string | null;
}
