import type { Role } from '../../api/shapes.ts';

export type OpeningState = 'waiting' | 'lapsed' | 'refused' | 'open' | 'ended';

export interface Opening {
  id: string;
  learner: { id: string; name: string };
  school: { id: string; name: string };
  asker: { name: string; role: Role };
  isMine: boolean;
  reason: string;
  state: OpeningState;
  askedAt: string;
  answeredBy: { name: string; role: Role } | null;
  answeredAt: string | null;
  endsAt: string | null;
  isNoted: boolean;
}

export interface Contacts {
  learner: { givenName?: string; familyName?: string; email?: string; phone?: string; address?: string };
  until: string;
}
