import { type Access, lookAtSubject, type SubjectAsker, type SubjectLens } from '../access/index.ts';
import { type Day, hasReached } from '../consent/index.ts';
import type { Database, Tx } from '../db/index.ts';
import type { MandatesOfChild } from '../identity/index.ts';
import { type Clock, type Id, type Log, type NoteSigner, refuse } from '../kernel/index.ts';

export interface RightsDeps {
  database: Database;
  clock: Clock;
  log: Log;
  /** What Suomi.fi authorisations say of a child's guardians; left out where they are not in use. */
  mandates?: (tx: Tx, about: { municipality: Id; child: Id }) => Promise<MandatesOfChild>;
  /** What plugins, and those they sent data to, call a person. */
  access: Pick<Access, 'pseudonym'>;
  /** Ed25519; signs receipts of destruction. */
  signer: NoteSigner;
  /** Tells every node that what plugins may see of somebody has changed; awaited before the answer is sent. */
  onNarrowed(change: { municipality: Id; plugins: string[] }): Promise<void>;
}

/** From this age a learner exercises the rights alone (Data Protection Act 1050/2018 § 5). */
export const ownRightsFrom = 13;

export interface Exercise {
  person: string;
  action: string;
  elements?: readonly string[];
  /** What only narrows the use of the data is open to a guardian whose mandate is not known yet. */
  narrows?: boolean;
}

/** Decides whether the asker may exercise the person's rights now, and logs it, in the caller's transaction. */
export async function exercise(
  { clock, mandates = async () => () => 'not-used' }: Pick<RightsDeps, 'clock' | 'mandates'>,
  tx: Tx,
  asker: SubjectAsker,
  { person, action, elements = [], narrows = false }: Exercise,
): Promise<SubjectLens> {
  const lens = await lookAtSubject(tx, asker, { person, action, elements }, clock);
  if (!isOldEnough(asker, lens, clock.today()))
    refuse(
      'not-allowed',
      `From ${ownRightsFrom} years a learner decides about this alone. Until then a guardian does.`,
    );
  if (!lens.canDecide)
    refuse('not-allowed', 'You may see this child’s data, but another guardian or the authorities decide about it.');
  if (lens.as !== 'guardian') return lens;
  const mandate = (await mandates(tx, { municipality: asker.municipality.id, child: lens.person }))(asker.person);
  if (mandate === 'denied')
    refuse('mandate-denied', 'Suomi.fi authorisations say that you may not act for this child. Ask the school.');
  if (mandate === 'unknown' && !narrows)
    refuse(
      'mandate-unknown',
      'Suomi.fi authorisations have not confirmed your right to act for this child. Sign in again.',
    );
  return lens;
}

/** A learner needs the age; nobody else does. Without a birth date: no (the narrower reading). */
export function isOldEnough(asker: SubjectAsker, lens: Pick<SubjectLens, 'as' | 'birthDate'>, today: Day): boolean {
  return lens.as !== 'self' || asker.role !== 'student' || hasReached(ownRightsFrom, lens.birthDate, today);
}
