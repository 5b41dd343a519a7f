import type { Caller } from '../../http/index.ts';
import type { Id } from '../../kernel/index.ts';

/** What these routes need to know of who is signed in; identity's actor has it. */
export interface RosterActor extends Caller {
  municipality: { id: Id; kind: 'municipality' | 'coordinator' };
  person: Id;
  role: string;
}

export const isAdministrator = ({ role, municipality }: RosterActor): boolean =>
  role === 'siteAdministrator' && municipality.kind === 'municipality';
